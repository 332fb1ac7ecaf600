from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    hold_second_person = fields.Boolean(
        related="company_id.hold_second_person", readonly=False
    )
