from odoo.fields import Command
from odoo.tests import tagged

from .deviation_common import DeviationCase


@tagged("post_install", "-at_install")
class TestDeviationApps(DeviationCase):
    """Batches, waves and manufacturing, where these apps are installed."""

    def need(self, model, group=None):
        if model not in self.env:
            self.skipTest(f"{model} is not installed")
        if group:
            self.picker.group_ids += self.env.ref(group)
        return self.env[model].with_user(self.picker)

    def make_batch(self):
        batches = self.need("stock.picking.batch")
        pickings = self.make_reserved(3.0) | self.make_reserved(4.0)
        batch = batches.create({"picking_ids": [Command.set(pickings.ids)]})
        batch.action_confirm()
        pickings[0].move_line_ids.lot_id = self.late
        pickings.move_ids.picked = True
        return batch

    def test_a_batch_asks_once_for_all(self):
        batch = self.make_batch()
        pickings = batch.picking_ids
        question = self.question(batch.action_done())
        self.assertEqual(question.line_ids.picking_id, pickings[0])
        question.reason_id = self.reason
        question.action_validate()
        self.assertEqual(batch.state, "done")
        self.assertEqual(self.deviations_of(pickings).reason_id, self.reason)
        self.assertEqual(len(self.deviations_of(pickings)), 1)

    def test_a_batch_is_stopped(self):
        batch = self.make_batch()
        self.kind.deviation_policy = "stop"
        with self.refused("is to be taken"):
            batch.action_done()
        self.assertEqual(set(batch.picking_ids.mapped("state")), {"assigned"})

    def test_a_wave_keeps_what_was_given(self):
        self.need("stock.picking.batch")
        picking = self.make_reserved(15.0)
        late = picking.move_line_ids.filtered(lambda line: line.lot_id == self.late)
        late.lot_id = self.latest
        late._add_to_wave()
        self.assertNotEqual(late.picking_id, picking)
        self.assertEqual(late.given_lot_id, self.late)
        self.assertAsked(late.picking_id, (self.late, self.latest))
        self.assertFree(picking)

    def test_a_batch_of_another_operation_type_asks_as_well(self):
        batches = self.need("stock.picking.batch")
        picking = self.make_reserved(3.0)
        picking.picking_type_id = self.warehouse.int_type_id
        picking.location_dest_id = self.customers
        batch = batches.create({"picking_ids": [Command.set(picking.ids)]})
        batch.action_confirm()
        self.take(picking, self.late)
        picking.move_ids.picked = True
        self.question(batch.action_done())

    def test_an_order_consumes_another_lot_with_a_reason(self):
        orders = self.need("mrp.production", "mrp.group_mrp_user")
        self.warehouse.manu_type_id.deviation_policy = "reason"
        order = orders.create(
            {
                "product_id": self.make_product(name="Chips", tracking="none").id,
                "product_qty": 1.0,
                "bom_id": False,
                "move_raw_ids": [
                    Command.create(
                        {
                            "product_id": self.product.id,
                            "product_uom_qty": 8.0,
                            "product_uom": self.product.uom_id.id,
                        }
                    )
                ],
            }
        )
        order.action_confirm()
        order.action_assign()
        line = order.move_raw_ids.move_line_ids
        self.assertEqual(line.given_lot_id, self.early)
        line.lot_id = self.late
        order.qty_producing = 1.0
        order.move_raw_ids.picked = True
        with self.refused("Choose a reason on the line"):
            order.button_mark_done()
        line.deviation_reason_id = self.reason
        order.button_mark_done()
        self.assertEqual(order.state, "done")
        record = self.env["farm.deviation"].search([("lot_id", "=", self.late.id)])
        self.assertEqual(record.picking_type_id, self.warehouse.manu_type_id)
        self.assertEqual(record.given_lot_id, self.early)
