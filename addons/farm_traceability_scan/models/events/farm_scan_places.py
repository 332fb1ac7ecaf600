from odoo import api, models
from odoo.fields import Domain

from .sent import cleaned

MOST_PLACES = 2_000


class FarmScan(models.AbstractModel):
    """What is asked for when a person chooses by touch."""

    _inherit = "farm.scan"

    @api.model
    def places(self):
        """Places of the user's warehouses.

        :return: dicts with ``id``, ``name``, ``text`` that says the same when it is
            scanned, and ``path``, ids of the places above and its own
        """
        mine = self.env.user._get_scan_warehouses()
        domain = Domain("warehouse_id", "in", mine.ids) & Domain(
            "usage", "=", "internal"
        )
        found = self.env["stock.location"].search(
            domain, order="complete_name", limit=MOST_PLACES
        )
        return [
            {
                "id": place.id,
                "name": place.display_name,
                "text": place.barcode or place.complete_name,
                "path": place.parent_path,
            }
            for place in found
        ]

    @api.model
    def items(self, place_id):
        """What lies at a place of the user's warehouses, see ``farm.scan.move``."""
        sent = cleaned({"location_id": place_id})
        mine = self.env.user._get_scan_warehouses()
        place = self.env["stock.location"].search(
            [("id", "=", sent["location_id"]), ("warehouse_id", "in", mine.ids)]
        )
        return self._scenario("move")._items(place) if place else []
