from datetime import timedelta

from odoo.fields import Command
from odoo.tests import tagged

from ..models.rotation import walk
from ..models.rotation.reservation import PLAIN
from .rotation_common import EPOCH, RotationCase


@tagged("post_install", "-at_install")
class TestRotationTogether(RotationCase):
    """Moves that look for stock together get what they would get one by one."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.classPatch(walk, "FIRST_STEP", 2)
        cls.product.removal_strategy_id = cls.strategy("farm_expiry")
        cls.other = cls.make_product(
            tracking="lot", removal_strategy_id=cls.strategy("fefo").id
        )
        for product in (cls.product, cls.other):
            for number in range(8):
                lot = cls.make_lot(f"{product.id}-{number}", 30 - number, product)
                cls.stock_up(lot, 4)

    def deliver(self, *wanted, **context):
        """A delivery with a move for each (product, quantity), reserved."""
        picking = self.env["stock.picking"].create(
            {
                "picking_type_id": self.warehouse.out_type_id.id,
                "location_id": self.stock.id,
                "location_dest_id": self.customers.id,
                "move_ids": [
                    Command.create(
                        {
                            "product_id": product.id,
                            "product_uom_qty": quantity,
                            "location_id": self.stock.id,
                            "location_dest_id": self.customers.id,
                        }
                    )
                    for product, quantity in wanted
                ],
            }
        )
        # Not merged: a sale has a line for each of its prices.
        picking.move_ids._action_confirm(merge=False)
        picking.do_unreserve()
        picking.with_user(self.picker).with_context(**context).action_assign()
        return picking

    def outcome(self, picking):
        return [
            (move.state, move.quantity, self.reserved_of(move))
            for move in picking.move_ids
        ]

    def reserved_of(self, move):
        return sorted((line.lot_id.name, line.quantity) for line in move.move_line_ids)

    def check_sums(self):
        """What lines promise is what stock says is promised."""
        self.env.flush_all()
        products = self.product | self.other
        for quant in self.env["stock.quant"].search(
            [("location_id", "=", self.stock.id), ("product_id", "in", products.ids)]
        ):
            lines = self.env["stock.move.line"].search(
                [("lot_id", "=", quant.lot_id.id), ("state", "!=", "done")]
            )
            self.assertEqual(quant.reserved_quantity, sum(lines.mapped("quantity")))
            self.assertGreaterEqual(quant.quantity, quant.reserved_quantity)

    def test_two_moves_of_one_product_share_its_lots(self):
        wanted = (self.product, 6), (self.other, 5), (self.product, 7)
        picking = self.deliver(*wanted)
        ours = self.outcome(picking)
        self.check_sums()
        picking.do_unreserve()
        picking.with_context(reservation=PLAIN).action_assign()
        self.assertEqual(ours, self.outcome(picking))
        names = [name for _state, _quantity, lots in ours for name, _part in lots]
        self.assertEqual(len(names), 7)
        self.assertEqual(len(set(names)), 6)

    def test_what_is_not_there_is_not_promised(self):
        picking = self.deliver((self.product, 20), (self.product, 20))
        self.assertEqual(
            [(move.state, move.quantity) for move in picking.move_ids],
            [("assigned", 20), ("partially_available", 12)],
        )
        self.check_sums()

    def test_a_move_that_has_some_gets_the_rest(self):
        picking = self.deliver((self.product, 40))
        self.assertEqual(picking.move_ids.quantity, 32)
        self.stock_up(self.make_lot("more", 40), 20)
        self.stock_up(
            self.env["stock.lot"].search([("name", "=", f"{self.product.id}-7")]), 1
        )
        picking.action_assign()
        self.assertEqual(picking.move_ids.quantity, 40)
        self.assertEqual(picking.state, "assigned")

    def test_other_strategies_and_ours_in_one_transfer(self):
        self.other.removal_strategy_id = self.strategy("closest")
        picking = self.deliver((self.product, 6), (self.other, 6), (self.product, 6))
        self.assertEqual(picking.move_ids.mapped("quantity"), [6, 6, 6])
        self.check_sums()

    def test_an_overdrawn_lot_among_others(self):
        quant = self.env["stock.quant"].search(
            [("product_id", "=", self.product.id), ("quantity", ">", 0)], limit=1
        )
        quant.quantity = -3
        picking = self.deliver((self.product, 9), (self.product, 9))
        ours = self.outcome(picking)
        picking.do_unreserve()
        picking.with_context(reservation=PLAIN).action_assign()
        self.assertEqual(ours, self.outcome(picking))

    def test_the_same_number_of_queries_whatever_the_number_of_lines(self):
        def queries(count):
            products = [
                self.make_product(
                    tracking="lot", removal_strategy_id=self.strategy("fefo").id
                )
                for _line in range(count)
            ]
            for product in products:
                self.stock_up(self.make_lot(f"Q{product.id}", 5, product), 9)
            picking = self.deliver(*((product, 2) for product in products))
            picking.do_unreserve()
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            picking.move_ids._action_assign()
            self.env.flush_all()
            self.assertEqual(picking.state, "assigned")
            return self.env.cr.sql_log_count - before

        few, many = queries(3), queries(23)
        self.assertLessEqual(many - few, 20)

    def test_serials_are_taken_one_by_one(self):
        product = self.make_product(
            tracking="serial", removal_strategy_id=self.strategy("farm_expiry").id
        )
        for number, days in enumerate((5, 3, 9)):
            lot = self.make_lot(f"SN-{number}", days, product)
            self.stock_up(lot, 1, in_date=EPOCH + timedelta(hours=number))
        picking = self.deliver((product, 2))
        self.assertEqual(self.reserved_of(picking.move_ids), [("SN-0", 1), ("SN-1", 1)])
