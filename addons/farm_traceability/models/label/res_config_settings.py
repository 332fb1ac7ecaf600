from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    gs1_prefix = fields.Char(related="company_id.gs1_prefix", readonly=False)
    sscc_extension_digit = fields.Char(
        related="company_id.sscc_extension_digit", readonly=False
    )
    sscc_first_serial = fields.Char(
        related="company_id.sscc_first_serial", readonly=False
    )
    gs1_link_stem = fields.Char(related="company_id.gs1_link_stem", readonly=False)
    global_location_number = fields.Char(
        related="company_id.partner_id.global_location_number", readonly=False
    )
    organic_mark = fields.Image(related="company_id.organic_mark", readonly=False)
