from odoo import fields, models


class FarmGrade(models.Model):
    """A quality class of a crop; the scale is ordered, the best comes first."""

    _name = "farm.grade"
    _description = "Grade"
    _order = "crop_id, sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True)
    crop_id = fields.Many2one(
        "farm.crop", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer("Rank", default=10)
    description = fields.Text(translate=True)
    active = fields.Boolean(default=True)

    _code_unique = models.UniqueIndex(
        "(crop_id, code)", "This crop already has a grade with this code."
    )
