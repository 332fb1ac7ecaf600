from odoo import api, fields, models


class FarmExpiryDiscount(models.Model):
    """How much less is asked for what expires soon."""

    _name = "farm.expiry.discount"
    _description = "Discount before Expiry"
    _order = "company_id, days"

    days = fields.Integer("Days Left at Most", required=True)
    percent = fields.Float("Discount (%)", digits=(5, 2), required=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )

    _days_unique = models.UniqueIndex(
        "(company_id, days)",
        "There is a discount for this number of days already: change that one.",
    )
    _days_positive = models.Constraint(
        "CHECK (days >= 0)", "Days left are 0 or more: what has expired is not sold."
    )
    _percent_range = models.Constraint(
        "CHECK (percent > 0 AND percent <= 100)",
        "A discount is a percentage above 0, up to 100.",
    )

    @api.depends("days", "percent")
    def _compute_display_name(self):
        for rule in self:
            rule.display_name = self.env._(
                "%(percent)s %% with at most %(days)s days left",
                percent=f"{rule.percent:g}",
                days=rule.days,
            )

    @api.model
    def _of_company(self, company):
        return self.search([("company_id", "=", company.id)], order="days")

    def _percent_at(self, days_left):
        """The discount of the nearest of these rules.

        :param days_left: days, or False for goods with no date
        :rtype: float
        """
        if days_left is False:
            return 0.0
        return next((rule.percent for rule in self if days_left <= rule.days), 0.0)
