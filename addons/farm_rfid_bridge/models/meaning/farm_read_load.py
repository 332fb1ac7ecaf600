from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from .places import expected, outcome_if


class FarmReadLoad(models.AbstractModel):
    """What goes onto the truck: only what an open delivery has."""

    _name = "farm.read.load"
    _inherit = ["farm.read.transfer"]
    _description = "Reads that Load"

    @api.model
    def _misplaced(self, point):
        kind = point._get_picking_type()
        return outcome_if(SQL("NOT (%s)", expected(kind.id)), "wrong_place")

    def _do_unexpected(self, point, items):
        raise UserError(
            self.env._(
                "%(items)s is on no delivery that is left to be loaded. Take it off the"
                " truck.",
                items=", ".join(map(self._item_name, items[:5])),
            )
        )
