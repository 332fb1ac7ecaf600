from odoo import fields, models


class FarmCertificationScheme(models.Model):
    _inherit = "farm.certification.scheme"

    label_mark = fields.Image(
        "Mark on Labels",
        max_width=1024,
        max_height=1024,
        help="Labels of lots with a certificate of this scheme show it.",
    )
