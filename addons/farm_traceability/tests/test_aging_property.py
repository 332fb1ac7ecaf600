from contextlib import closing

from hypothesis import given, settings
from hypothesis import strategies as st
from odoo.tests import tagged

from .aging_common import AgingCase

PLACE = st.integers(0, 2)
QUANTITY = st.sampled_from((0.5, 1, 2.25, 3, 4, 7, 10))
STEP = st.one_of(
    st.tuples(st.just("receive"), PLACE, QUANTITY),
    st.tuples(st.just("receive"), PLACE, QUANTITY),
    st.tuples(st.just("deliver"), PLACE, QUANTITY),
    st.tuples(st.just("transfer"), PLACE, PLACE, QUANTITY),
    st.tuples(st.just("transfer"), PLACE, PLACE, QUANTITY),
    st.tuples(st.just("back"), PLACE, QUANTITY, st.integers(0, 5)),
    st.tuples(st.just("count"), PLACE, QUANTITY),
)


@tagged("post_install", "-at_install")
class TestAgingProperty(AgingCase):
    """Whatever happened, the statement says what the queue says."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.places = [cls.stock, cls.shelf, cls.cellar]

    @given(steps=st.lists(STEP, min_size=1, max_size=12), past=st.integers(1, 12))
    @settings(max_examples=25, deadline=None)
    def test_statement_and_queue_agree_at_any_date(self, steps, past):
        with closing(self.env.cr.savepoint(flush=True)):
            self.env.invalidate_all()
            deliveries = self.env["stock.move"]
            for day, (kind, place, *more) in enumerate(steps, 1):
                step = getattr(self, f"do_{kind}")
                deliveries |= step(day, self.places[place], deliveries, *more)
            for day in (past, 400):
                self.assertEqual(self.layers(day), self.reference(day))
            self.assertEqual(self.sums_by_place(self.layers()), self.on_hand())

    @given(
        steps=st.lists(STEP, min_size=1, max_size=12),
        closed=st.lists(st.integers(1, 13), unique=True, max_size=3),
        past=st.integers(1, 12),
    )
    @settings(max_examples=40, deadline=None)
    def test_from_any_closing_the_same_is_told(self, steps, closed, past):
        with closing(self.env.cr.savepoint(flush=True)):
            self.env.invalidate_all()
            deliveries = self.env["stock.move"]
            for day, (kind, place, *more) in enumerate(steps, 1):
                step = getattr(self, f"do_{kind}")
                deliveries |= step(day, self.places[place], deliveries, *more)
            for day in sorted(closed):
                self.close_on(day)
            for day in (past, 400):
                self.assertEqual(self.layers(day), self.reference(day))

    def do_receive(self, day, place, deliveries, quantity):
        self.receive_on(day, quantity, place)
        return deliveries

    def do_deliver(self, day, place, _deliveries, quantity):
        return self.deliver_on(day, quantity, place)

    def do_transfer(self, day, place, deliveries, other, quantity):
        if self.places[other] != place:
            self.move(day, quantity, place, self.places[other])
        return deliveries

    def do_back(self, day, place, deliveries, quantity, which):
        if deliveries:
            delivery = deliveries[which % len(deliveries)]
            self.take_back_on(day, quantity, delivery, place)
        return deliveries

    def do_count(self, day, place, deliveries, quantity):
        self.count_on(day, quantity, place)
        return deliveries

    def sums_by_place(self, layers):
        sums = {}
        for ((place, *_goods), _date), quantity in layers.items():
            sums[place] = sums.get(place, 0) + float(quantity)
        return {place: total for place, total in sums.items() if total}

    def on_hand(self):
        groups = self.env["stock.quant"]._read_group(
            [
                ("product_id", "=", self.plain.id),
                ("location_id.usage", "=", "internal"),
            ],
            ["location_id"],
            ["quantity:sum"],
        )
        return {place.id: total for place, total in groups if total}
