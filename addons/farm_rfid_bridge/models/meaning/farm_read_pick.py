from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from .places import below, lies, outcome_if


class FarmReadPick(models.AbstractModel):
    """What is taken from the point's place for an open transfer.

    The line of this lot; else the first line that takes the same product from here
    gets this lot, and the core's rules say whether it may: holds, dates, promises and
    turns.
    """

    _name = "farm.read.pick"
    _inherit = ["farm.read.transfer"]
    _description = "Reads that Pick"

    @api.model
    def _misplaced(self, point):
        return outcome_if(SQL("NOT %s", lies(below(point.location_id))), "wrong_place")

    def _open_domain(self, point):
        here = Domain("location_id", "child_of", point.location_id.id)
        return super()._open_domain(point) & here

    def _do_unexpected(self, point, items):
        here = Domain("location_id", "child_of", point.location_id.id)
        quants = self._quants(items, here)
        pickings = {}
        for item, parts in self._parts(items, quants).items():
            taken = self.env["stock.move.line"]
            for quant, quantity in parts:
                taken |= self._exchange(point, item, quant, quantity)
            taken.picked = True
            pickings[item] = taken.picking_id
        return pickings

    def _exchange(self, point, item, quant, quantity):
        """Lines that take another lot than the strategy gave: so much of it."""
        domain = (
            self._open_domain(point)
            & Domain("picked", "=", False)
            & Domain("product_id", "=", quant.product_id.id)
        )
        lines = self.env["stock.move.line"].search(domain).filtered("quantity")
        line = lines.sorted(
            lambda line: (line.picking_id.scheduled_date, line.picking_id.id, line.id)
        )[:1]
        if not line:
            raise UserError(
                self.env._(
                    "No transfer asks for %(item)s. Bring it back to %(place)s.",
                    item=self._item_name(item),
                    place=quant.location_id.display_name,
                )
            )
        surplus = line.quantity_product_uom - quantity
        if line.product_id.uom_id.compare(surplus, 0) > 0:
            self._leave(line, surplus)
        line.write(
            {
                "lot_id": quant.lot_id.id,
                "location_id": quant.location_id.id,
                "package_id": quant.package_id.id,
            }
        )
        return line
