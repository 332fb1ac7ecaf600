from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    undated_lots = fields.Selection(related="company_id.undated_lots", readonly=False)
    full_lot_days = fields.Integer(related="company_id.full_lot_days", readonly=False)
