from odoo.fields import Command
from odoo.tests import tagged

from ..trace import DOWN, UP, trace
from .common import FarmCase


@tagged("post_install", "-at_install")
class TestTraceOperation(FarmCase):
    """What posted and reversed lot operations do to a trace."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        unit = cls.env.ref("uom.product_uom_unit")
        cls.hand = cls.make_product(name="Hand", uom_id=unit.id)
        cls.peel = cls.make_product(name="Peel")
        cls.bunch = cls.receive(12.0).lot_ids
        cls.place = cls.bunch.quant_ids.location_id.filtered(
            lambda location: location.usage == "internal"
        )

    def post(self, outputs, quantity=12.0):
        """Split the bunch.

        :param outputs: products with the weight they take and their quantity
        """
        operation = self.env["farm.lot.operation"].create(
            {
                "location_id": self.place.id,
                "input_ids": [
                    Command.create({"lot_id": self.bunch.id, "quantity": quantity})
                ],
                "output_ids": [
                    Command.create(
                        {
                            "product_id": product.id,
                            "input_quantity": weight,
                            "quantity": made,
                        }
                    )
                    for product, weight, made in outputs
                ],
            }
        )
        operation.action_post()
        return operation, operation.output_ids.lot_id

    def edges(self, lot, direction):
        return {
            (edge.parent_id, edge.child_id): edge
            for edge in trace(self.env, lot.ids, direction).edges
        }

    def test_hands_take_of_the_bunch_what_they_weigh(self):
        """One heavy hand and two light ones: pieces alone would say otherwise."""
        _operation, (heavy, light) = self.post([(self.hand, 7, 1), (self.hand, 5, 2)])
        edges = self.edges(self.bunch, DOWN)
        self.assertEqual(edges[self.bunch.id, heavy.id][2:4], (7, 1))
        self.assertEqual(edges[self.bunch.id, light.id][2:4], (5, 2))
        self.assertAlmostEqual(edges[self.bunch.id, light.id].share_of_parent, 5 / 12)
        [origin] = trace(self.env, light.ids, UP).origins(light.id)
        self.assertEqual(origin, (self.bunch.id, 1, 2))

    def test_kinds_of_unit_weigh_against_each_other_by_what_they_took(self):
        _operation, (hand, peel) = self.post([(self.hand, 9, 8), (self.peel, 3, 3)])
        edges = self.edges(self.bunch, DOWN)
        self.assertEqual(edges[self.bunch.id, hand.id][2:4], (9, 8))
        self.assertEqual(edges[self.bunch.id, peel.id][2:4], (3, 3))

    def test_reversed_operation_counts_for_nothing(self):
        operation, hands = self.post([(self.hand, 7, 1), (self.hand, 5, 2)])
        operation._reverse("The wrong bunch")
        answer = trace(self.env, self.bunch.ids)
        self.assertEqual(answer.down_ids, self.bunch.ids)
        self.assertEqual((answer.edges, answer.totals), ((), {self.bunch.id: 12}))
        self.assertEqual([event.kind for event in answer.events], ["received"])
        self.assertEqual([place.quantity for place in answer.places], [12])
        empty = trace(self.env, hands.ids)
        self.assertEqual((empty.totals, empty.events, empty.places), ({}, (), ()))

    def test_operation_after_a_reversed_one_is_not_doubled(self):
        self.post([(self.hand, 12, 8)])[0]._reverse("The wrong bunch")
        _operation, hand = self.post([(self.hand, 12, 7)])
        answer = trace(self.env, self.bunch.ids)
        self.assertEqual(set(answer.down_ids), {self.bunch.id, hand.id})
        [edge] = answer.edges
        self.assertEqual(edge[2:6], (12, 7, 1, 1))
        self.assertEqual(answer.totals, {self.bunch.id: 12, hand.id: 7})
