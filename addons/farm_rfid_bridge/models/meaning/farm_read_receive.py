from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from .places import below, expected, lies, outcome_if


class FarmReadReceive(models.AbstractModel):
    """What comes in.

    On the receipt that expects it; else what is known to be on its way here, or with a
    customer, comes on a receipt that is made. What lies in stock is at a wrong place.
    """

    _name = "farm.read.receive"
    _inherit = ["farm.read.transfer"]
    _description = "Reads that Receive"

    @api.model
    def _misplaced(self, point):
        kind = point._get_picking_type()
        company = SQL("place.company_id = %s", point.company_id.id)
        return outcome_if(
            SQL("%s AND NOT (%s)", lies(company), expected(kind.id)), "wrong_place"
        )

    @api.model
    def _stays(self, point):
        return lies(below(point.location_id))

    def _do_unexpected(self, point, items):
        outside = Domain("location_id.usage", "in", ("transit", "customer"))
        quants = self._quants(items, outside)
        for item in items:
            if not quants[item]:
                raise UserError(
                    self.env._(
                        "No receipt expects %(item)s, and how much of it comes in is"
                        " not known. Make a receipt, and try again.",
                        item=self._item_name(item),
                    )
                )
        return self._make_transfers(point, self._parts(items, quants))
