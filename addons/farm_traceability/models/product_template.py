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
    lot_balance_tolerance = fields.Float(
        digits=(5, 2),
        help="Percent of a lot that an operation on it may leave unaccounted for, such"
        " as what scales do not show. Zero: all must be accounted for.",
    )
    is_packed_product = fields.Boolean(
        "Sold Packed", help="Lots of this product are packed from the beginning."
    )
    is_lot_code_renewed = fields.Boolean(
        "New Lot Code after Packing",
        help="Once packed, whatever is split, merged or repacked into this product gets"
        " a new lot code linked to the old one, as the United States' food"
        " traceability rule (FSMA 204) asks. Transfers always keep the code.",
    )

    _lot_balance_tolerance_percent = models.Constraint(
        "CHECK (lot_balance_tolerance >= 0 AND lot_balance_tolerance < 100)",
        "The tolerance of a lot's balance is a percentage from 0 to below 100.",
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
