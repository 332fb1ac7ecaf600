from odoo import models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _get_lead_days(self):
        """Days from leaving our warehouse to arriving; delivery methods know better."""
        self.ensure_one()
        return self.partner_shipping_id._get_delivery_lead_days()
