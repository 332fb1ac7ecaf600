from odoo import models

from .address import paper_action


class StockPicking(models.Model):
    _inherit = "stock.picking"

    def action_transfer_paper(self):
        return paper_action(self, "transfer")

    def action_pick_paper(self):
        return paper_action(self, "pick")
