from odoo import api, models

from .reservation import Reservation


class StockMoveLine(models.Model):
    """Lines of moves that look for stock together are made together."""

    _inherit = "stock.move.line"

    @api.model_create_multi
    def create(self, vals_list):
        reservation = self.env.context.get("reservation")
        if not isinstance(reservation, Reservation):
            return super().create(vals_list)
        if self.env.context.get("collecting"):
            reservation.pending += vals_list
            return self.browse()
        reservation.make_lines(self)
        return super().create(vals_list)
