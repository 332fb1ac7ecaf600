import logging

from odoo import models
from odoo.exceptions import UserError

from .stock_quant import HeldLots

_logger = logging.getLogger(__name__)

# In a context from Python: the lots of the lines are looked at when all are there.
LATER = object()


class StockMove(models.Model):
    """What a move may take where holds are open."""

    _inherit = "stock.move"

    def _get_held_lots(self, location, lot):
        """The held lots that this move may take from a place, None for no held lot.

        :rtype: HeldLots | None
        """
        target = self.location_dest_id
        scraps = bool(self.scrap_id) and target.usage == "inventory"
        arrives = location.usage == "transit" and target.usage == "internal"
        if scraps or arrives or target.in_quarantine:
            return HeldLots()
        if target.usage != "supplier":
            return None
        lots = lot or self._held_lots_at(location)
        kept = lots.filtered(
            lambda one: one._may_leave_to(location, target, self.picking_id)
        )
        return HeldLots(kept.ids)

    def _held_lots_at(self, location):
        groups = self.env["stock.quant"]._read_group(
            [
                ("product_id", "=", self.product_id.id),
                ("location_id", "child_of", location.id),
                ("is_on_hold", "=", True),
            ],
            ["lot_id"],
        )
        return self.env["stock.lot"].browse(lot.id for (lot,) in groups)

    def _get_look_up_context(self, location, lot):
        context = super()._get_look_up_context(location, lot)
        held = self._get_held_lots(location, lot)
        return {**context, "held_lots": held} if held else context

    def _is_kept_from(self, location, lot):
        if super()._is_kept_from(location, lot):
            return True
        if not lot or not lot.is_on_hold:
            return False
        held = self._get_held_lots(location, lot)
        return not held or (held.lot_ids is not None and lot.id not in held.lot_ids)

    def _action_assign(self, force_qty=False):
        result = super(StockMove, self.with_context(gate=LATER))._action_assign(
            force_qty=force_qty
        )
        self._check_promises()
        return result

    def _check_promises(self):
        """Take back at once what a hold placed meanwhile forbids."""
        lines = self.move_line_ids.filtered(lambda line: line.state != "done")
        stopped = lines._leaving()._stopped()
        if stopped:
            stopped.lot_id.sudo()._close_gate()
            stopped.sudo()._take_back(reassign=False)

    # -- after promises were taken back -----------------------------------------------

    def _get_hold_document(self):
        """Whose owner is told when the move loses lots: transfer, order, or none."""
        self.ensure_one()
        return self.picking_id or self._get_source_document()

    def _find_other_lots(self):
        """Reserve again; a document that cannot be is left for its owner."""
        free = self._with_free_stock()
        for moves in free.grouped(lambda move: move._get_hold_document()).values():
            try:
                with self.env.cr.savepoint():
                    moves._action_assign()
            except UserError as error:
                _logger.info("No other lots for %s: %s", moves, error)

    def _with_free_stock(self):
        """Moves of products of which anything is left; often all of it is held."""
        groups = self.env["stock.quant"]._read_group(
            [
                ("product_id", "in", self.product_id.ids),
                ("is_on_hold", "=", False),
                ("location_id.usage", "in", ("internal", "transit")),
            ],
            ["product_id"],
            ["quantity:sum", "reserved_quantity:sum"],
        )
        free = {product for product, there, reserved in groups if there > reserved}
        return self.filtered(lambda move: move.product_id in free)
