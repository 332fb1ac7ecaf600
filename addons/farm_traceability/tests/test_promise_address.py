from odoo.tests import tagged

from .promise_common import PromiseCase


@tagged("post_install", "-at_install")
class TestPromiseAddress(PromiseCase):
    """Who moves goods does not make another customer's rules hold."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_term(partner_id=cls.shop)

    def assertRefused(self, picking):
        with self.refused("takes no lot"):
            self.type_in(picking, self.older)
        self.type_in(picking, self.newer)
        self.ship(picking)
        self.assertEqual(picking.state, "done")

    def test_a_delivery_for_nobody_is_for_whom_it_was_confirmed(self):
        for record in ("picking", "move"):
            picking = self.deliver(self.shop)
            mine = picking if record == "picking" else picking.move_ids
            with self.subTest(record=record):
                mine.partner_id = False
                self.assertRefused(picking)
                self.assertEqual(picking.move_ids.partner_id, self.shop)

    def test_nor_for_another_customer(self):
        picking = self.deliver(self.shop)
        picking.partner_id = self.other
        self.assertRefused(picking)

    def test_the_strictest_of_both_counts(self):
        picking = self.deliver(self.other)
        picking.partner_id = self.shop
        self.assertRefused(picking)

    def test_what_happens_is_asked_as_well(self):
        picking = self.deliver(self.other)
        self.type_in(picking, self.older)
        picking.partner_id = self.shop
        with self.refused("takes no lot"):
            self.ship(picking)
        self.assertNotEqual(picking.state, "done")

    def test_a_manager_changes_the_address_for_good(self):
        picking = self.deliver(self.shop)
        picking.with_user(self.quality).partner_id = self.other
        self.type_in(picking, self.older)
        self.ship(picking)
        self.assertEqual(picking.state, "done")

    def test_a_draft_is_for_whom_it_says(self):
        picking = self.deliver(self.shop).copy().with_user(self.picker)
        picking.partner_id = self.other
        picking.action_confirm()
        picking.action_assign()
        self.assertEqual(self.promised(picking), self.older)

    def test_it_arrives_as_late_as_at_the_farther_address(self):
        self.shop.delivery_lead_days = 3
        picking = self.deliver(self.shop)
        self.assertFalse(self.promised(picking))
        picking.partner_id = self.other
        with self.refused("takes no lot with less than 10 days"):
            self.type_in(picking, self.newer)

    def test_a_backorder_is_for_the_same_one(self):
        self.warehouse.out_type_id.create_backorder = "always"
        picking = self.deliver(self.shop)
        picking.partner_id = self.other
        picking.move_ids.move_line_ids.quantity = 1.0
        self.ship(picking)
        self.assertRefused(picking.backorder_ids.with_user(self.picker))

    def test_a_transfer_of_another_customer_is_no_other_way(self):
        picking, theirs = self.deliver(self.shop), self.deliver(self.other)
        theirs.move_ids.product_uom_qty = 0
        picking.move_ids.picking_id = theirs
        move = theirs.move_ids.filtered("product_uom_qty")
        with self.refused("takes no lot"):
            move.move_line_ids.lot_id = self.older

    def test_the_step_before_asks_for_both(self):
        ship = self.deliver(self.shop)
        pick = self.make_transfer(self.newer, 4.0, self.shelf)
        pick.move_ids.sudo().move_dest_ids = ship.move_ids
        pick.action_confirm()
        ship.partner_id = self.other
        with self.refused("takes no lot"):
            self.type_in(pick, self.older)
