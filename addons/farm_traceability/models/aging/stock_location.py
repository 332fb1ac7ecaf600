from odoo import models


class StockLocation(models.Model):
    _inherit = "stock.location"

    def write(self, vals):
        # Whether goods lie in stock, and whose, is another question now.
        if not {"usage", "company_id"}.isdisjoint(vals):
            self.env["farm.stock.aging.closing"]._forget()
        return super().write(vals)
