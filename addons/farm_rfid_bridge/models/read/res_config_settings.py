from odoo import fields, models

from .farm_read_months import KEPT


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    read_months = fields.Integer(
        "Months of Reads", config_parameter=KEPT, help="0: they are kept for ever."
    )
