from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    recall_reminder_days = fields.Integer(
        related="company_id.recall_reminder_days", readonly=False
    )
    recall_close_by_other = fields.Boolean(
        related="company_id.recall_close_by_other", readonly=False
    )
    recall_drill_months = fields.Integer(
        related="company_id.recall_drill_months", readonly=False
    )
    recall_notice_days = fields.Integer(
        related="company_id.recall_notice_days", readonly=False
    )
