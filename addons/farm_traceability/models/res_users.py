from odoo import fields, models


class ResUsers(models.Model):
    _inherit = "res.users"

    farm_region_ids = fields.Many2many(
        "farm.region",
        string="Working Regions",
        help="Officers and collectors see the farmers, plots and certificates of these"
        " regions and of their parts.",
    )

    def _get_invalidation_fields(self):
        # The record rules of a user are cached with the regions in them.
        return super()._get_invalidation_fields() | {"farm_region_ids"}
