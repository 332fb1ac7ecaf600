from odoo import api, models


class FarmDeviceEvent(models.Model):
    """Kinds of events about tags and lots."""

    _inherit = "farm.device.event"

    @api.model
    def _kinds(self):
        return super()._kinds() | {
            "split": "farm.rfid.split",
            "merge": "farm.rfid.merge",
            "treatment": "farm.rfid.treatment",
            "transfer": "farm.rfid.transfer",
            "read": "farm.rfid.read",
            "retire": "farm.rfid.retire",
            "card": "farm.rfid.card",
        }
