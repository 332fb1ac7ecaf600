from odoo import api, fields, models
from odoo.fields import Domain

from ...wording import number_text


class StockMove(models.Model):
    """Why stock that is there is not reserved."""

    _inherit = "stock.move"

    promise_note = fields.Text(
        "Does Not Qualify",
        compute="_compute_promise_note",
        help="Stock that is there and free but not for this customer, and why.",
    )

    @api.depends("state", "quantity", "product_uom_qty", "location_id", "partner_id")
    def _compute_promise_note(self):
        waiting = self.filtered(lambda move: move._misses_stock())
        (self - waiting).promise_note = False
        for move in waiting:
            move.promise_note = move._get_promise_note()

    def _misses_stock(self):
        return (
            self.state in ("confirmed", "partially_available", "waiting")
            and self.product_id.tracking != "none"
            and not self._should_bypass_reservation()
            and self.product_uom.compare(self.quantity, self.product_uom_qty) < 0
            # The chain may lead over moves that the user cannot open.
            and bool(self.sudo()._get_deliveries())
        )

    def _get_promise_note(self):
        rules = self._get_note_rules()
        there = self._sum_free() if rules else 0
        if not there:
            return False
        fit = self._sum_free(Domain.AND(rules.values()))
        unit = self.product_id.uom_id
        enough = unit.compare(fit, self._get_missing()) >= 0
        if enough or unit.compare(fit, there) >= 0:
            return False
        barring = [
            sentence
            for sentence, domain in rules.items()
            if unit.compare(self._sum_free(domain), there) < 0
        ]
        return self.env._(
            "%(barred)s %(unit)s of %(there)s %(unit)s free at %(place)s do not"
            " qualify: %(rules)s.",
            barred=number_text(self.env, there - fit),
            there=number_text(self.env, there),
            unit=unit.name,
            place=self.location_id.display_name,
            rules="; ".join(barring),
        )

    def _get_missing(self):
        reserved = self.product_uom._compute_quantity(
            self.quantity, self.product_id.uom_id, rounding_method="HALF-UP"
        )
        return self.product_qty - reserved

    def _get_note_rules(self):
        """What stock must satisfy for this move, by what people read of it."""
        rules = {term.sentence(): term.domain() for term in self._get_promise().terms}
        if self.product_id.use_expiration_date:
            sentence = self.env._("some have expired or are past their removal date")
            rules[sentence] = self._get_fresh_domain()
        return rules

    def _get_fresh_domain(self):
        """As reservation asks for: neither expired now nor to be removed by then."""
        fresh = Domain("expiration_date", ">", fields.Datetime.now())
        sellable = Domain("removal_date", ">=", self.date)
        return (fresh | Domain("expiration_date", "=", False)) & (
            sellable | Domain("removal_date", "=", False)
        )

    def _sum_free(self, domain=Domain.TRUE):
        """Free stock of lots that are not on hold, where the move takes from."""
        stock = Domain(
            [
                ("product_id", "=", self.product_id.id),
                ("location_id", "child_of", self.location_id.id),
                ("is_on_hold", "=", False),
                ("quantity", ">", 0),
            ]
        )
        # As core's own look-ups for a move: what is there does not hang on who asks.
        quants = self.env["stock.quant"].sudo()
        [(there, reserved)] = quants._read_group(
            stock & domain, [], ["quantity:sum", "reserved_quantity:sum"]
        )
        return (there or 0) - (reserved or 0)
