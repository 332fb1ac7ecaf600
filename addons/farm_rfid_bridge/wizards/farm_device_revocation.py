from odoo import fields, models


class FarmDeviceRevocation(models.TransientModel):
    """A device is lost or not believed any more."""

    _name = "farm.device.revocation"
    _description = "Revocation of a Device"

    device_id = fields.Many2one("farm.device", required=True, ondelete="cascade")
    ack_seq = fields.Integer("Events Received", related="device_id.ack_seq")
    from_seq = fields.Integer(
        "From Event",
        help="Events from this one on are not believed. 0: those that have not come"
        " yet.",
    )
    reason = fields.Text(required=True)

    def action_revoke(self):
        self.device_id._revoke(self.reason, self.from_seq)
        return True
