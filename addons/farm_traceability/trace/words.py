"""Numbers and dates of a trace, as its reader writes them."""

from odoo.fields import Datetime
from odoo.tools import float_round, format_date, formatLang

from ..wording import number_text
from .names import Names


class Words:
    """What sheets, drawings and exports of a trace say alike."""

    def __init__(self, env, trace):
        self.env = env
        self.trace = trace
        self.names = Names(env)
        self._said = {}

    def quantity(self, value, lot_id):
        return f"{self.number(value)} {self.unit(lot_id)}".rstrip()

    def unit(self, lot_id):
        product_id = self.names("stock.lot", lot_id).product_id.id
        return self._once("unit", product_id, self._unit_name)

    def _unit_name(self, product_id):
        # A shared lot may be of a product that only another company may read.
        product = self.env["product.product"].sudo().browse(product_id)
        return product.uom_id.name or ""

    def number(self, value):
        return self._once("number", value, self._number)

    def _number(self, value):
        digits = self.env["decimal.precision"].precision_get("Product Unit")
        return number_text(self.env, float_round(value, precision_digits=digits))

    def share(self, value):
        percent = round(value * 100, 1)
        return self._once("share", percent, self._share)

    def _share(self, percent):
        return f"{formatLang(self.env, percent, 1)} %"

    def date(self, moment):
        local = Datetime.context_timestamp(self.env.user, moment)
        return self.day(local.date())

    def day(self, day):
        return self._once("day", day, lambda value: format_date(self.env, value))

    def _once(self, kind, value, say):
        """Most numbers and days come many times in a trace."""
        key = kind, value
        if key not in self._said:
            self._said[key] = say(value)
        return self._said[key]

    def moment(self, moment):
        """A time as a spreadsheet program takes it, on the reader's clock."""
        local = Datetime.context_timestamp(self.env.user, moment)
        return local.replace(tzinfo=None, microsecond=0)

    def event_words(self):
        """What each kind of event is called."""
        _ = self.env._
        return {
            "received": _("Received"),
            "found": _("Found at a count"),
            "produced": _("Made"),
            "consumed": _("Made into others"),
            "delivered": _("Delivered"),
            "returned": _("Returned by customer"),
            "returned_to_supplier": _("Returned to supplier"),
            "scrapped": _("Scrapped"),
            "lost": _("Missing at a count"),
        }

    def fate_words(self):
        """What the quantities of a lot are called, see ``Fates``."""
        _ = self.env._
        return {
            "total": _("In all"),
            "stock": _("On hand"),
            "delivered": _("Delivered"),
            "scrapped": _("Scrapped or lost"),
            "consumed": _("Made into others"),
        }

    def notice(self):
        if not self.trace.cut:
            return ""
        return self.env._(
            "There are more lots than can be shown here: only the nearest %(limit)s are"
            " in these figures. Trace one of the farthest of them to go on.",
            limit=self.trace.limit,
        )


def step_of(node):
    """Steps from the beginning of a trace, negative upstream."""
    return -node.up if node.down is None else node.down
