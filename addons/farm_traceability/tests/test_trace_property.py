from collections import defaultdict
from contextlib import closing

from hypothesis import given, settings
from hypothesis import strategies as st
from odoo.tests import tagged

from ..trace import DOWN, deliveries, trace
from .trace_common import OrderMakers, TraceCase

LOTS = st.integers(0, 5)
QUANTITIES = st.integers(1, 9)
GOODS = st.lists(st.tuples(LOTS, QUANTITIES), min_size=1, max_size=3)
STEPS = st.one_of(
    st.tuples(st.just("buy"), LOTS, QUANTITIES),
    st.tuples(st.just("operate"), GOODS, GOODS, st.sets(st.integers(0, 8))),
    st.tuples(st.just("manufacture"), LOTS, QUANTITIES, GOODS),
    st.tuples(st.just("transfer"), LOTS, QUANTITIES),
    st.tuples(st.just("deliver"), LOTS, QUANTITIES, st.booleans()),
    st.tuples(st.just("bring_back"), LOTS, QUANTITIES, st.booleans()),
    st.tuples(st.just("lose"), LOTS, QUANTITIES),
)

# Lots in kilograms and in grams, each made of those before it only.
WEIGHED = 0, 2, 3, 5


def forward(position):
    """Steps that make later lots of the weighed ones up to a position."""
    before, after = (
        st.sampled_from(lots) for lots in (WEIGHED[:position], WEIGHED[position:])
    )
    used, made = (
        st.lists(st.tuples(lots, QUANTITIES), min_size=1, max_size=3)
        for lots in (before, after)
    )
    return st.one_of(
        st.tuples(st.just("operate"), used, made, st.sets(st.integers(0, 8))),
        st.tuples(st.just("manufacture"), after, QUANTITIES, used),
    )


FORWARD_STEPS = st.one_of(
    st.tuples(st.just("buy"), st.sampled_from(WEIGHED), QUANTITIES),
    st.integers(1, 3).flatmap(forward),
)


class Reference:
    """The same answer, lot by lot and line by line through the ORM."""

    def __init__(self, env, starts):
        self.lines = env["stock.move.line"]
        self.up = self._walk(starts, "consume_line_ids")
        self.down = self._walk(starts, "produce_line_ids")

    def _done(self, lot):
        return self.lines.search([("lot_id", "=", lot.id), ("state", "=", "done")])

    def _walk(self, lots, relation, seen=None):
        seen = lots.browse() if seen is None else seen
        for lot in lots - seen:
            seen |= lot
            for line in self._done(lot):
                for other in line[relation].filtered(lambda li: li.state == "done"):
                    seen = self._walk(other.lot_id, relation, seen)
        return seen

    def edges(self):
        consumed, produced = defaultdict(float), defaultdict(float)
        for child in self.up | self.down:
            for made in self._done(child):
                self._add_line(made, consumed, produced)
        return {
            key: (round(consumed[key], 6), round(produced[key], 6))
            for key in consumed
            if any({*key} <= set(side.ids) for side in (self.up, self.down))
        }

    def _add_line(self, made, consumed, produced):
        given = {used: self._given(used, made) for used in made.consume_line_ids}
        for used, quantity in given.items():
            key = used.lot_id.id, made.lot_id.id
            consumed[key] += quantity
            alike = [line for line in given if self._alike(line, used)]
            inputs = sum(self._size(line, given[line]) for line in alike)
            share = self._size(used, quantity) / inputs
            produced[key] += share * made.quantity_product_uom

    def _given(self, used, made):
        outputs = used.produce_line_ids
        kinds = {self._kind(line) for line in outputs}
        alike = [line for line in outputs if self._alike(line, made)]
        whole = sum(self._size(line, line.quantity_product_uom) for line in alike)
        part = self._size(made, made.quantity_product_uom) / whole
        return used.quantity_product_uom * part / len(kinds)

    def _kind(self, line):
        unit = line.product_id.uom_id
        while unit.relative_uom_id:
            unit = unit.relative_uom_id
        return unit

    def _alike(self, line, other):
        return self._kind(line) == self._kind(other)

    def _size(self, line, quantity):
        return quantity * line.product_id.uom_id.factor

    def shares(self, lot):
        """Shares of a lot in its beginnings, walked up part by part.

        None where this says nothing: units that do not convert, lots in a loop.
        """
        units = {self._kind(line) for up in self.up for line in self._done(up)}
        if len(units) > 1:
            return None
        parents = defaultdict(dict)
        for (parent, child), (_consumed, produced) in self.edges().items():
            if {parent, child} <= set(self.up.ids):
                parents[child][parent] = produced / self._whole(child)
        found = defaultdict(float)
        return found if self._climb(lot, 1.0, parents, found, ()) else None

    def _climb(self, lot, share, parents, found, below):
        if lot in below:
            return False
        found[lot] += share * (1 - sum(parents[lot].values()))
        return all(
            self._climb(parent, share * part, parents, found, (*below, lot))
            for parent, part in list(parents[lot].items())
        )

    def _whole(self, lot):
        outside = ("supplier", "production", "inventory")
        return sum(
            line.quantity_product_uom
            for line in self._done(self.lines.lot_id.browse(lot))
            if line.location_id.usage in outside
            and line.location_dest_id.usage == "internal"
        )

    def customers(self):
        net = defaultdict(float)
        for lot in self.up | self.down:
            for line in self._done(lot):
                key = line.picking_id.partner_id.id, lot.id
                if line.location_dest_id.usage == "customer":
                    net[key] += line.quantity
                elif line.location_id.usage == "customer":
                    net[key] -= line.quantity
        return dict(net)

    def places(self):
        return {
            (quant.lot_id.id, quant.location_id.id, quant.quantity)
            for quant in (self.up | self.down).quant_ids
            if quant.location_id.usage == "internal" and quant.quantity
        }


