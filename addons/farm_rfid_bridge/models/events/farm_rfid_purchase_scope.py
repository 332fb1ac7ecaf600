from odoo import models
from odoo.exceptions import UserError


class FarmRfidPurchase(models.AbstractModel):
    """Whom a device may buy from, and where it receives."""

    _inherit = "farm.rfid.purchase"

    def _check_scope(self, event, farmer, bunches):
        """:raises UserError: if the purchase is outside of the device's work"""
        self._check_may_write(event, bunches)
        self._check_region(event, farmer)
        self._check_works_at(event, self._place(event.device_id))

    def _check_region(self, event, farmer):
        # Where a farmer lives is no secret of those who may see the farmer.
        device, region = event.device_id, farmer.sudo().farm_region_id
        if not (event.waiver_reason or device._works_in(region)):
            raise UserError(
                self.env._(
                    "%(device)s does not work in %(region)s, where %(farmer)s is. Add"
                    " the working region to the device, and try again.",
                    device=device.name,
                    region=region.name or self.env._("no region"),
                    farmer=farmer.display_name,
                )
            )

    def _place(self, device):
        """Where what the device buys is received."""
        picking_type = self.env["farm.harvest"]._farm_gate_picking_type(
            device.warehouse_id.in_type_id.id
        )
        # The type may be one that the user cannot open.
        return picking_type.sudo().default_location_dest_id
