from odoo import models


class StockLot(models.Model):
    _inherit = "stock.lot"

    def action_open_stock_card(self):
        return self.env["farm.stock.card"]._open_for(lot_ids=self.ids, date_from=False)
