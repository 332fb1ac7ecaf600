from odoo import models


class StockMoveLine(models.Model):
    _inherit = "stock.move.line"

    # A stock card reads the lines of a product in order of their dates.
    _stock_card_index = models.Index("(product_id, date, id) WHERE state = 'done'")

    def _open_own_form(self):
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "views": [[False, "form"]],
        }
