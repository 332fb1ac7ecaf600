from odoo import models
from odoo.exceptions import UserError


class FarmRfidPurchase(models.AbstractModel):
    """What a device may buy, and where; a quality manager may accept more."""

    _inherit = "farm.rfid.purchase"

    def _check_scope(self, event, farmer, bunches):
        """:raises UserError: if the purchase is outside of the device's work"""
        if event.waiver_reason:
            return
        device = event.device_id
        self._check_tags_allowed(device, bunches)
        self._check_region(device, farmer)
        self._check_place(device)

    def _check_tags_allowed(self, device, bunches):
        if device.may_write_bunches:
            return
        if any("uid" in bunch or "payload" in bunch for bunch in bunches):
            raise UserError(
                self.env._(
                    "%(device)s may not write bunch tags. Allow it on the device, and"
                    " try again.",
                    device=device.name,
                )
            )

    def _check_region(self, device, farmer):
        # Where a farmer lives is no secret of those who may see the farmer.
        region = farmer.sudo().farm_region_id
        if not device._works_in(region):
            raise UserError(
                self.env._(
                    "%(device)s does not work in %(region)s, where %(farmer)s is. Add"
                    " the working region to the device, and try again.",
                    device=device.name,
                    region=region.name or self.env._("no region"),
                    farmer=farmer.display_name,
                )
            )

    def _check_place(self, device):
        picking_type = self.env["farm.harvest"]._farm_gate_picking_type(
            device.warehouse_id.in_type_id.id
        )
        # The type may be one that the user cannot open.
        place = picking_type.sudo().default_location_dest_id
        if not device._works_at(place):
            raise UserError(
                self.env._(
                    "%(device)s does not receive at %(place)s. Add the place to the"
                    " device, or choose its warehouse, and try again.",
                    device=device.name,
                    place=place.complete_name,
                )
            )
