from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    expiry_alert_stages = fields.Char(
        related="company_id.expiry_alert_stages", readonly=False
    )
    expiry_user_id = fields.Many2one(
        related="company_id.expiry_user_id", readonly=False
    )
