from odoo import api, fields, models

from .settings import check_idle_days, check_issue_days, check_limits


class ResCompany(models.Model):
    _inherit = "res.company"

    aging_limits = fields.Char(
        "Aging Buckets", default="7, 14, 30, 60, 90", required=True
    )
    aging_idle_days = fields.Integer("Slow after Days", default=30, required=True)
    aging_issue_days = fields.Integer("Days of Issues", default=30, required=True)

    @api.constrains("aging_limits", "aging_idle_days", "aging_issue_days")
    def _check_aging(self):
        for company in self:
            check_limits(self.env, company.aging_limits)
            check_idle_days(self.env, company.aging_idle_days)
            check_issue_days(self.env, company.aging_issue_days)
