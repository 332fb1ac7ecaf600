from odoo.tests import tagged

from .promise_common import PromiseCase


@tagged("post_install", "-at_install")
class TestNewerOnly(PromiseCase):
    """Nothing that expires on an earlier day than what the customer got already."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.shop.is_newer_only = True

    def give_newer(self, customer=None, quantity=4.0):
        picking = self.deliver(customer or self.shop, quantity)
        self.type_in(picking, self.newer, quantity)
        self.ship(picking)
        return picking

    def send_back(self, picking, quantity):
        wizard = self.env["stock.return.picking"].create({"picking_id": picking.id})
        wizard.product_return_moves.quantity = quantity
        back = self.env["stock.picking"].browse(
            wizard.action_create_returns()["res_id"]
        )
        back.move_ids.quantity = quantity
        back.move_ids.picked = True
        back._action_done()

    def test_who_got_nothing_yet_gets_the_oldest(self):
        self.assertEqual(self.promised(self.deliver(self.shop)), self.older)

    def test_any_address_of_the_customer_counts(self):
        self.give_newer(self.branch)
        picking = self.deliver(self.shop)
        self.assertEqual(self.promised(picking), self.newer)
        with self.refused("got lot") as caught:
            self.type_in(picking, self.older)
        self.assertIn(
            f"Toko Segar got lot {self.newer.name}, which expires on 27 June 2026, and"
            " takes none that expires earlier. It expires on 23 June 2026.",
            str(caught.exception),
        )

    def test_another_customer_is_not_asked_for_it(self):
        self.give_newer(self.other)
        self.assertEqual(self.promised(self.deliver(self.shop)), self.older)

    def test_another_product_does_not_count(self):
        hand = self.make_product(name="Hand")
        lot = self.env["stock.lot"].create({"name": "H1", "product_id": hand.id})
        self.env["stock.quant"]._update_available_quantity(
            hand, self.stock, 5.0, lot_id=lot
        )
        self.expire(lot, 30)
        self.ship(self.deliver(self.shop, product=hand))
        self.assertEqual(self.promised(self.deliver(self.shop)), self.older)

    def test_the_same_day_is_not_earlier(self):
        self.give_newer()
        self.older.expiration_date = self.newer.expiration_date.replace(hour=1)
        self.assertEqual(self.promised(self.deliver(self.shop)), self.older)

    def test_what_came_back_completely_does_not_count(self):
        picking = self.give_newer()
        self.send_back(picking, 1.0)
        self.assertEqual(self.promised(self.deliver(self.shop)), self.newer)
        self.send_back(picking, 3.0)
        self.assertEqual(self.promised(self.deliver(self.shop)), self.older)

    def test_what_is_only_planned_does_not_count(self):
        self.type_in(self.deliver(self.shop), self.newer)
        self.assertEqual(self.promised(self.deliver(self.shop)), self.older)

    def test_many_deliveries_are_asked_for_in_one_statement(self):
        self.give_newer()
        promise = self.product.with_user(self.picker)._get_promise
        arrival = self.newer.expiration_date
        promise(self.shop, arrival, self.env.company)
        with self.assertQueryCount(3):
            promise(self.shop, arrival, self.env.company)


@tagged("post_install", "-at_install")
class TestOneDocument(PromiseCase):
    """Two lots in one delivery go together: neither was there before the other."""

    def test_both_lots_of_one_delivery_pass(self):
        self.shop.is_newer_only = True
        picking = self.deliver(self.shop, 14.0)
        self.assertEqual(self.promised(picking), self.older | self.newer)
        self.ship(picking)
        self.assertEqual(picking.state, "done")
