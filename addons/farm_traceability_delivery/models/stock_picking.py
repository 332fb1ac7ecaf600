from odoo import models


class StockPicking(models.Model):
    _inherit = "stock.picking"

    def _get_lead_days(self):
        self.ensure_one()
        # Whoever may see the transfer may know when it arrives.
        return self.sudo().carrier_id.delivery_lead_days or super()._get_lead_days()
