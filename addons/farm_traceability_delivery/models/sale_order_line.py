from odoo import api, models


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    @api.depends("order_id.carrier_id")
    def _compute_qty_at_date(self):
        return super()._compute_qty_at_date()
