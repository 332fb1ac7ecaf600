from odoo import api, fields, models
from odoo.exceptions import AccessError


class StockLocation(models.Model):
    _inherit = "stock.location"

    has_storage_temperature = fields.Boolean("Known Temperature")
    storage_temperature = fields.Float(
        help="°C. Shelf life of lots received here, or in a place inside, is read from"
        " the cultivation guide at this temperature."
    )
    is_quarantine = fields.Boolean(
        "Quarantine",
        help="Lots on hold may be moved here and to places inside, from where only a"
        " release lets them go on.",
    )
    in_quarantine = fields.Boolean(
        compute="_compute_in_quarantine", store=True, recursive=True
    )

    @api.depends("is_quarantine", "usage", "location_id.in_quarantine")
    def _compute_in_quarantine(self):
        for location in self:
            own = location.usage in ("view", "internal", "transit")
            flagged = location.is_quarantine or location.location_id.in_quarantine
            location.in_quarantine = own and flagged

    def _get_storage_temperature(self):
        """Temperature of the place or of the nearest one around it.

        :rtype: float | None, in °C
        """
        location = self
        while location and not location.has_storage_temperature:
            location = location.location_id
        return location.storage_temperature if location else None

    # -- a quarantine place opens the gate, so quality says which it is ----------------

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_quarantine_right(vals)
        return super().create(vals_list)

    def write(self, vals):
        self._check_quarantine_right(vals)
        return super().write(vals)

    def _check_quarantine_right(self, vals):
        if not vals.get("is_quarantine") or self.env.su:
            return
        if not self.env.user.has_group("farm_traceability.group_quality_manager"):
            raise AccessError(
                self.env._(
                    "Only a quality manager makes a place a quarantine: lots on hold"
                    " may go there."
                )
            )
