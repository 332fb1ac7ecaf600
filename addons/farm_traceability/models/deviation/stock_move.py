from odoo import api, fields, models

from .stock_move_line import GIVING
from .stock_move_line_given_back import SETTLING
from .stock_picking_type import POLICIES
from .taking import Deviations
from .turn import Question, Turn, sums


class StockMove(models.Model):
    """What a move is given, and what it would be given now."""

    _inherit = "stock.move"

    deviation_policy = fields.Selection(
        POLICIES, "Another Lot Is Taken", compute="_compute_deviation_policy"
    )

    @api.depends(
        "picking_id.picking_type_id.deviation_policy",
        "picking_type_id.deviation_policy",
        "confirmed_type_id.deviation_policy",
    )
    def _compute_deviation_policy(self):
        for move in self:
            move.deviation_policy = move._get_operation().deviation_policy

    # -- the strategy gives ------------------------------------------------------------

    def _action_assign(self, force_qty=False):
        return super(StockMove, self.with_context(giving=GIVING))._action_assign(
            force_qty=force_qty
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
        # Also where the lot is prescribed, by a waiver or by another add-on.
        return super(
            StockMove, self.with_context(giving=GIVING)
        )._update_reserved_quantity(
            need, location_id, lot_id, package_id, owner_id, strict
        )

    def _set_quantity_done(self, qty):
        """The quantity was typed in; which lots it is taken from was not."""
        before = self.move_line_ids
        result = super()._set_quantity_done(qty)
        for line in (self.move_line_ids - before).filtered("lot_id"):
            # No user sets what was given: core has just asked the strategy for it.
            line.sudo().write(
                {
                    "given_lot_id": line.lot_id.id,
                    "given_quantity": line.quantity_product_uom,
                }
            )
        return result

    # -- whose turn it is --------------------------------------------------------------

    def _is_watched(self):
        """Whether lots are to be taken as given. Hook for moves of other add-ons.

        Where the lot is what the move is about, nothing is asked.
        """
        self.ensure_one()
        return (
            self._get_operation().deviation_policy in ("reason", "stop")
            and not self.lot_operation_id
        )

    def _get_operation(self):
        """The operation type whose rule holds: the stricter of now and before."""
        types = self._get_present_type(), self.confirmed_type_id
        return max(types, key=lambda one: one._get_strictness())

    def _get_source(self, lines):
        """The place at which the strategy is asked whose turn it is.

        A part of the place that the move was confirmed for has no turn of its own.
        """
        present, confirmed = self.location_id, self.confirmed_location_id
        outside = present.should_bypass_reservation()
        if confirmed and (outside or present._child_of(confirmed)):
            return confirmed
        return lines.location_id[:1] if outside else present

    def _is_given_elsewhere(self):
        """Whether what was given may be of another place than the one that is asked."""
        confirmed = self.confirmed_location_id
        return bool(confirmed) and self._get_source(self.move_line_ids) == confirmed

    def _get_deviation_partner(self):
        """Who gets the goods in the end."""
        # The chain may lead over moves that the user cannot open.
        move = self.sudo()
        return move._get_customer() or move.picking_id.partner_id or move.partner_id

    def _get_turn(self, lines, lots, taken):
        """Whose turn it is for this move now, its own reservations counted as free.

        :param lines: the move's lines that are asked about
        :param lots: lots whose rank is of interest
        :param taken: how much the move takes, in the product's unit
        :rtype: Turn | None
        """
        self.ensure_one()
        source = self._get_source(lines)
        if self._should_bypass_reservation(source):
            return None
        if self.move_orig_ids:
            return self._get_turn_of_chain()
        lines = self.move_line_ids.filtered("quantity_product_uom")
        own = sums((line._place(), line.quantity_product_uom) for line in lines)
        need = max(self.product_qty, taken)
        question = Question(need, own, lots | lines.lot_id)
        self.with_context(question=question)._update_reserved_quantity(
            need, source, strict=False
        )
        return question.turn

    def _get_turn_of_chain(self):
        """What came for this move is what it is given, in no order."""
        came = self._get_available_move_lines(set(), set())
        amounts = sums((lot, part) for (_place, lot, *_), part in came.items() if lot)
        turn = Turn(dict.fromkeys(amounts))
        turn.amounts = amounts
        return turn

    # -- what happens ------------------------------------------------------------------

    def _action_done(self, cancel_backorder=False):
        context = {} if cancel_backorder else {"settling": SETTLING}
        watched = self.move_line_ids.filtered(lambda line: line._is_watched())
        if watched:
            # Before a backorder reserves what is looked at here.
            context["deviations"] = Deviations(watched._going_lines())
        moves = super(StockMove, self.with_context(**context))._action_done(
            cancel_backorder=cancel_backorder
        )
        return moves.with_env(self.env)
