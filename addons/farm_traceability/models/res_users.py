from odoo import fields, models


class ResUsers(models.Model):
    _inherit = "res.users"

    farm_region_ids = fields.Many2many(
        "farm.region",
        string="Working Regions",
        help="Officers and collectors see the farmers, plots and certificates of these"
        " regions and of their parts.",
    )
