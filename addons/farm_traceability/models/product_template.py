from odoo import fields, models


class ProductTemplate(models.Model):
    _inherit = "product.template"

    farm_crop_id = fields.Many2one(
        "farm.crop",
        "Crop",
        index="btree_not_null",
        ondelete="restrict",
        help="Lots of this product carry the crop's provenance.",
    )
