from odoo import fields, models


class StockLocation(models.Model):
    _inherit = "stock.location"

    has_storage_temperature = fields.Boolean("Known Temperature")
    storage_temperature = fields.Float(
        help="°C. Shelf life of lots received here, or in a place inside, is read from"
        " the cultivation guide at this temperature."
    )

    def _get_storage_temperature(self):
        """Temperature of the place or of the nearest one around it.

        :rtype: float | None, in °C
        """
        location = self
        while location and not location.has_storage_temperature:
            location = location.location_id
        return location.storage_temperature if location else None
