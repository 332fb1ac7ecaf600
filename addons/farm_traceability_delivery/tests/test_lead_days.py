from datetime import timedelta

from odoo import fields
from odoo.addons.farm_traceability_sale.tests.common import SaleCase
from odoo.fields import Command
from odoo.tests import Form, tagged
from odoo.tools import mute_logger
from psycopg2.errors import CheckViolation


@tagged("post_install", "-at_install")
class TestLeadDays(SaleCase):
    """How long the carrier takes counts before how far away the customer is."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        service = cls.env["product.product"].create(
            {"name": "Truck", "type": "service"}
        )
        cls.truck, cls.post = cls.env["delivery.carrier"].create(
            [
                {"name": "Truck", "product_id": service.id, "delivery_lead_days": 11},
                {"name": "Post", "product_id": service.id},
            ]
        )
        cls.shop.delivery_lead_days = 2

    def make_transfer(self, carrier=None):
        picking = self.make_delivery(self.product, 70.0)
        picking.write(
            {"partner_id": self.shop.id, "carrier_id": carrier and carrier.id}
        )
        return picking

    def days_on_the_way(self, picking):
        arrival = picking.move_ids._get_expected_arrival()
        return (arrival - fields.Datetime.now()) // timedelta(days=1)

    def test_a_transfer_takes_the_days_of_its_carrier(self):
        self.assertEqual(self.days_on_the_way(self.make_transfer(self.truck)), 11)

    def test_without_a_carrier_the_days_of_the_customer_count(self):
        self.assertEqual(self.days_on_the_way(self.make_transfer()), 2)

    def test_a_carrier_without_days_leaves_it_to_the_customer(self):
        self.assertEqual(self.days_on_the_way(self.make_transfer(self.post)), 2)

    def test_a_slow_carrier_gets_no_lot_that_would_arrive_too_old(self):
        picking = self.make_transfer(self.truck)
        picking.action_assign()
        self.assertFalse(picking.move_ids.quantity)
        picking.carrier_id = self.post
        picking.action_assign()
        self.assertEqual(picking.move_ids.move_line_ids.lot_id, self.fresh)

    def test_an_order_counts_with_its_carrier(self):
        order = self.make_order(self.shop, 10.0)
        self.assertAvailable(order.order_line, 40.0, 40.0)
        order.carrier_id = self.truck
        self.assertAvailable(order.order_line, 0.0, 0.0)
        self.assertIn("26 June 2026", order.order_line.not_qualifying)
        order.carrier_id = self.post
        self.assertAvailable(order.order_line, 40.0, 40.0)
        self.assertIn("17 June 2026", order.order_line.not_qualifying)

    def test_the_carrier_of_the_order_is_that_of_its_delivery(self):
        order = self.make_order(self.shop, 10.0)
        order.carrier_id = self.truck
        order.action_confirm()
        self.assertEqual(self.days_on_the_way(order.picking_ids.sudo()), 11)
        self.assertFalse(order.picking_ids.sudo().move_ids.quantity)

    def test_a_pick_before_the_delivery_counts_with_its_carrier(self):
        self.warehouse.delivery_steps = "pick_ship"
        order = self.make_order(self.shop, 10.0)
        order.carrier_id = self.truck
        order.action_confirm()
        self.assertFalse(sum(order.picking_ids.sudo().move_ids.mapped("quantity")))

    def test_days_below_zero_are_refused(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(CheckViolation):
            self.truck.delivery_lead_days = -1
            self.truck.flush_recordset()

    def test_an_inventory_user_opens_a_transfer_with_a_carrier(self):
        picker = self.make_user("stock")
        self.truck.zip_prefix_ids = [Command.create({"name": "57"})]
        Form(self.make_transfer(self.post).with_user(picker))

    def test_an_inventory_manager_sets_the_days(self):
        manager = self.make_user("stock")
        manager.group_ids = [Command.link(self.env.ref("stock.group_stock_manager").id)]
        with Form(self.post.with_user(manager)) as form:
            form.delivery_lead_days = 3
        self.assertEqual(self.days_on_the_way(self.make_transfer(self.post)), 3)

    def test_a_seller_reads_the_days_and_does_not_set_them(self):
        carrier = self.truck.with_user(self.seller)
        self.assertEqual(carrier.delivery_lead_days, 11)
        self.assertFalse(carrier.has_access("write"))
