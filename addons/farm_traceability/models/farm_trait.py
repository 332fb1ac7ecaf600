from odoo import api, fields, models


class FarmTrait(models.Model):
    """A quality trait that crops can be described by (table 1 of the paper)."""

    _name = "farm.trait"
    _description = "Quality Trait"
    _order = "group, sequence, id"

    name = fields.Char(required=True, translate=True)
    group = fields.Selection(
        [
            ("appearance", "Appearance"),
            ("texture", "Texture"),
            ("taste", "Taste and Aroma"),
            ("nutrition", "Nutrition"),
        ],
        required=True,
    )
    sequence = fields.Integer(default=10)
    unit = fields.Char(
        translate=True,
        help="Unit or scale, for example cm, °Brix, g per 100 g, 1-5.",
    )
    active = fields.Boolean(default=True)


class FarmCropTrait(models.Model):
    _name = "farm.crop.trait"
    _description = "Trait of a Crop"
    _order = "group, sequence, id"

    crop_id = fields.Many2one(
        "farm.crop", required=True, index=True, ondelete="cascade"
    )
    trait_id = fields.Many2one(
        "farm.trait", required=True, index=True, ondelete="restrict"
    )
    group = fields.Selection(related="trait_id.group", store=True)
    sequence = fields.Integer(related="trait_id.sequence", store=True)
    unit = fields.Char(
        compute="_compute_unit", store=True, readonly=False, precompute=True
    )
    value_min = fields.Float("From")
    value_max = fields.Float("To")
    is_measured = fields.Boolean(
        "Range", help="The expected value is a range of numbers."
    )
    expected = fields.Char(translate=True)
    method = fields.Char(translate=True, help="How the trait is judged or measured.")

    _trait_unique = models.UniqueIndex(
        "(crop_id, trait_id)", "This crop already has this trait."
    )
    _range_ordered = models.Constraint(
        "CHECK (NOT is_measured OR value_min <= value_max)",
        "The end of a trait's range cannot be below its start.",
    )

    @api.depends("trait_id")
    def _compute_unit(self):
        for line in self:
            line.unit = line.trait_id.unit
