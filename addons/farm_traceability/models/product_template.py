from odoo import fields, models
from odoo.exceptions import UserError


class ProductTemplate(models.Model):
    _inherit = "product.template"

    farm_crop_id = fields.Many2one(
        "farm.crop",
        "Crop",
        index="btree_not_null",
        ondelete="restrict",
        help="Lots of this product carry the crop's provenance.",
    )

    def write(self, vals):
        if {"tracking", "is_storable", "type"} & set(vals):
            self._check_no_lot_on_hold()
        return super().write(vals)

    def _check_no_lot_on_hold(self):
        """Without tracking, stock would leave past the hold."""
        held = self.env["stock.lot"].search(
            [
                (
                    "product_id",
                    "in",
                    self.with_context(active_test=False).product_variant_ids.ids,
                ),
                ("is_on_hold", "=", True),
            ],
            limit=1,
        )
        if held:
            raise UserError(
                self.env._(
                    "Lot %(lot)s of %(product)s is on hold: how the product is tracked"
                    " stays as it is until the lot is released.",
                    lot=held.name,
                    product=held.product_id.display_name,
                )
            )
