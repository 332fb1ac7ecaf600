from collections import defaultdict

from odoo import api, models
from odoo.addons.farm_traceability.wording import number_text
from odoo.fields import Domain
from odoo.tools import format_date

from .result import Result

# Rows of stock that a card shows, and names that one fact has.
MOST_ROWS = 50
NAMED = 5


class FarmScanLookUp(models.AbstractModel):
    """Look up: any scan shows where, how much, whose, dates, holds, origin, trace.

    Nothing is done. For each kind of meaning there is a method ``_card_of_<kind>``; a
    card is a dict of

    - ``facts`` and ``trace``: pairs of a label and a text
    - ``stock``: rows of what lies where; ``more``: what of it is not shown
    - ``warning``: what is on hold, or wrong
    - ``link``: ``[address, label]`` of the record in Odoo
    """

    _name = "farm.scan.look.up"
    _inherit = "farm.scan.scenario"
    _description = "Scan Screens: Look Up"
    _document_model = None

    @api.model
    def _title(self):
        return self.env._("Look Up")

    @api.model
    def _do_scan(self, _document, sent):
        meaning = self._meaning(sent, lambda _one: True)
        if isinstance(meaning, Result):
            return meaning
        card = {"kind": meaning.kind, "id": meaning.id, "title": meaning.name}
        card |= getattr(self, f"_card_of_{meaning.kind}")(meaning)
        return Result(meaning.name, answer={"card": card})

    # -- shown ------------------------------------------------------------------------

    def _shown(self, *facts):
        return [[label, str(value)] for label, value in facts if value]

    def _joined(self, names):
        known = list(dict.fromkeys(filter(None, names)))
        return ", ".join(known[:NAMED]) + (" …" if len(known) > NAMED else "")

    def _day(self, moment):
        return moment and format_date(self.env, moment)

    def _days(self, days):
        known = sorted(filter(None, days))
        ends = dict.fromkeys(self._day(day) for day in (known[:1] + known[-1:]))
        return " – ".join(ends)

    def _link(self, record, label=None):
        label = label or self.env._("Open in Odoo")
        return [f"/odoo/{record._name}/{record.id}", label]

    # -- stock ------------------------------------------------------------------------

    def _lying(self, domain):
        """Stock, and what is on its way, as a domain of quants."""
        here = Domain("location_id.usage", "in", ("internal", "transit"))
        return domain & here & Domain("quantity", "!=", 0)

    def _stock(self, domain, is_of_lot=False):
        """The part of a card that says what lies where.

        :param is_of_lot: one lot: only its places differ
        """
        quants = self.env["stock.quant"]
        rows = quants.search(domain, order="location_id, lot_id, id", limit=MOST_ROWS)
        is_all = len(rows) < MOST_ROWS
        left = 0 if is_all else quants.search_count(domain) - MOST_ROWS
        return {
            "stock": [self._row(quant, is_of_lot) for quant in rows],
            "more": self._more_text(left),
        }

    def _more_text(self, left):
        if left <= 0:
            return ""
        return self.env._("%(count)s more are not shown.", count=left)

    def _row(self, quant, is_of_lot):
        place, unit = quant.location_id.display_name, quant.product_uom_id
        name = place if is_of_lot else self._item_name(quant)
        return {
            "name": name,
            "detail": self._detail(quant, not is_of_lot and place),
            "quantity": self._amount(quant.quantity, unit),
            "free": self._amount(quant.available_quantity, unit),
            "held": quant.is_on_hold,
        }

    def _item_name(self, line):
        return line.lot_id.name or line.product_id.display_name

    def _detail(self, line, where):
        """What else is to be known of a quant or a move line, as one line."""
        parts = (
            where,
            where and line.lot_id and line.product_id.display_name,
            line.package_id.name,
            line.owner_id.display_name,
            self._day(line.lot_id.expiration_date),
        )
        return " · ".join(filter(None, parts))

    def _amount(self, quantity, unit):
        return f"{number_text(self.env, quantity)} {unit.name}"

    def _stock_facts(self, domain):
        """How much there is, and whose."""
        groups = self.env["stock.quant"]._read_group(
            domain, ["product_id", "owner_id", "company_id"], ["quantity:sum"]
        )
        amounts = defaultdict(float)
        for product, _owner, _company, quantity in groups:
            amounts[product.uom_id] += quantity
        texts = [self._amount(quantity, unit) for unit, quantity in amounts.items()]
        names = [
            owner.name or company.name for _product, owner, company, _sum in groups
        ]
        return (
            (self.env._("On hand"), self._joined(texts)),
            (self.env._("Owner"), self._joined(names)),
        )

    def _content_facts(self, domain):
        """What is asked of several lots together."""
        [(lots, first)] = self.env["stock.quant"]._read_group(
            domain, [], ["lot_id:count_distinct", "expiration_date:min"]
        )
        return (
            (self.env._("Lots"), lots),
            *self._stock_facts(domain),
            (self.env._("First expires"), self._day(first)),
        )

    def _held_text(self, lots):
        """Which lots of a domain are on hold."""
        held = self.env["stock.lot"].search(
            lots & Domain("is_on_hold", "=", True), limit=NAMED + 1
        )
        return held and self.env._(
            "On hold: %(lots)s", lots=self._joined(held.mapped("name"))
        )
