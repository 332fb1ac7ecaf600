from odoo import fields, models


class FarmCountReason(models.Model):
    """Why a count differs from the books; the list is kept by the manager."""

    _name = "farm.count.reason"
    _description = "Reason for a Count Difference"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
