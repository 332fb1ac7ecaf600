from odoo import api, fields, models
from odoo.exceptions import ValidationError

LEVELS = ["country", "province", "regency", "subdistrict", "village"]


class FarmRegion(models.Model):
    """An administrative area with its official code, as a tree."""

    _name = "farm.region"
    _description = "Region"
    _parent_store = True
    _order = "code"
    _rec_name = "complete_name"
    _rec_names_search = ["name", "code"]

    name = fields.Char(required=True)
    complete_name = fields.Char(
        compute="_compute_complete_name", store=True, recursive=True
    )
    code = fields.Char(required=True, help="Official code of statistics.")
    level = fields.Selection(
        [
            ("country", "Country"),
            ("province", "Province"),
            ("regency", "Regency or City"),
            ("subdistrict", "Subdistrict"),
            ("village", "Village"),
        ],
        required=True,
    )
    parent_id = fields.Many2one("farm.region", index=True, ondelete="restrict")
    parent_path = fields.Char(index=True)
    child_ids = fields.One2many("farm.region", "parent_id", string="Parts")
    latitude = fields.Float(digits=(9, 6))
    longitude = fields.Float(digits=(9, 6))
    active = fields.Boolean(default=True)

    _code_unique = models.UniqueIndex(
        "(code)", "There is already a region with this code."
    )

    @api.depends("name", "parent_id.complete_name")
    def _compute_complete_name(self):
        for region in self:
            parent = region.parent_id.complete_name
            region.complete_name = f"{region.name}, {parent}" if parent else region.name

    @api.constrains("level", "parent_id")
    def _check_level(self):
        for region in (self | self.child_ids).filtered("parent_id"):
            parent = region.parent_id
            if LEVELS.index(parent.level) >= LEVELS.index(region.level):
                raise ValidationError(
                    self.env._(
                        "%(region)s cannot be a part of %(parent)s: choose a parent"
                        " of a higher level.",
                        region=region.name,
                        parent=parent.name,
                    )
                )
