from hypothesis import given, settings
from hypothesis import strategies as st
from odoo.tests import BaseCase

from ..trace.shares import absorbed_shares


def poured(start, parents, rounds=600):
    """The same shares by pouring one unit up the graph again and again."""
    mass, shares = {start: 1.0}, {}
    for _round in range(rounds):
        above = {}
        for lot, here in mass.items():
            own = 1.0 - sum(parents.get(lot, {}).values())
            shares[lot] = shares.get(lot, 0.0) + here * own
            for parent, part in parents.get(lot, {}).items():
                above[parent] = above.get(parent, 0.0) + here * part
        mass = above
    return shares


@st.composite
def graphs(draw):
    """Lots of which at least a tenth came in from outside; any loops."""
    size = draw(st.integers(1, 8))
    parents = {}
    for lot in range(size):
        above = draw(st.sets(st.integers(0, size - 1), max_size=4))
        weights = {other: draw(st.integers(1, 9)) for other in sorted(above)}
        outside = draw(st.integers(1, 9))
        whole = (sum(weights.values()) + outside) if weights else 1
        whole = max(whole, sum(weights.values()) / 0.9)
        parents[lot] = {other: weight / whole for other, weight in weights.items()}
    return parents


class TestShares(BaseCase):
    def test_a_lot_without_parents_is_its_own_origin(self):
        self.assertEqual(absorbed_shares(1, {}), {1: 1.0})

    def test_shares_multiply_along_ways_and_add_over_them(self):
        diamond = {4: {2: 0.5, 3: 0.5}, 2: {1: 1.0}, 3: {1: 0.5, 5: 0.5}}
        self.assertEqual(absorbed_shares(4, diamond), {1: 0.75, 5: 0.25})

    def test_bought_part_of_a_made_lot_begins_with_it(self):
        self.assertEqual(absorbed_shares(2, {2: {1: 0.25}}), {2: 0.75, 1: 0.25})

    def test_lot_repacked_into_itself_is_its_own_origin(self):
        shares = absorbed_shares(1, {1: {1: 0.5}})
        self.assertEqual(shares, {1: 1.0})

    def test_loop_gives_all_to_what_entered_it(self):
        loop = {1: {2: 0.5}, 2: {1: 1.0}}
        self.assertEqual(absorbed_shares(2, loop), {1: 1.0})

    def test_loop_that_nothing_entered_has_no_origin(self):
        self.assertEqual(absorbed_shares(1, {1: {2: 1.0}, 2: {1: 1.0}}), {})

    def test_parent_with_no_quantity_is_still_an_origin(self):
        self.assertEqual(absorbed_shares(2, {2: {1: 0.0}}), {2: 1.0, 1: 0.0})

    def test_share_in_unknown_parents_is_nobodys(self):
        shares = absorbed_shares(2, {2: {1: 0.5}}, {2: 0.25})
        self.assertEqual(shares, {2: 0.25, 1: 0.5})

    def test_a_chain_of_many_lots_is_no_deep_recursion(self):
        chain = {lot: {lot - 1: 1.0} for lot in range(1, 5000)}
        self.assertEqual(absorbed_shares(4999, chain), {0: 1.0})

    @settings(deadline=None, derandomize=True)
    @given(graphs())
    def test_same_as_pouring(self, parents):
        shares = absorbed_shares(0, parents)
        self.assertAlmostEqual(sum(shares.values()), 1.0, places=9)
        for lot, share in poured(0, parents).items():
            self.assertAlmostEqual(shares.get(lot, 0.0), share, places=9)