@tagged("post_install", "-at_install")
class TestTraceProperty(OrderMakers, TraceCase):
    def setUp(self):
        super().setUp()
        products = self.bunch, self.hand, self.chips
        self.lots = self.env["stock.lot"].union(
            *(self.make_lot(f"Lot {n}", products[n % 3]) for n in range(6))
        )

    def play(self, step):
        name, *values = step
        getattr(self, f"play_{name}")(*values)

    def play_buy(self, number, quantity):
        self.buy(self.lots[number], quantity)

    def play_operate(self, inputs, outputs, cut):
        pairs = [(i, o) for i in range(len(inputs)) for o in range(len(outputs))]
        links = {pair for n, pair in enumerate(pairs) if n not in cut} or {(0, 0)}
        self.operate(
            [(self.lots[number], quantity) for number, quantity in inputs],
            [(self.lots[number], quantity) for number, quantity in outputs],
            links,
        )

    def play_manufacture(self, number, quantity, goods):
        finished = self.lots[number]
        parts = {
            self.lots[other].product_id: (self.lots[other], used)
            for other, used in goods
            if self.lots[other].product_id != finished.product_id
        }
        if parts and "mrp.production" in self.env:
            self.order((finished, quantity), list(parts.values()))

    def play_transfer(self, number, quantity):
        self.make_move(self.lots[number], quantity, self.stock, self.shelf)

    def play_deliver(self, number, quantity, to_shop):
        partner = self.shop if to_shop else self.market
        self.deliver(self.lots[number], quantity, partner)

    def play_bring_back(self, number, quantity, from_shop):
        partner = self.shop if from_shop else self.market
        self.bring_back(self.lots[number], quantity, partner)

    def play_lose(self, number, quantity):
        self.make_move(self.lots[number], quantity, self.stock, self.loss)

    @settings(deadline=None, max_examples=25, derandomize=True)
    @given(st.lists(STEPS, min_size=2, max_size=8), st.sets(LOTS, min_size=1))
    def test_same_answer_as_walking_line_by_line(self, steps, starts):
        with closing(self.env.cr.savepoint()):
            for step in steps:
                self.play(step)
            chosen = self.lots.browse([self.lots[number].id for number in starts])
            self.compare(trace(self.env, chosen.ids), Reference(self.env, chosen))
            self.compare_with_odoo(chosen)

    @settings(deadline=None, max_examples=25, derandomize=True)
    @given(st.lists(FORWARD_STEPS, min_size=3, max_size=8))
    def test_same_shares_as_walking_up_part_by_part(self, steps):
        with closing(self.env.cr.savepoint()):
            for step in steps:
                self.play(step)
            for number in WEIGHED:
                lot = self.lots[number]
                reference = Reference(self.env, lot)
                self.assertIsNotNone(reference.shares(lot.id))
                self.compare(trace(self.env, lot.ids), reference)

    def compare_with_odoo(self, lots):
        found = lots._find_delivery_ids_by_lot_iterative()
        for lot in lots:
            ours = deliveries(self.env, lot.ids)
            self.assertEqual(ours, sorted(found[lot.id]))
            self.assertEqual(ours, trace(self.env, lot.ids, DOWN).delivery_ids)

    def compare(self, answer, reference):
        self.assertEqual(set(answer.up_ids), set(reference.up.ids))
        self.assertEqual(set(answer.down_ids), set(reference.down.ids))
        self.assertEqual(
            {
                (edge.parent_id, edge.child_id): (
                    round(edge.consumed, 6),
                    round(edge.produced, 6),
                )
                for edge in answer.edges
            },
            reference.edges(),
        )
        net = defaultdict(float)
        for customer in answer.customers:
            net[customer.customer_id, customer.lot_id] += customer.quantity
        self.assertEqual(net, reference.customers())
        self.assertEqual(
            {(p.lot_id, p.location_id, p.quantity) for p in answer.places},
            reference.places(),
        )
        for lot in answer.starts:
            self.check_origins(answer.origins(lot), reference.shares(lot), reference)

    def check_origins(self, origins, walked, reference):
        """Origins lie upstream, with the shares that a plain walk finds."""
        self.assertLessEqual({o.lot_id for o in origins}, set(reference.up.ids))
        self.assertTrue(all(o.share >= 0 for o in origins))
        if walked is None:
            return
        shares = {origin.lot_id: origin.share for origin in origins}
        for lot in {*shares, *walked}:
            self.assertAlmostEqual(shares.get(lot, 0), walked[lot], 5)
