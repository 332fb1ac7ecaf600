from itertools import pairwise

from odoo.tests import tagged

from ..trace import DOWN, UP, Customer, trace
from .trace_common import TraceCase


@tagged("post_install", "-at_install")
class TestTrace(TraceCase):
    def trace(self, lots, *args, **kwargs):
        return trace(self.env, lots.ids, *args, **kwargs)

    def edge(self, answer, parent, child):
        for edge in answer.edges:
            if (edge.parent_id, edge.child_id) == (parent.id, child.id):
                return edge
        return None

    def chain(self, length):
        lots = [self.make_lot(f"{number} of {length}") for number in range(length)]
        self.buy(lots[0], 10)
        for parent, child in pairwise(lots):
            self.operate([(parent, 10)], [(child, 10)])
        self.deliver(lots[-1], 4, self.shop)
        return lots

    def test_lot_without_moves(self):
        lot = self.make_lot("Never received")
        answer = self.trace(lot)
        self.assertEqual(list(answer.nodes), lot.ids)
        self.assertEqual(answer.nodes[lot.id][3:], (None, 0, 0))
        self.assertEqual((answer.edges, answer.events, answer.places), ((), (), ()))
        self.assertEqual(answer.origins(lot.id), [(lot.id, 1.0, 0.0)])

    def test_lots_that_are_not_there(self):
        lot = self.make_lot("Deleted")
        gone = lot.id
        lot.unlink()
        self.assertEqual(trace(self.env, [gone]).nodes, {})
        self.assertEqual(trace(self.env, []).starts, ())

    def test_unknown_direction(self):
        with self.assertRaisesRegex(ValueError, "sideways"):
            self.trace(self.make_lot("Any"), "sideways")

    def test_split_gives_each_child_its_part_of_the_parent(self):
        bunch = self.make_lot("Bunch")
        left, right = self.make_lot("Left"), self.make_lot("Right")
        self.buy(bunch, 20)
        self.operate([(bunch, 10)], [(left, 6), (right, 3)])
        answer = self.trace(bunch, DOWN)
        edge = self.edge(answer, bunch, left)
        self.assertAlmostEqual(edge.consumed, 20 / 3)
        self.assertEqual(edge.produced, 6)
        self.assertAlmostEqual(edge.share_of_parent, 1 / 3)
        edge = self.edge(answer, bunch, right)
        self.assertAlmostEqual(edge.consumed, 10 / 3)
        self.assertAlmostEqual(edge.share_of_parent, 1 / 6)
        self.assertEqual(edge.share_of_child, 1)

    def test_mixture_is_ascribed_by_what_each_parent_gave(self):
        big, small, mixed = (self.make_lot(name) for name in ("Big", "Small", "Mixed"))
        self.buy(big, 30)
        self.buy(small, 10)
        self.operate([(big, 30), (small, 10)], [(mixed, 36)])
        answer = self.trace(mixed, UP)
        self.assertEqual(self.edge(answer, big, mixed)[2:6], (30, 27, 1, 0.75))
        self.assertEqual(
            answer.origins(mixed.id), [(big.id, 0.75, 27), (small.id, 0.25, 9)]
        )

    def test_units_that_convert_are_compared_in_their_reference_unit(self):
        fresh, dried = self.make_lot("Fresh"), self.make_lot("Dried", self.chips)
        mix = self.make_lot("Mix", self.chips)
        self.buy(fresh, 3)
        self.buy(dried, 1000)
        self.operate([(fresh, 3), (dried, 1000)], [(mix, 2000)])
        edge = self.edge(self.trace(mix, UP), fresh, mix)
        self.assertEqual(edge[2:6], (3, 1500, 1, 0.75))

    def test_kinds_of_unit_do_not_weigh_against_each_other(self):
        fruit, box = self.make_lot("Fruit"), self.make_lot("Box", self.hand)
        pack, peel = self.make_lot("Pack", self.hand), self.make_lot("Peel")
        self.buy(fruit, 8)
        self.buy(box, 1)
        self.operate([(fruit, 8), (box, 1)], [(pack, 1), (peel, 2)])
        answer = self.trace(fruit | box, DOWN)
        self.assertEqual(self.edge(answer, fruit, pack)[2:6], (4, 1, 0.5, 1))
        self.assertEqual(self.edge(answer, fruit, peel)[2:6], (4, 2, 0.5, 1))
        self.assertEqual(self.edge(answer, box, pack)[2:6], (0.5, 1, 0.5, 1))

    def test_input_without_lot_begins_with_the_lot_made_of_it(self):
        fruit, sugar = (
            self.make_lot("Fruit"),
            self.make_good("Sugar", self.kilogram, tracking="none"),
        )
        jam = self.make_lot("Jam")
        self.buy(fruit, 9)
        _used, made = self.operate([(fruit, 9)], [(jam, 10)])
        made[0].consume_line_ids |= self.make_move(
            self.env["stock.lot"], 3, self.stock, self.production, product=sugar
        )
        self.assertEqual(
            self.trace(jam).origins(jam.id),
            [(fruit.id, 0.75, 7.5), (jam.id, 0.25, 2.5)],
        )

    def test_line_by_line_links_keep_things_apart(self):
        one, two = self.make_lot("One"), self.make_lot("Two")
        good, bad = self.make_lot("Good"), self.make_lot("Bad")
        self.buy(one, 5)
        self.buy(two, 5)
        self.operate([(one, 5), (two, 5)], [(good, 5), (bad, 5)], {(0, 0), (1, 1)})
        answer = self.trace(one, DOWN)
        self.assertEqual(list(answer.nodes), [one.id, good.id])

    def test_lot_repacked_into_itself(self):
        lot = self.make_lot("Repacked")
        self.buy(lot, 10)
        self.operate([(lot, 10)], [(lot, 10)])
        answer = self.trace(lot)
        self.assertEqual(self.edge(answer, lot, lot)[2:6], (10, 10, 0.5, 0.5))
        self.assertEqual(answer.origins(lot.id), [(lot.id, 1.0, 20.0)])

    def test_loop_over_two_lots(self):
        first, second = self.make_lot("First"), self.make_lot("Second")
        self.buy(first, 10)
        self.operate([(first, 10)], [(second, 10)])
        self.operate([(second, 10)], [(first, 10)])
        answer = self.trace(second)
        self.assertEqual(answer.nodes[first.id][4:], (1, 1))
        [origin] = answer.origins(second.id)
        self.assertEqual(origin.lot_id, first.id)
        self.assertAlmostEqual(origin.share, 1)

    def test_customers_net_of_what_came_back(self):
        lot = self.make_lot("Delivered")
        self.buy(lot, 10)
        contact = self.env["res.partner"].create(
            {"name": "Back door", "parent_id": self.shop.id}
        )
        self.deliver(lot, 4, contact)
        self.bring_back(lot, 1, self.shop)
        self.deliver(lot, 2, self.market)
        self.make_move(lot, 3, self.suppliers, self.customers, partner_id=contact.id)
        answer = self.trace(lot, DOWN)
        self.assertEqual(
            set(answer.customers),
            {
                Customer(self.shop.id, lot.id, 7, 1),
                Customer(self.market.id, lot.id, 2, 0),
            },
        )
        self.assertEqual(answer.customers[0].quantity, 6)
        self.assertEqual(answer.totals, {lot.id: 13})

    def test_events_say_what_happened(self):
        lot, child = self.make_lot("Eventful"), self.make_lot("Child")
        self.buy(lot, 10, partner_id=self.market.id)
        self.make_move(lot, 9, self.stock, self.shelf)
        self.make_move(lot, 9, self.shelf, self.stock)
        self.make_move(lot, 1, self.stock, self.loss)
        self.make_move(lot, 2, self.loss, self.stock)
        self.make_move(lot, 1, self.stock, self.suppliers)
        scrap = self.env["stock.scrap"].create(
            {"product_id": lot.product_id.id, "lot_id": lot.id, "scrap_qty": 1}
        )
        scrap.do_scrap()
        self.operate([(lot, 3)], [(child, 3)])
        answer = self.trace(lot, DOWN)
        self.assertEqual(
            [(e.kind, e.quantity) for e in answer.events if e.lot_id == lot.id],
            [
                ("received", 10),
                ("lost", 1),
                ("found", 2),
                ("returned_to_supplier", 1),
                ("scrapped", 1),
                ("consumed", 3),
            ],
        )
        self.assertEqual(answer.events[0].partner_id, self.market.id)
        self.assertEqual(answer.totals, {lot.id: 12, child.id: 3})

    def test_places_are_inside(self):
        lot = self.make_lot("Spread")
        self.buy(lot, 10)
        self.make_move(lot, 4, self.stock, self.shelf)
        self.deliver(lot, 1, self.shop)
        answer = self.trace(lot, DOWN)
        self.assertEqual(
            {(place.location_id, place.quantity) for place in answer.places},
            {(self.stock.id, 5), (self.shelf.id, 4)},
        )

    def test_steps_and_depth(self):
        lots = self.chain(5)
        answer = self.trace(lots[2])
        self.assertEqual(
            [(answer.nodes[lot.id].up, answer.nodes[lot.id].down) for lot in lots],
            [(2, None), (1, None), (0, 0), (None, 1), (None, 2)],
        )
        self.assertEqual(answer.depth, (2, 2))

    def test_limit_is_stated(self):
        lots = self.chain(5)
        answer = self.trace(lots[0], DOWN, limit=3)
        self.assertEqual(list(answer.nodes), [lot.id for lot in lots[:3]])
        self.assertTrue(answer.cut)
        self.assertFalse(self.trace(lots[0], DOWN, limit=5).cut)
        cut = self.trace(lots[4], UP, limit=3)
        self.assertEqual((cut.cut, cut.origins(lots[4].id)), (True, []))

    def test_as_many_statements_for_50_lots_as_for_5(self):
        short, long = self.chain(5), self.chain(50)
        self.read_all(short[0])
        for part, number in (("up_ids", 3), ("places", 4), ("customers", 4)):
            counts = [self.count_part(lots[0], part) for lots in (short, long)]
            self.assertEqual(counts, [number, number], part)
        counts = [
            self.count_statements(lambda lot=lots[0]: self.read_all(lot))
            for lots in (short, long)
        ]
        self.assertEqual(counts, [12, 12])
        self.assertEqual(len(self.trace(long[0]).nodes), 50)

    def count_part(self, lot, part):
        return self.count_statements(lambda: getattr(self.trace(lot), part))

    def read_all(self, lot):
        answer = self.trace(lot)
        return [
            answer.nodes,
            answer.edges,
            answer.missing,
            answer.customers,
            answer.places,
            answer.delivery_ids,
            answer.inputs,
            answer.suppliers,
        ]

    def test_parts_are_kept_as_they_were_when_first_read(self):
        lot = self.make_lot("Moving")
        self.buy(lot, 10)
        answer = self.trace(lot)
        self.assertEqual([place.quantity for place in answer.places], [10])
        self.deliver(lot, 4, self.shop)
        self.assertEqual([place.quantity for place in answer.places], [10])
        self.assertEqual([event.kind for event in answer.events][-1], "delivered")

    def test_same_deliveries_as_odoo(self):
        root, other = self.make_lot("Root"), self.make_lot("Other")
        left, right = self.make_lot("Left"), self.make_lot("Right", self.hand)
        self.buy(root, 20)
        self.buy(other, 20)
        self.operate([(root, 10), (other, 5)], [(left, 10), (right, 8)])
        self.operate([(right, 2)], [(left, 1)])
        self.deliver(left, 4, self.shop)
        self.deliver(right, 1, self.market)
        self.deliver(other, 1, self.market)
        odoo = root._find_delivery_ids_by_lot_iterative()
        answer = self.trace(root, DOWN)
        ours = {e.picking_id for e in answer.events if e.kind == "delivered"}
        self.assertEqual(ours, set(odoo[root.id]))
        self.assertEqual(answer.delivery_ids, sorted(ours))
        self.assertEqual(len(ours), 2)
