from odoo import models


class StockLocation(models.Model):
    _inherit = "stock.location"

    def action_open_stock_card(self):
        return self.env["farm.stock.card"]._open_for(location_ids=self.ids)
