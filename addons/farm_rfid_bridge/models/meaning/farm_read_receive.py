from collections import defaultdict

from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from .places import below, expected, lies, outcome_if

#: what a line of a backorder has of its receipt
KEPT = (
    "product_id",
    "product_uom_id",
    "lot_id",
    "owner_id",
    "package_id",
    "result_package_id",
    "location_id",
    "location_dest_id",
)


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

    def _finish(self, point, pickings):
        """A backorder expects the lots that did not come, as its receipt did."""
        rests = self._rests(pickings)
        result = super()._finish(point, pickings)
        for (picking, product), vals_list in rests.items():
            moves = picking.backorder_ids.move_ids
            move = moves.filtered(
                lambda one, product=product: one.product_id == product
            )
            if len(move) == 1 and not move.move_line_ids.lot_id:
                move.move_line_ids.unlink()
                shared = {"move_id": move.id, "picking_id": move.picking_id.id}
                self.env["stock.move.line"].create(
                    [shared | vals for vals in vals_list]
                )
        return result

    def _rests(self, pickings):
        """Values of lines not picked: dict of pairs of transfer and product."""
        rests = defaultdict(list)
        for line in pickings.move_line_ids:
            if line.lot_id and not line.picked:
                vals = {name: line[name].id for name in KEPT}
                vals["quantity"] = line.quantity
                rests[line.picking_id, line.product_id].append(vals)
        return rests
