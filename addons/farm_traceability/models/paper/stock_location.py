from odoo import models

from .address import paper_action


class StockLocation(models.Model):
    _inherit = "stock.location"

    def action_count_paper(self):
        return paper_action(self, "place_count")

    def action_blind_count_paper(self):
        return paper_action(self, "blind_place_count")

    def _get_quants_to_count(self):
        """What lies here and below by the books."""
        return self.env["stock.quant"].search(
            [("location_id", "child_of", self.ids), ("quantity", "!=", 0)]
        )
