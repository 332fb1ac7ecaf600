from odoo.fields import Command
from odoo.tests import tagged

from ..models.hold.stock_move import LATER
from .promise_common import PromiseCase


@tagged("post_install", "-at_install")
class TestOtherApps(PromiseCase):
    """Batches, manufacturing and orders: where these apps are installed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for group in ("mrp.group_mrp_user", "sales_team.group_sale_salesman"):
            if cls.env.ref(group, raise_if_not_found=False):
                cls.picker.group_ids += cls.env.ref(group)

    def need(self, model):
        if model not in self.env:
            self.skipTest(f"{model} is not installed")
        return self.env[model].with_user(self.picker)

    def test_a_batch_is_stopped_by_its_expired_lot(self):
        batches = self.need("stock.picking.batch")
        pickings = self.deliver(self.shop) | self.deliver(self.other)
        batch = batches.create({"picking_ids": [Command.set(pickings.ids)]})
        batch.action_confirm()
        self.assertEqual(pickings.move_line_ids.lot_id, self.older)
        self.expire(self.older, -1)
        pickings.move_ids.picked = True
        with self.refused("has expired on 14 June 2026"):
            batch.with_context(skip_expired=True).action_done()
        for picking in pickings:
            self.allow(picking, self.older)
        batch.with_context(skip_expired=True).action_done()
        self.assertEqual(set(pickings.mapped("state")), {"done"})

    def make_chips(self, lot):
        product = self.make_product(name="Chips", farm_crop_id=False)
        order = self.need("mrp.production").create(
            {
                "product_id": product.id,
                "product_qty": 1.0,
                "bom_id": False,
                "move_raw_ids": [
                    Command.create(
                        {
                            "product_id": self.product.id,
                            "product_uom_qty": 2.0,
                            "product_uom": self.product.uom_id.id,
                        }
                    )
                ],
            }
        )
        order.action_confirm()
        order.action_assign()
        order.move_raw_ids.move_line_ids.with_context(gate=LATER).lot_id = lot
        order.qty_producing = 1.0
        order.lot_producing_ids = self.env["stock.lot"].create(
            {"name": f"Chips {lot.name}", "product_id": product.id}
        )
        order.move_raw_ids.picked = True
        order.button_mark_done()
        self.assertEqual(order.state, "done")
        return order.lot_producing_ids

    def test_what_is_manufactured_is_certified_as_what_it_is_made_of(self):
        self.need("mrp.production")
        chips = self.make_chips(self.newer)
        self.assertTrue(chips.is_certified)
        inside = chips.quant_ids.filtered(
            lambda quant: quant.location_id.usage == "internal"
        )
        self.assertTrue(inside.is_certified)
        found = self.env["stock.lot"].create(
            {"name": "Found", "product_id": self.product.id}
        )
        self.env["stock.quant"]._update_available_quantity(
            self.product, self.stock, 5.0, lot_id=found
        )
        self.assertFalse(self.make_chips(found).is_certified)

    def test_an_order_is_for_its_delivery_address(self):
        orders = self.need("sale.order")
        self.make_term(10, partner_id=self.branch)
        for address, lot in ((self.branch, self.newer), (self.shop, self.older)):
            order = orders.create(
                {
                    "partner_id": self.shop.id,
                    "partner_shipping_id": address.id,
                    "order_line": [
                        Command.create(
                            {"product_id": self.product.id, "product_uom_qty": 2.0}
                        )
                    ],
                }
            )
            order.action_confirm()
            self.assertEqual(order.picking_ids.move_ids._get_customer(), address)
            order.picking_ids.action_assign()
            self.assertEqual(self.promised(order.picking_ids), lot)
