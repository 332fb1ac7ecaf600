from odoo.fields import Command
from odoo.tests import tagged

from .rotation_common import RotationCase


@tagged("post_install", "-at_install")
class TestRotationChain(RotationCase):
    """Moves that take free stock and moves that take what came for them, in one go."""

    def receive_for(self, delivery, lot, quantity):
        """Bring goods in for a delivery, which then waits for exactly them."""
        places = {
            "location_id": self.env.ref("stock.stock_location_suppliers").id,
            "location_dest_id": self.stock.id,
        }
        receipt = self.env["stock.move"].create(
            places
            | {
                "product_id": self.product.id,
                "product_uom_qty": quantity,
                "picking_type_id": self.warehouse.in_type_id.id,
                "move_dest_ids": [Command.set(delivery.move_ids.ids)],
            }
        )
        receipt._action_confirm()
        receipt._action_assign()
        receipt.move_line_ids.write({"lot_id": lot.id, "quantity": quantity})
        receipt.picked = True
        receipt._action_done()

    def assertPromisedOnce(self, lot, quantity):
        self.env.flush_all()
        self.env.invalidate_all()
        quants = lot.quant_ids.filtered(lambda quant: quant.location_id == self.stock)
        self.assertEqual(sum(quants.mapped("quantity")), quantity)
        self.assertEqual(sum(quants.mapped("reserved_quantity")), quantity)

    def test_nothing_is_promised_twice_whoever_comes_first(self):
        lot = self.make_lot("A", 10)
        free, chained = self.make_delivery(10), self.make_delivery(10)
        self.receive_for(chained, lot, 10)
        for first, second in ((free, chained), (chained, free)):
            (free | chained).do_unreserve()
            (first.move_ids | second.move_ids)._action_assign()
            self.assertPromisedOnce(lot, 10)
            self.assertEqual(self.reserved(first), [("A", 10)])
            self.assertFalse(self.reserved(second))
