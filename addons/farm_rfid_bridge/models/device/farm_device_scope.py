from odoo import models


class FarmDevice(models.Model):
    """Where a device works."""

    _inherit = "farm.device"

    def _works_in(self, region):
        """Whether a region is one of the device's working regions, or within one."""
        return _is_within(region, self.region_ids)

    def _works_at(self, location):
        """Whether a place is one of the device's, or within one; any of its company
        where the device has none."""
        if location.company_id not in (self.company_id, self.env["res.company"]):
            return False
        return not self.location_ids or _is_within(location, self.location_ids)

    def _own_warehouses(self):
        """The device's warehouse, or all of its company where it has none."""
        warehouses = self.env["stock.warehouse"]
        return self.warehouse_id or warehouses.search(
            [("company_id", "=", self.company_id.id)]
        )


def _is_within(record, wholes):
    path = record.parent_path or ""
    return any(path.startswith(whole.parent_path) for whole in wholes)
