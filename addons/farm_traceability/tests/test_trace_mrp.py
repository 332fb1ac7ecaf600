from odoo.fields import Command
from odoo.tests import tagged

from ..trace import DOWN, UP, trace
from .trace_common import OrderMakers, TraceCase


@tagged("post_install", "-at_install")
class TestTraceManufacturing(OrderMakers, TraceCase):
    """Manufacturing and repair orders, where these apps are installed."""

    def need(self, model):
        if model not in self.env:
            self.skipTest(f"the app of {model} is not installed")

    def test_order_links_parts_to_the_product(self):
        self.need("mrp.production")
        fruit, sugar = self.make_lot("Fruit"), self.make_lot("Sugar", self.chips)
        jam = self.make_lot("Jam", self.make_good("Jam", self.kilogram))
        self.buy(fruit, 10)
        self.buy(sugar, 3000)
        self.order((jam, 8), [(fruit, 6), (sugar, 2000)])
        answer = trace(self.env, jam.ids, UP)
        self.assertEqual(
            [(edge.parent_id, *edge[2:6]) for edge in answer.edges],
            [(fruit.id, 6, 6, 0.6, 0.75), (sugar.id, 2000, 2, 2 / 3, 0.25)],
        )
        self.deliver(jam, 1, self.shop)
        odoo = fruit._find_delivery_ids_by_lot_iterative()[fruit.id]
        down = trace(self.env, fruit.ids, DOWN)
        self.assertEqual(
            [e.picking_id for e in down.events if e.kind == "delivered"], odoo
        )

    def test_parts_taken_out_again_are_the_lots_that_went_in(self):
        """Odoo links nothing when it takes a product apart."""
        self.need("mrp.production")
        fruit = self.make_lot("Fruit")
        jam = self.make_lot("Jam", self.make_good("Jam", self.kilogram))
        self.buy(fruit, 10)
        order = self.order((jam, 5), [(fruit, 10)])
        self.env["mrp.unbuild"].create(
            {
                "product_id": jam.product_id.id,
                "mo_id": order.id,
                "lot_id": jam.id,
                "product_qty": 2,
            }
        ).action_unbuild()
        answer = trace(self.env, fruit.ids)
        [edge] = answer.edges
        self.assertEqual((edge.parent_id, edge.child_id), (fruit.id, jam.id))
        self.assertEqual(
            [(e.kind, e.quantity) for e in answer.events if e.lot_id == fruit.id],
            [("received", 10), ("consumed", 10), ("produced", 4)],
        )
        self.assertEqual(answer.origins(fruit.id), [(fruit.id, 1, 14)])

    def test_part_put_in_by_a_repair_is_found(self):
        self.need("repair.order")
        engine = self.make_lot("Sorter 1", self.make_good("Sorter", self.unit))
        belt = self.make_lot("Belt 9", self.make_good("Belt", self.unit))
        self.buy(engine, 1)
        self.buy(belt, 1)
        repair = self.env["repair.order"].create(
            {
                "product_id": engine.product_id.id,
                "lot_id": engine.id,
                "picking_type_id": self.warehouse.repair_type_id.id,
                "move_ids": [
                    Command.create(
                        self.part_values(belt, 1) | {"repair_line_type": "add"}
                    )
                ],
            }
        )
        repair.action_validate()
        repair.action_repair_start()
        line = repair.move_ids.move_line_ids
        line.lot_id, line.quantity, line.picked = belt, 1, True
        repair.action_repair_end()
        self.assertEqual(repair.state, "done")
        answer = trace(self.env, engine.ids, UP)
        self.assertEqual(
            answer.origins(engine.id), [(engine.id, 1, 1), (belt.id, 0, 0)]
        )
        [edge] = answer.edges
        self.assertEqual(
            (edge.parent_id, edge.consumed, edge.produced), (belt.id, 1, 0)
        )
