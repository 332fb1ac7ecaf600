from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from .places import below, lies, outcome_if


class FarmReadPutAway(models.AbstractModel):
    """What is brought to the point's place.

    On the internal transfer that expects it, which then goes here; else a transfer is
    made of what is free. What is there already was only seen again; what is not in the
    warehouse is at a wrong place.
    """

    _name = "farm.read.put_away"
    _inherit = ["farm.read.transfer"]
    _description = "Reads that Put Away"

    @api.model
    def _misplaced(self, point):
        here = below(point.location_id)
        inside = SQL("place.warehouse_id = %s", point.location_id.warehouse_id.id)
        elsewhere = SQL("%s AND NOT (%s)", inside, here)
        return outcome_if(
            lies(elsewhere),
            SQL("NULL"),
            outcome_if(lies(here), "repeated", SQL("'wrong_place'")),
        )

    @api.model
    def _stays(self, point):
        return lies(below(point.location_id))

    def _open_domain(self, point):
        target = point.location_id
        goes_there = Domain("location_dest_id", "parent_of", target.id) | Domain(
            "location_dest_id", "child_of", target.id
        )
        return super()._open_domain(point) & goes_there

    def _pick(self, point, lines):
        elsewhere = lines.filtered(
            lambda line: not line.location_dest_id._child_of(point.location_id)
        )
        elsewhere.location_dest_id = point.location_id
        return super()._pick(point, lines)

    def _do_unexpected(self, point, items):
        target = point.location_id
        inside = (
            Domain("location_id.warehouse_id", "=", target.warehouse_id.id)
            & Domain("location_id.usage", "=", "internal")
            & ~Domain("location_id", "child_of", target.id)
        )
        quants = self._quants(items, inside)
        for item in items:
            if not quants[item]:
                raise UserError(
                    self.env._(
                        "%(item)s does not lie in the warehouse of %(place)s.",
                        item=self._item_name(item),
                        place=target.display_name,
                    )
                )
        return self._make_transfers(point, self._parts(items, quants))
