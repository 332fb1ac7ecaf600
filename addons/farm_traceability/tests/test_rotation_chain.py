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

    def test_each_company_has_its_own_place_for_lots_without_a_date(self):
        self.product.removal_strategy_id = self.strategy("farm_expiry")
        self.env.company.undated_lots = "first"
        other = self.env["res.company"].create(
            {"name": "Other", "undated_lots": "last"}
        )
        house = self.env["stock.warehouse"].search([("company_id", "=", other.id)])
        dated, undated = self.make_lot("Dated", 10), self.make_lot("Undated")
        for place in (self.stock, house.lot_stock_id):
            for lot in (dated, undated):
                self.stock_up(lot, 5, place)
        moves = self.env["stock.move"]
        for kind in (self.warehouse.out_type_id, house.out_type_id):
            moves |= moves.create(
                {
                    "product_id": self.product.id,
                    "product_uom_qty": 5,
                    "picking_type_id": kind.id,
                    "company_id": kind.company_id.id,
                    "location_id": kind.warehouse_id.lot_stock_id.id,
                    "location_dest_id": self.customers.id,
                }
            )
        moves._action_confirm()
        moves._do_unreserve()
        moves._action_assign()
        self.assertEqual(moves[0].move_line_ids.lot_id, undated)
        self.assertEqual(moves[1].move_line_ids.lot_id, dated)
