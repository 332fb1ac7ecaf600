from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    aging_limits = fields.Char(related="company_id.aging_limits", readonly=False)
    aging_idle_days = fields.Integer(
        related="company_id.aging_idle_days", readonly=False
    )
    aging_issue_days = fields.Integer(
        related="company_id.aging_issue_days", readonly=False
    )
