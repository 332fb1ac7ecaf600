from odoo import fields, models


class ProductTemplate(models.Model):
    _name = "product.template"
    _inherit = ["product.template", "farm.expiry.stages"]

    expiry_alert_stages = fields.Char(
        help="Days before expiry at which the responsible person is told, e.g. 14, 7,"
        " 3. What expires today is told in any case. Leave empty for the company's.",
    )
