from odoo.fields import Command
from odoo.tests import tagged

from ..trace import BOTH, DOWN, UP, deliveries, trace
from .common import FarmCase
from .trace_common import TraceMakers


@tagged("post_install", "-at_install")
class TestTraceInputs(TraceMakers, FarmCase):
    """Fertiliser, pesticide and agents: ancestors of what grew or was treated."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.agent = cls.make_lot("Pesticide 7")

    def trace(self, lots, *args, **kwargs):
        return trace(self.env, lots.ids, *args, **kwargs)

    def spray(self, lot, cycle, days=-20):
        return self.env["farm.activity"].create(
            {
                "kind": "spraying",
                "cycle_id": cycle.id,
                "date": self.days(days),
                "product_id": lot.product_id.id,
                "lot_id": lot.id,
            }
        )

    def wax(self, agent, lots):
        treatment = self.env["farm.treatment"].create(
            {
                "kind": "waxing",
                "product_id": agent.product_id.id,
                "input_lot_id": agent.id,
                "lot_ids": [Command.set(lots.ids)],
            }
        )
        treatment.action_post()
        return treatment

    def test_inputs_behind_a_hand(self):
        wax, late = self.make_lot("Wax 3"), self.make_lot("Used too late")
        spraying = self.spray(self.agent, self.cycle)
        harvest = self.receive(12.0, date=self.days(-2))
        self.spray(late, self.cycle, -1)
        hand = self.make_lot("Hand", self.hand)
        self.operate([(harvest.lot_ids, 12)], [(hand, 8)])
        waxing = self.wax(wax, hand)
        answer = self.trace(hand, UP)
        day = waxing.date.date()
        self.assertEqual(
            set(answer.inputs),
            {
                (
                    self.agent.id,
                    "farm.activity",
                    spraying.id,
                    harvest.id,
                    None,
                    spraying.date,
                ),
                (wax.id, "farm.treatment", waxing.id, None, hand.id, day),
            },
        )
        self.assertEqual(answer.up_ids, [hand.id, harvest.lot_ids.id])

    def test_suppliers_of_lots_and_of_what_they_were_grown_with(self):
        drum = self.make_lot("Drum of pesticide")
        receipt = self.warehouse.in_type_id, self.suppliers, self.stock
        self._pick(drum, 20, self.market, *receipt)
        self.operate([(drum, 20)], [(self.agent, 20)])
        self.spray(self.agent, self.cycle)
        lot = self.receive(12.0).lot_ids
        bought = self.make_lot("Bought fruit")
        self._pick(bought, 5, self.shop, *receipt)
        mixed = self.make_lot("Mixed")
        self.operate([(lot, 5), (bought, 5)], [(mixed, 10)])
        suppliers = {one[:3] for one in self.trace(mixed, UP).suppliers}
        self.assertLessEqual(
            {(self.market.id, drum.id, 20), (self.shop.id, bought.id, 5)}, suppliers
        )

    def test_fruit_lies_downstream_of_what_it_was_grown_with(self):
        drum = self.make_lot("Drum")
        self.buy(drum, 20)
        self.operate([(drum, 20)], [(self.agent, 20)])
        self.spray(self.agent, self.cycle)
        before = self.receive(5.0, date=self.days(-30)).lot_ids
        fruit, hand = self.receive(12.0).lot_ids, self.make_lot("Hand", self.hand)
        self.operate([(fruit, 12)], [(hand, 8)])
        self.deliver(hand, 3, self.shop)
        answer = self.trace(drum, DOWN)
        self.assertEqual(answer.down_ids, [drum.id, self.agent.id, fruit.id, hand.id])
        steps = [answer.nodes[lot].down for lot in answer.down_ids]
        self.assertEqual(steps, [0, 1, 2, 3])
        self.assertNotIn(before.id, answer.nodes)
        self.assertEqual([one.customer_id for one in answer.customers], self.shop.ids)
        self.assertEqual(len(answer.delivery_ids), 1)
        self.assertEqual(deliveries(self.env, drum.ids), answer.delivery_ids)

    def test_compost_of_fruit_leads_to_the_next_crop(self):
        """Down through inputs again and again, round the loop too."""
        self.spray(self.agent, self.cycle)
        fruit, compost = self.receive(12.0).lot_ids, self.make_lot("Compost")
        self.operate([(fruit, 12)], [(compost, 6)])
        next_cycle = self.make_cycle()
        self.spray(compost, next_cycle)
        self.spray(compost, self.cycle)
        second = self.receive(5.0, cycle=next_cycle).lot_ids
        answer = self.trace(self.agent, BOTH)
        self.assertEqual(
            set(answer.down_ids), {self.agent.id, fruit.id, compost.id, second.id}
        )
        self.assertEqual(answer.nodes[second.id].down, 3)
        self.assertEqual(answer.up_ids, self.agent.ids)
        self.deliver(second, 2, self.shop)
        [picking] = deliveries(self.env, self.agent.ids)
        self.assertEqual(trace(self.env, self.agent.ids).delivery_ids, [picking])

    def test_limit_counts_what_was_grown_too(self):
        self.spray(self.agent, self.cycle)
        self.receive(5.0, 6.0, 7.0)
        answer = self.trace(self.agent, DOWN, limit=3)
        self.assertEqual((len(answer.nodes), answer.cut), (3, True))
        self.assertFalse(self.trace(self.agent, DOWN, limit=4).cut)

    def test_planned_treatment_is_no_input(self):
        lot = self.receive(5.0).lot_ids
        self.env["farm.treatment"].create(
            {
                "kind": "waxing",
                "product_id": self.agent.product_id.id,
                "input_lot_id": self.agent.id,
                "lot_ids": [Command.set(lot.ids)],
            }
        )
        self.assertEqual(self.trace(lot).inputs, ())
        self.assertEqual(self.trace(self.agent).down_ids, self.agent.ids)
