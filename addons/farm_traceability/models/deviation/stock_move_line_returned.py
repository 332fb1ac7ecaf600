from odoo import models

from .turn import sums


class StockMoveLine(models.Model):
    """Goods that go back to where they came from: which lots is settled."""

    _inherit = "stock.move.line"

    def _brings_back(self):
        """Whether the very goods go back that the returned move brought.

        Which move is returned can be written by who moves goods: it has to be true.
        """
        move = self.move_id
        # What came may have been for a customer whom the user cannot open.
        came = move.sudo().origin_returned_move_id
        return (
            came.state == "done"
            and came.product_id == self.product_id
            and self._goes_back_from(came)
            and came._is_of_same_customer(move)
            and came._brought(self.lot_id, self.product_id.uom_id)
        )

    def _goes_back_from(self, came):
        source, target = self.location_id, self.location_dest_id
        return (
            source._child_of(came.location_dest_id)
            and target._child_of(came.location_id)
            and self.move_id.location_dest_id == came.location_id
        )


class StockMove(models.Model):
    _inherit = "stock.move"

    def _is_of_same_customer(self, move):
        """Goods of one customer do not go back to another one."""
        if self.location_id.usage != "customer":
            return True
        moves = (self | move).sudo()
        customers = {one._get_address().commercial_partner_id for one in moves}
        return len(customers) == 1

    def _brought(self, lot, unit):
        """Whether it brought as much of a lot as goes back, in all of its returns."""
        back = self.returned_move_ids.filtered(lambda move: move.state != "cancel")
        amounts = [
            sums((line.lot_id, line.quantity_product_uom) for line in lines)
            for lines in (self.move_line_ids, back.move_line_ids)
        ]
        came, goes = (amount.get(lot, 0) for amount in amounts)
        return bool(lot) and unit.compare(goes, came) <= 0
