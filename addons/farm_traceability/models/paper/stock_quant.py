from odoo import models

from .address import paper_action


class StockQuant(models.Model):
    _inherit = "stock.quant"

    def action_count_paper(self):
        return paper_action(self, "count")

    def action_blind_count_paper(self):
        return paper_action(self, "blind_count")
