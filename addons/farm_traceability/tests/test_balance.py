from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from odoo.tests import BaseCase

from ..balance import Balance, Flow, Gap, Given, Taken, share_pieces

# A busy machine is no reason to fail.
PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
TENTHS = st.integers(1, 500).map(lambda number: number / 10)


@st.composite
def balanced(draw):
    """Inputs, with outputs and losses that take exactly all of them."""
    given_, outputs, losses = [], [], []
    mixed = 0.0
    for key in range(draw(st.integers(1, 4))):
        parts = draw(st.lists(TENTHS, min_size=1, max_size=4))
        given_.append(Given(key, sum(parts)))
        for number, part in enumerate(parts):
            where = draw(st.sampled_from(["output", "loss", "mixed"]))
            if where == "mixed":
                mixed += part
            else:
                lines = outputs if where == "output" else losses
                lines.append(Taken((key, number), part, key))
    if mixed:
        outputs.append(Taken("mixed", mixed))
    return given_, outputs, losses


class TestBalance(BaseCase):
    def gap(self, given_, outputs, losses=(), **values):
        return Balance(
            [Given(key, *one) for key, one in enumerate(given_)],
            [Taken(number, *one) for number, one in enumerate(outputs)],
            [Taken(number, *one) for number, one in enumerate(losses)],
            **values,
        ).gap()

    def test_table(self):
        for name, given_, outputs, losses, expected in (
            ("even", [(12,)], [(6,), (5.2,)], [(0.8,)], None),
            ("too little", [(12,)], [(6,)], [(2,)], (None, 4)),
            ("too much", [(12,)], [(6,), (6.5,)], [], (None, -0.5)),
            ("sum of floats", [(0.3,)], [(0.1,), (0.2,)], [], None),
            ("within tolerance", [(10, 5)], [(9.5,)], [], None),
            ("beyond tolerance", [(10, 5)], [(9.4,)], [], (None, 0.6)),
            ("above within tolerance", [(10, 5)], [(10.5,)], [], None),
            ("tolerance of one of two", [(10, 5), (10,)], [(19.5,)], [], None),
            ("named, even", [(5,), (7,)], [(5, 0), (7, 1)], [], None),
            ("named, crossed", [(5,), (7,)], [(7, 0), (5, 1)], [], (0, -2)),
            ("named, one short", [(5,), (7,)], [(5, 0), (6, 1)], [], (1, 1)),
            ("named loss", [(5,), (7,)], [(5, 0), (6, 1)], [(1, 1)], None),
            ("mixed rest", [(5,), (7,)], [(3, 0), (9,)], [], None),
            ("overdrawn by name", [(5,), (7,)], [(6, 0), (6,)], [], (0, -1)),
            ("mixed, short", [(5,), (7,)], [(3, 0), (8,)], [], (None, 1)),
        ):
            with self.subTest(name):
                gap = self.gap(given_, outputs, losses)
                if expected is None:
                    self.assertIsNone(gap)
                else:
                    self.assertEqual(gap.source, expected[0])
                    self.assertAlmostEqual(gap.quantity, expected[1])

    def test_half_of_the_smallest_quantity_is_a_rounding_error(self):
        self.assertIsNone(self.gap([(1,)], [(0.995,)]))
        self.assertEqual(self.gap([(1,)], [(0.99,)]).source, None)
        self.assertIsNone(self.gap([(10,)], [(9.5,)], rounding=1))

    def test_an_input_that_is_not_there_is_an_error(self):
        with self.assertRaises(KeyError):
            self.gap([(5,), (7,)], [(12, 3)])

    def test_flows_table(self):
        two = [Given("a", 10), Given("b", 5)]
        for name, given_, outputs, losses, expected in (
            (
                "one input",
                two[:1],
                [Taken(1, 6), Taken(2, 3)],
                [Taken(3, 1)],
                [("a", 10, (1, 2))],
            ),
            (
                "line by line",
                two,
                [Taken(1, 10, "a"), Taken(2, 5, "b")],
                [],
                [("a", 10, (1,)), ("b", 5, (2,))],
            ),
            ("mixed", two, [Taken(1, 15)], [], [("a", 10, (1,)), ("b", 5, (1,))]),
            (
                "named and mixed",
                two,
                [Taken(1, 6, "a"), Taken(2, 9)],
                [],
                [("a", 6, (1,)), ("a", 4, (2,)), ("b", 5, (2,))],
            ),
            (
                "one used up by name",
                two,
                [Taken(1, 10, "a"), Taken(2, 5)],
                [],
                [("a", 10, (1,)), ("b", 5, (2,))],
            ),
            (
                "one all lost",
                two,
                [Taken(1, 5, "b")],
                [Taken(2, 10, "a")],
                [("a", 10, ()), ("b", 5, (1,))],
            ),
        ):
            with self.subTest(name):
                flows = Balance(given_, outputs, losses).flows()
                self.assertEqual(flows, [Flow(*one) for one in expected])

    def test_what_a_tolerance_leaves_over_comes_from_all(self):
        balance = Balance(
            [Given("a", 10, 5), Given("b", 5)],
            [Taken(1, 10, "a"), Taken(2, 5, "b"), Taken(3, 0.1)],
        )
        self.assertIsNone(balance.gap())
        self.assertEqual(balance.sources()[3], ["a", "b"])

    @PATIENT
    @given(balanced())
    def test_what_is_taken_exactly_balances(self, world):
        self.assertIsNone(Balance(*world).gap())

    @PATIENT
    @given(balanced(), TENTHS)
    def test_what_is_missing_is_named(self, world, more):
        given_, outputs, losses = world
        given_ = [given_[0]._replace(quantity=given_[0].quantity + more), *given_[1:]]
        gap = Balance(given_, outputs, losses).gap()
        self.assertIsInstance(gap, Gap)
        self.assertAlmostEqual(gap.quantity, more)

    @PATIENT
    @given(balanced())
    def test_flows_are_all_of_each_input_and_reach_every_output(self, world):
        given_, outputs, losses = world
        balance = Balance(given_, outputs, losses)
        flows = balance.flows()
        for one in given_:
            own = [flow.quantity for flow in flows if flow.source == one.key]
            self.assertIn(len(own), (1, 2))
            self.assertAlmostEqual(sum(own), one.quantity)
            self.assertTrue(all(quantity > 0 for quantity in own))
        sources = balance.sources()
        for one in outputs:
            self.assertTrue(sources[one.key])
            if one.source is not None:
                self.assertEqual(sources[one.key], [one.source])


class TestSharePieces(BaseCase):
    def test_table(self):
        for total, offers, expected in (
            (0, [("a", 1, 5)], {}),
            (3, [("a", 1, 5)], {"a": 3}),
            (9, [("a", 1, 8), ("b", 1, 8)], {"a": 5, "b": 4}),
            (9, [("a", 1, 8), ("b", 10, 8)], {"a": 1, "b": 8}),
            (9, [("a", 1, 2), ("b", 1, 3)], {"a": 2, "b": 3}),
        ):
            with self.subTest(total=total, offers=offers):
                self.assertEqual(dict(share_pieces(total, offers)), expected)

    @PATIENT
    @given(
        st.integers(0, 60),
        st.lists(st.tuples(TENTHS, st.integers(0, 20)), max_size=5),
    )
    def test_all_is_shared_and_no_limit_is_passed(self, total, offers):
        limits = dict(enumerate(limit for _weight, limit in offers))
        shared = share_pieces(total, [(key, *one) for key, one in enumerate(offers)])
        self.assertEqual(shared.total(), min(total, sum(limits.values())))
        for key, count in shared.items():
            self.assertLessEqual(count, limits[key])
