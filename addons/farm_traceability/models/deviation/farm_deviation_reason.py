from odoo import fields, models


class FarmDeviationReason(models.Model):
    """Why somebody may take another lot; the list is kept by the manager."""

    _name = "farm.deviation.reason"
    _description = "Reason for a Deviation"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    needs_note = fields.Boolean(
        "Needs a Note", help="Who chooses this reason has to write what happened."
    )
