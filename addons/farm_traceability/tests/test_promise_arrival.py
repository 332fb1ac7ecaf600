from datetime import datetime

from odoo.tests import tagged

from ..models.promise.stock_move import PromiseBook
from .promise_common import PromiseCase


@tagged("post_install", "-at_install")
class TestArrival(PromiseCase):
    """Remaining life is what is left on the day when the goods arrive."""

    def arrival(self, picking):
        return picking.move_ids._get_expected_arrival()

    def test_it_is_the_planned_date_and_the_days_on_the_way(self):
        self.shop.delivery_lead_days = 2
        picking = self.deliver(self.branch, day=3)
        self.assertEqual(self.arrival(picking), datetime(2026, 6, 20, 3))
        self.branch.delivery_lead_days = 1
        self.assertEqual(self.arrival(picking), datetime(2026, 6, 19, 3))

    def test_what_is_late_leaves_now(self):
        picking = self.deliver(self.shop, day=-5)
        self.assertEqual(self.arrival(picking), datetime(2026, 6, 15, 3))

    def test_the_customer_is_known_at_every_step(self):
        picking = self.deliver(self.branch)
        self.assertEqual(picking.move_ids._get_customer(), self.branch)
        inside = self.make_transfer(self.older, 1.0, self.shelf)
        self.assertFalse(inside.move_ids._get_customer())
        self.assertFalse(inside.move_ids._get_promise())

    def test_a_pick_knows_the_delivery_that_it_is_for(self):
        self.warehouse.delivery_steps = "pick_pack_ship"
        self.make_term(10, partner_id=self.shop)
        self.shop.delivery_lead_days = 1
        pick = self.run_out(self.branch)
        self.assertEqual(pick.location_dest_id.usage, "internal")
        self.assertEqual(pick._get_customer(), self.branch)
        self.assertEqual(pick.move_line_ids.lot_id, self.newer)
        with self.refused("Toko Segar|Solo"):
            pick.move_line_ids.lot_id = self.older
        steps = 0
        while pick.location_dest_id.usage != "customer":
            pick.picked = True
            pick.picking_id.button_validate()
            pick, steps = pick.move_dest_ids, steps + 1
            self.assertEqual(pick._get_customer(), self.branch)
            self.assertEqual(pick.move_line_ids.lot_id, self.newer)
        self.assertEqual(steps, 2)

    def run_out(self, customer, quantity=4.0):
        """What an order makes: the first of the steps to the customer."""
        rules = self.env["stock.rule"]
        rules.run(
            [
                rules.Procurement(
                    self.product,
                    quantity,
                    self.product.uom_id,
                    self.customers,
                    "Order",
                    "Order",
                    self.env.company,
                    {
                        "warehouse_id": self.warehouse,
                        "partner_id": customer.id,
                        "date_planned": datetime(2026, 6, 15, 3),
                    },
                )
            ]
        )
        move = self.env["stock.move"].search(
            [("product_id", "=", self.product.id)], order="id desc", limit=1
        )
        while move.move_orig_ids:
            move = move.move_orig_ids
        move._action_assign()
        return move.with_user(self.picker)


