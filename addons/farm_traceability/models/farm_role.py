from odoo import fields, models


class FarmRole(models.Model):
    """What a party is in the chain; a party may have several roles.

    The codes are fixed, because constraints and domains ask for them.
    """

    _name = "farm.role"
    _description = "Role in the Chain"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True, readonly=True)
    sequence = fields.Integer(default=10)
    color = fields.Integer()

    _code_unique = models.UniqueIndex(
        "(code)", "There is already a role with this code."
    )
