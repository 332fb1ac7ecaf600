from odoo import api, fields, models


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
        left_out = self.product_id._get_left_out(
            self._get_promise(), self.location_id, day=self.date
        )
        unit = self.product_id.uom_id
        if unit.compare(left_out.qualifying, self._get_missing()) >= 0:
            return False
        return left_out.full_text() or False

    def _get_missing(self):
        reserved = self.product_uom._compute_quantity(
            self.quantity, self.product_id.uom_id, rounding_method="HALF-UP"
        )
        return self.product_qty - reserved