@tagged("post_install", "-at_install")
class TestMinimumLife(PromiseCase):
    """What is reserved, what may be typed in, what may happen."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.term = cls.make_term(10, partner_id=cls.shop)

    def test_the_older_lot_goes_to_who_takes_it(self):
        self.assertEqual(self.promised(self.deliver(self.branch)), self.newer)
        self.assertEqual(self.promised(self.deliver(self.other)), self.older)

    def test_what_lies_below_is_not_reserved_at_all(self):
        picking = self.deliver(self.branch, 14.0)
        self.assertEqual(self.promised(picking), self.newer)
        self.assertEqual(picking.move_ids.quantity, 10.0)
        self.assertEqual(picking.move_ids.state, "partially_available")

    def test_days_on_the_way_count(self):
        self.shop.delivery_lead_days = 2
        self.assertEqual(self.promised(self.deliver(self.branch)), self.newer)
        self.shop.delivery_lead_days = 3
        self.assertFalse(self.promised(self.deliver(self.branch)))

    def test_days_are_counted_by_the_calendar(self):
        """10 days left: from the 17th to the end of the 27th, at any hour."""
        for hour in (17, 23):
            moment = datetime(2026, 6, 16, hour)
            promise = self.product._get_promise(self.shop, moment, self.env.company)
            self.assertFalse(promise.reasons(self.newer), moment)
        moment = datetime(2026, 6, 17, 17)
        promise = self.product._get_promise(self.shop, moment, self.env.company)
        self.assertIn(self.newer, promise.reasons(self.newer))

    def test_percent_of_the_lots_own_life(self):
        self.assertAlmostEqual(self.older.shelf_life, 13.7083, 3)
        self.assertAlmostEqual(self.newer.shelf_life, 12.7083, 3)
        self.term.write({"basis": "percent", "minimum": 60})
        self.assertEqual(
            self.promised(self.deliver(self.branch, 12)), self.newer | self.older
        )
        self.term.minimum = 66
        self.assertEqual(self.promised(self.deliver(self.branch, 12)), self.newer)

    def test_a_lot_typed_in_is_refused_with_rule_lot_date_and_customer(self):
        picking = self.deliver(self.branch)
        with self.refused() as caught:
            self.type_in(picking, self.older)
        self.assertEqual(
            str(caught.exception),
            f"Lot {self.older.name} of {self.product.name} is not for this delivery:"
            " Toko Segar, Solo takes no lot with less than 10 days left on arrival"
            " (15 June 2026). It expires on 23 June 2026. Take another lot, or ask a"
            " quality manager to allow it.",
        )

    refused_text = "takes no lot"

    def refused(self, text=refused_text):
        return super().refused(text)

    def test_it_is_asked_again_when_it_happens(self):
        self.term.active = False
        picking = self.deliver(self.branch)
        self.assertEqual(self.promised(picking), self.older)
        self.term.active = True
        with self.refused():
            self.ship(picking)

    def test_what_is_sent_earlier_is_judged_by_when_it_leaves(self):
        picking = self.deliver(self.branch, day=20)
        self.assertFalse(self.promised(picking))
        picking.scheduled_date = datetime(2026, 6, 16)
        self.type_in(picking, self.newer)
        picking.scheduled_date = datetime(2026, 7, 15)
        self.ship(picking)
        self.assertEqual(picking.state, "done")

    def test_a_lot_without_a_date_cannot_be_judged(self):
        self.newer.expiration_date = False
        self.assertFalse(self.promised(self.deliver(self.branch)))
        with self.refused() as caught:
            self.type_in(self.deliver(self.branch), self.newer)
        self.assertIn("It has no expiration date.", str(caught.exception))

    def test_goods_that_do_not_expire_are_not_asked_for_days(self):
        crate = self.make_product(name="Crate", use_expiration_date=False)
        lot = self.env["stock.lot"].create({"name": "C1", "product_id": crate.id})
        self.env["stock.quant"]._update_available_quantity(
            crate, self.stock, 5.0, lot_id=lot
        )
        self.assertEqual(self.promised(self.deliver(self.branch, product=crate)), lot)

    def test_a_context_from_outside_opens_nothing(self):
        for forged in (
            {"promise": False},
            {"promise": {"terms": []}},
            {"promise_book": True},
            {"allowed_lots": [self.older.id]},
            {"happening": False},
        ):
            move = self.deliver(self.branch).move_ids
            move.picking_id.do_unreserve()
            move.with_context(**forged)._action_assign()
            self.assertEqual(move.move_line_ids.lot_id, self.newer)
            with self.refused():
                move.move_line_ids.with_context(**forged).lot_id = self.older
            move.picking_id.do_unreserve()

    def test_done_lines_do_not_become_of_another_lot(self):
        picking = self.deliver(self.branch)
        self.ship(picking)
        with self.refused():
            picking.move_line_ids.lot_id = self.older
        picking.move_line_ids.quantity = 3.0
        self.assertEqual(picking.move_line_ids.quantity, 3.0)


@tagged("post_install", "-at_install")
class TestManyLines(PromiseCase):
    def test_terms_are_read_once_for_all_moves(self):
        products = [self.make_product(name=f"Fruit {n}") for n in range(12)]
        for product in products:
            self.make_term(3, product_tmpl_id=product.product_tmpl_id)
        self.shop.delivery_lead_days = 1
        moves = self.deliver(self.shop).move_ids
        for product in products:
            moves |= moves[0].copy({"product_id": product.id})
        moves = moves.with_user(self.picker)
        counts = []
        for number in (3, 12):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            book = PromiseBook(moves[:number].sudo())
            for move in moves[:number].with_context(promise_book=book):
                move._get_promise()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[0], counts[1])
