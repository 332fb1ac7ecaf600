import base64
import json

from odoo import api, fields, models
from odoo.exceptions import UserError

QR_SIZE = 320


class FarmDeviceEnrolment(models.TransientModel):
    """The code of an enrolment on the screen; it is not stored.

    1. the code and its QR symbol show
    2. the device reads or is told the code, within 15 minutes
    3. done: the device's form shows its number and key
    """

    _name = "farm.device.enrolment"
    _description = "Enrolment of a Device"

    device_id = fields.Many2one("farm.device", required=True, ondelete="cascade")
    code = fields.Char(store=False, readonly=True)
    url = fields.Char("Server", compute="_compute_qr")
    qr = fields.Binary("QR Code", compute="_compute_qr")

    @api.depends("device_id", "code")
    def _compute_qr(self):
        for enrolment in self:
            enrolment.url = enrolment.device_id.get_base_url()
            text = json.dumps({"url": enrolment.url, "code": enrolment.code or ""})
            enrolment.qr = enrolment.code and base64.b64encode(
                self.env["ir.actions.report"].barcode(
                    "QR", text, width=QR_SIZE, height=QR_SIZE
                )
            )

    def action_done(self):
        """Show the device as it is now.

        :raises UserError: while the code is not used
        """
        if self.device_id.enrol_until:
            raise UserError(
                self.env._(
                    "%(device)s has not used the code yet. Does it reach this server?",
                    device=self.device_id.name,
                )
            )
        return {
            "type": "ir.actions.act_window",
            "res_model": "farm.device",
            "res_id": self.device_id.id,
            "view_mode": "form",
        }
