from collections import defaultdict

from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

OPEN = ("assigned", "partially_available", "confirmed", "waiting")


class FarmReadTransfer(models.AbstractModel):
    """Reads that move goods by transfers, as a picker would.

    1. what an open transfer of the point's type expects is picked on it: the first
       one in its order; of a lot's pieces only so much
    2. what none expects: by the meaning, a transfer is made or it is refused
    3. what is picked on a transfer that waits was only seen again
    4. transfers are validated as the point says
    """

    _name = "farm.read.transfer"
    _inherit = ["farm.read.meaning"]
    _description = "Reads that Move Goods"

    @api.model
    def _stays(self, point):
        return SQL("TRUE")

    @api.model
    def _do(self, point, items):
        expected = self._expected(point, items)
        wholes = self._wholes(list(expected))
        pickings = {}
        picked = self.env["stock.move.line"]
        for item, lines in expected.items():
            picked |= self._part(item, lines, wholes[item])
            pickings[item] = lines.picking_id
        self._pick(point, picked)
        rest = [item for item in items if item not in expected]
        if rest:
            pickings |= self._do_unexpected(point, rest)
        self._finish(point, self.env["stock.picking"].union(*pickings.values()))
        return pickings

    def _do_unexpected(self, point, items):
        """:raises UserError: if what nobody asked for is not moved here"""
        raise NotImplementedError

    # -- what is expected -------------------------------------------------------------

    def _expected(self, point, items):
        """Lines of the first open transfer that expects an item: dict of item."""
        unpicked = self._open_domain(point) & Domain("picked", "=", False)
        found = defaultdict(self.env["stock.move.line"].browse)
        for line, item in self._lines_of(items, unpicked):
            if not found[item] or found[item].picking_id == line.picking_id:
                found[item] |= line
        return found

    def _done_before(self, point, items):
        """Whole lots and packages that are picked on transfers which are still open.

        Of pieces each is another one: those that were seen before do not count again.
        """
        wholes = [item for item in items if not item.pieces]
        lines = self._lines_of(wholes, self._open_domain(point))
        picked = {item for line, item in lines if line.picked}
        return picked - {item for line, item in lines if not line.picked}

    def _lines_of(self, items, domain):
        """Pairs of a line and its item, in the order in which transfers are due."""
        packages = self._packages_within(items)
        lots = {item.lot_id: item for item in items if item.lot_id}
        lines = self.env["stock.move.line"].search(
            domain
            & (
                Domain("lot_id", "in", list(lots))
                | Domain("package_id", "in", list(packages))
                | Domain("result_package_id", "in", list(packages))
            )
        )
        return [
            (
                line,
                packages.get(line.package_id.id)
                or packages.get(line.result_package_id.id)
                or lots.get(line.lot_id.id),
            )
            for line in lines.filtered("quantity").sorted(_in_order)
        ]

    def _open_domain(self, point):
        """Lines of transfers that reads at a point may pick."""
        kind = point._get_picking_type()
        return Domain("picking_id.picking_type_id", "=", kind.id) & Domain(
            "state", "in", OPEN
        )

    def _part(self, item, lines, whole):
        """The lines of an item, or so much of them as its pieces are."""
        if not item.pieces:
            return lines
        left = self._of_pieces(item, whole, sum(lines.mapped("quantity_product_uom")))
        taken = lines.browse()
        for line in lines:
            if line.product_id.uom_id.compare(left, 0) <= 0:
                break
            left -= line.quantity_product_uom
            if line.product_id.uom_id.compare(left, 0) < 0:
                self._leave(line, -left)
            taken |= line
        return taken

    def _leave(self, line, quantity):
        """Give what is not seen of a line a line of its own."""
        rest = line.product_id.uom_id._compute_quantity(quantity, line.product_uom_id)
        line.quantity -= rest
        line.copy({"quantity": rest, "picked": False})

    def _pick(self, point, lines):
        lines.picked = True

    # -- finished ---------------------------------------------------------------------

    def _finish(self, point, pickings):
        """Validate transfers as the point says; the rest stays in a backorder."""
        if point.finish == "complete":
            pickings = pickings.filtered(_is_complete)
        if point.finish == "open" or not pickings:
            return
        pickings.with_context(skip_backorder=True).button_validate()
        stuck = pickings.filtered(lambda picking: picking.state != "done")
        if stuck:
            raise UserError(
                self.env._(
                    "%(pickings)s asks something that a reader cannot answer. Finish it"
                    " in the office.",
                    pickings=", ".join(stuck.mapped("name")),
                )
            )


def _in_order(line):
    picking = line.picking_id
    return picking.priority != "1", picking.scheduled_date, picking.id, line.id


def _is_complete(picking):
    """Whether all that is asked for was picked."""
    return all(
        move.product_uom.compare(
            sum(move.move_line_ids.filtered("picked").mapped("quantity")),
            move.product_uom_qty,
        )
        >= 0
        for move in picking.move_ids
        if move.state != "cancel"
    )
