from datetime import datetime, time, timedelta

import pytz
from odoo import models
from odoo.exceptions import UserError


class FarmHarvest(models.Model):
    """What a posted harvest hands down to the lots made from it."""

    _inherit = "farm.harvest"

    def _check_posted(self):
        drafts = self.filtered(lambda harvest: harvest.state != "done")
        if drafts:
            raise UserError(
                self.env._(
                    "%(harvests)s is not posted yet. Post it first, so that its"
                    " certificate and pre-harvest interval are asked.",
                    harvests=", ".join(drafts.mapped("name")),
                )
            )

    def _prepare_lot_vals(self, product, location):
        """Provenance, grade and dates of a lot of a product received at a location."""
        self._check_posted()
        return (
            self._prepare_provenance_vals()
            | self._prepare_grade_vals()
            | self._prepare_expiry_vals(product, location)
        )

    def _prepare_grade_vals(self):
        """One grade of the whole harvest; at the farm gate each bunch has its own."""
        # Evidence is taken whole, also what the receiving user may not open.
        grade = self.sudo().grade_id
        return {"grade_id": grade.id} if grade.crop_id == self.crop_id else {}

    def _prepare_provenance_vals(self):
        """What was true of this harvest on its day."""
        self.ensure_one()
        # Evidence is taken whole, also what the receiving user may not open.
        harvest = self.sudo()
        farmer = harvest.farmer_id
        return {
            "harvest_id": self.id,
            "farmer_id": farmer.id,
            "plot_id": harvest.plot_id.id,
            "harvest_date": self.date,
            "fruit_age": self.fruit_age,
            "is_organic": harvest.cycle_id.is_organic,
            "provenance_farmer": farmer.name,
            "provenance_group": farmer.farm_group_id.name,
            "provenance_plot": harvest.plot_id.name,
            "provenance_region": harvest.region_id.complete_name,
            "provenance_certificate": harvest.certificate_id.name,
            "provenance_guide": harvest.guide_id.name,
        }

    def _prepare_expiry_vals(self, product, location):
        """Expiry by the guide's shelf life at the place's temperature.

        The last moment of the last day, where the user is. Nothing when the product
        has no expiry or the guide does not say: Odoo's own rule then applies.
        """
        days = self._shelf_life_days(location) if product.use_expiration_date else 0
        if not days:
            return {}
        last = datetime.combine(self.date + timedelta(days=days), time(23, 59, 59))
        local = self.env.tz.localize(last)
        return {"expiration_date": local.astimezone(pytz.utc).replace(tzinfo=None)}

    def _shelf_life_days(self, location):
        # The guide may belong to an office whose records the user cannot open.
        guide = self.guide_id.sudo()
        if not guide:
            return 0
        temperature = location.sudo()._get_storage_temperature()
        if temperature is None:
            temperature = (
                guide.storage_temperature_min + guide.storage_temperature_max
            ) / 2
        return guide._shelf_life_days(temperature)

    def action_open_lots(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Lots of %(harvest)s", harvest=self.name),
            "res_model": "stock.lot",
            "view_mode": "list,form",
            "domain": [("harvest_id", "=", self.id)],
            "context": {"create": False, "display_complete": True},
        }

    def action_open_receipts(self):
        self.ensure_one()
        title = self.env._("Receipts of %(harvest)s", harvest=self.name)
        return self.picking_ids._open_transfers(title) | {"context": {"create": False}}
