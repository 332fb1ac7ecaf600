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
        self._numbers = {}

    def quantity(self, value, lot_id):
        unit = self.names("stock.lot", lot_id).product_uom_id
        return f"{self.number(value)} {unit.name}" if unit else self.number(value)

    def number(self, value):
        """A quantity; most come more than once."""
        if value not in self._numbers:
            digits = self.env["decimal.precision"].precision_get("Product Unit")
            rounded = float_round(value, precision_digits=digits)
            self._numbers[value] = number_text(self.env, rounded)
        return self._numbers[value]

    def share(self, value):
        return f"{formatLang(self.env, value * 100, 1)} %"

    def date(self, moment):
        return format_date(self.env, Datetime.context_timestamp(self.env.user, moment))

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
