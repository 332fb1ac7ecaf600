from odoo import models


class StockQuant(models.Model):
    _inherit = "stock.quant"

    def action_open_stock_card(self):
        """The card of what lies here, as finely as it is told apart."""
        return self.env["farm.stock.card"]._open_for(
            product_ids=self.product_id.ids,
            lot_ids=self.lot_id.ids if all(self.mapped("lot_id")) else [],
            location_ids=self.location_id.ids,
            date_from=False,
            part="lot" if self.lot_id else "product",
        )
