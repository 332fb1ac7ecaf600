from odoo import models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _get_lead_days(self):
        self.ensure_one()
        return self.carrier_id.delivery_lead_days or super()._get_lead_days()
