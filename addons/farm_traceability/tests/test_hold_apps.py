from odoo.fields import Command
from odoo.tests import tagged

from ..models.hold.stock_move import LATER
from .hold_common import HoldCase


@tagged("post_install", "-at_install")
class TestOtherApps(HoldCase):
    """Manufacturing, unbuilding, repairs, batches: where these apps are installed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.worker = cls.picker
        for group in ("mrp.group_mrp_user", "purchase.group_purchase_user"):
            if cls.env.ref(group, raise_if_not_found=False):
                cls.worker.group_ids += cls.env.ref(group)
        cls.lot = cls.early

    def need(self, model):
        if model not in self.env:
            self.skipTest(f"{model} is not installed")
        return self.env[model].with_user(self.worker)

    def make_order(self, quantity=8.0):
        order = self.need("mrp.production").create(
            {
                "product_id": self.make_product(name="Chips", tracking="none").id,
                "product_qty": 1.0,
                "bom_id": False,
                "move_raw_ids": [
                    Command.create(
                        {
                            "product_id": self.product.id,
                            "product_uom_qty": quantity,
                            "product_uom": self.product.uom_id.id,
                        }
                    )
                ],
            }
        )
        order.action_confirm()
        order.action_assign()
        return order

    def test_an_order_loses_the_lot_and_its_owner_is_told(self):
        order = self.make_order()
        self.assertPromised(order.move_raw_ids, self.lot)
        self.place(self.lot)
        self.assertPromised(order.move_raw_ids, self.late)
        self.assertEqual(order.activity_ids.user_id, self.worker)

    def test_an_order_does_not_consume_a_held_lot(self):
        order = self.make_order()
        self.place(self.lot)
        line = order.move_raw_ids.move_line_ids
        with self.refused():
            line.lot_id = self.lot
        line.with_context(gate=LATER).lot_id = self.lot
        order.qty_producing = 1.0
        order.move_raw_ids.picked = True
        with self.refused():
            order.button_mark_done()

    def test_a_held_lot_is_not_unbuilt(self):
        unbuilds = self.need("mrp.unbuild")
        part = self.make_product(name="Hand", tracking="none")
        bom = (
            self.env["mrp.bom"]
            .sudo()
            .create(
                {
                    "product_tmpl_id": self.product.product_tmpl_id.id,
                    "product_qty": 1.0,
                    "bom_line_ids": [
                        Command.create({"product_id": part.id, "product_qty": 1.0})
                    ],
                }
            )
        )
        self.place(self.lot)
        unbuild = unbuilds.create(
            {
                "product_id": self.product.id,
                "bom_id": bom.id,
                "lot_id": self.lot.id,
                "product_qty": 2.0,
                "location_id": self.stock.id,
                "location_dest_id": self.stock.id,
            }
        )
        with self.refused():
            unbuild.action_unbuild()

    def test_a_repair_does_not_use_a_held_lot(self):
        repairs = self.need("repair.order")
        self.place(self.lot)
        repair = repairs.create(
            {
                "product_id": self.make_product(name="Machine", tracking="none").id,
                "picking_type_id": self.warehouse.repair_type_id.id,
                "move_ids": [
                    Command.create(
                        {
                            "product_id": self.product.id,
                            "product_uom_qty": 15.0,
                            "repair_line_type": "add",
                        }
                    )
                ],
            }
        )
        repair._action_repair_confirm()
        repair.action_assign()
        self.assertPromised(repair.move_ids, self.late)
        with self.refused():
            repair.move_ids.move_line_ids.lot_id = self.lot
        repair.move_ids.move_line_ids.with_context(gate=LATER).lot_id = self.lot
        repair.action_repair_start()
        repair.move_ids.picked = True
        with self.refused():
            repair.action_repair_end()

    def test_a_batch_is_stopped_by_its_held_lot(self):
        batches = self.need("stock.picking.batch")
        pickings = self.env["stock.picking"]
        for lot in (self.lot, self.late):
            pickings += self.make_transfer(lot, 2.0, self.shelf)
        pickings.action_confirm()
        batch = batches.create({"picking_ids": [Command.set(pickings.ids)]})
        batch.action_confirm()
        self.place(self.lot)
        lost = pickings[0]
        self.assertFalse(lost.move_line_ids.lot_id & self.lot)
        lost.move_ids.with_context(gate=LATER).move_line_ids = [
            Command.create(
                {
                    "product_id": self.product.id,
                    "lot_id": self.lot.id,
                    "quantity": 2.0,
                    "picking_id": lost.id,
                    "picked": True,
                }
            )
        ]
        pickings.move_ids.picked = True
        with self.refused():
            batch.action_done()
        self.assertEqual(set(pickings.mapped("state")) & {"done"}, set())

    def test_a_dropship_of_a_held_lot_is_refused(self):
        self.place(self.lot)
        with self.refused():
            self.make_transfer(self.lot, 2.0, self.customers, self.suppliers)
