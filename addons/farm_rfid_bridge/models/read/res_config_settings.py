from odoo import fields, models

from ..push.farm_device_admission import SETTING
from .farm_read_months import KEPT


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    read_months = fields.Integer(
        "Months of Reads", config_parameter=KEPT, help="0: they are kept for ever."
    )
    pushes_at_once = fields.Integer(
        "Devices at a Time",
        config_parameter=SETTING,
        help="0: as many as the server has workers, but one.",
    )
