from odoo import fields, models


class FarmCertificationScheme(models.Model):
    """A standard that farmers are certified by."""

    _name = "farm.certification.scheme"
    _description = "Certification Scheme"
    _order = "name, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True)
    description = fields.Text(translate=True)
    checklist_ids = fields.One2many("farm.checklist.item", "scheme_id", copy=True)
    active = fields.Boolean(default=True)

    _code_unique = models.UniqueIndex(
        "(code)", "There is already a scheme with this code."
    )


class FarmChecklistItem(models.Model):
    _name = "farm.checklist.item"
    _description = "Point of an Inspection's Checklist"
    _order = "sequence, id"

    scheme_id = fields.Many2one(
        "farm.certification.scheme", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
    name = fields.Char("Point", required=True, translate=True)
    is_critical = fields.Boolean(
        "Critical", help="A failure here fails the inspection."
    )
