from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    hold_second_person = fields.Boolean(
        "Second Person for Releases",
        help="Whoever placed a hold may not release it.",
    )
