from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common import SaleCase


@tagged("post_install", "-at_install")
class TestPromiseAddress(SaleCase):
    """What the order's address asks is asked, whatever its delivery says."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.picker = cls.make_user("stock")

    def make_sold(self, customer=None):
        order = self.make_order(customer or self.shop, 4.0)
        order.action_confirm()
        return order, order.sudo().picking_ids.with_user(self.picker)

    def type_in(self, picking, lot):
        picking.move_ids.move_line_ids.unlink()
        picking.move_ids.move_line_ids = [
            Command.create(
                {
                    "product_id": lot.product_id.id,
                    "lot_id": lot.id,
                    "quantity": 4.0,
                    "picking_id": picking.id,
                }
            )
        ]

    def assertRefused(self, picking):
        # Unlike assertRaisesRegex, Odoo's assertRaises undoes what was tried.
        with self.assertRaises(UserError) as caught:
            self.type_in(picking, self.old)
        self.assertIn("takes no lot", str(caught.exception))

    def assertGoes(self, picking, lot):
        self.type_in(picking, lot)
        picking.move_ids.picked = True
        picking.with_context(skip_expired=True).button_validate()
        self.assertEqual(picking.state, "done")

    def test_a_delivery_for_nobody_or_for_another_one(self):
        for customer in (self.stall, self.stall.browse()):
            _order, picking = self.make_sold()
            picking.partner_id = customer
            self.assertRefused(picking)
            self.assertGoes(picking, self.fresh)

    def test_an_order_that_changes_while_its_delivery_is_a_draft(self):
        _order, picking = self.make_sold()
        move = picking.move_ids
        move.sudo().write({"state": "draft", "partner_id": self.stall.id})
        picking.sudo().partner_id = self.stall
        self.assertRefused(picking)

    def test_the_moves_of_another_order(self):
        _order, picking = self.make_sold()
        other, _picking = self.make_sold(self.stall)
        picking.move_ids.sale_line_id = other.sudo().order_line
        picking.partner_id = self.stall
        self.assertRefused(picking)

    def test_who_sells_changes_the_address(self):
        order, picking = self.make_sold()
        order.partner_shipping_id = self.stall
        picking.partner_id = self.stall
        self.assertGoes(picking, self.old)

    def test_who_sells_follows_what_was_changed_on_the_delivery(self):
        order, picking = self.make_sold()
        picking.partner_id = self.stall
        order.partner_shipping_id = self.stall
        self.assertGoes(picking, self.old)

    def test_the_delivery_still_asks_for_its_own_address(self):
        order, picking = self.make_sold()
        order.partner_shipping_id = self.stall
        self.assertRefused(picking)

    def test_a_stricter_address_on_the_order(self):
        order, picking = self.make_sold(self.stall)
        order.partner_shipping_id = self.shop
        self.assertRefused(picking)
