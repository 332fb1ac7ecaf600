from odoo import models
from odoo.exceptions import UserError


class FarmRfidEvent(models.AbstractModel):
    """What a device may do, and where; a quality manager may accept more."""

    _inherit = "farm.rfid.event"

    def _check_works_at(self, event, places):
        """:raises UserError: if one of the places is not the device's"""
        if event.waiver_reason:
            return
        device = event.device_id
        # A place may be one that the device's user cannot open.
        strange = places.sudo().filtered(lambda place: not device._works_at(place))
        if strange:
            raise UserError(
                self.env._(
                    "%(device)s does not work at %(place)s. Add the place to the"
                    " device, and try again.",
                    device=device.name,
                    place=strange[0].complete_name,
                )
            )

    def _check_may_split(self, event):
        if not (event.waiver_reason or event.device_id.may_split):
            raise UserError(
                self.env._(
                    "%(device)s may not split bunches. Allow it, and try again.",
                    device=event.device_id.name,
                )
            )

    def _check_may_write(self, event, written):
        """:param written: bodies, each of a bunch or crate"""
        if event.waiver_reason or event.device_id.may_write_bunches:
            return
        if any("uid" in one or "payload" in one for one in written):
            raise UserError(
                self.env._(
                    "%(device)s may not write bunch tags. Allow it on the device, and"
                    " try again.",
                    device=event.device_id.name,
                )
            )
