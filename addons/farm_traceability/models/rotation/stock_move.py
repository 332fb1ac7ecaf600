from odoo import models

from .reservation import PLAIN, Reservation


class StockMove(models.Model):
    """Moves look for stock together, each for its operation."""

    _inherit = "stock.move"

    def _action_assign(self, force_qty=False):
        if self.env.context.get("reservation") is PLAIN:
            return super()._action_assign(force_qty=force_qty)
        reservation = Reservation()
        moves = self.with_context(reservation=reservation)
        if not force_qty:
            moves._foresee(reservation)
        return super(StockMove, moves)._action_assign(force_qty=force_qty)

    def _foresee(self, reservation):
        """Let the moves that are going to look for stock say what they will ask."""
        for move in self.with_context(foreseeing=True):
            if move._is_going_to_look():
                move = move.with_company(move.company_id)
                wanted = move.product_uom._compute_quantity(
                    move.product_uom_qty, move.product_id.uom_id
                )
                move._update_reserved_quantity(wanted, move.location_id, strict=False)
        if reservation.requests:
            reservation.look_ahead(self.env["stock.quant"].sudo())

    def _is_going_to_look(self):
        return (
            self.state in ("confirmed", "waiting", "partially_available")
            and not self.picked
            and not self.move_orig_ids
            and not self.move_line_ids
            and self.procure_method != "make_to_order"
            and self.product_uom_qty > 0
            and not self._should_bypass_reservation()
        )

    def _update_reserved_quantity(
        self,
        need,
        location_id,
        lot_id=None,
        package_id=None,
        owner_id=None,
        strict=True,
    ):
        reservation = self.env.context.get("reservation")
        move = self
        if isinstance(reservation, Reservation):
            if strict or self.move_line_ids:
                reservation.make_lines(self.env["stock.move.line"])
            else:
                move = self.with_context(collecting=True)
        return super(StockMove, move)._update_reserved_quantity(
            need, location_id, lot_id, package_id, owner_id, strict
        )

    def _get_look_up_context(self, location, lot):
        context = super()._get_look_up_context(location, lot)
        return {**context, "removal_picking_type_id": self.picking_type_id.id}
