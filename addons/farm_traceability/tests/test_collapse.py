from itertools import chain

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from odoo.tests import BaseCase, tagged

from ..trace.collapse import Member, collapse


@st.composite
def crowds(draw):
    """Members whose neighbours are one step nearer to the beginning."""
    members = {0: Member(("lot", "start"), 0, frozenset())}
    for key in range(1, draw(st.integers(1, 60))):
        other = draw(st.integers(0, key - 1))
        kind = ("lot", draw(st.sampled_from("abc")))
        step = members[other].step + 1
        members[key] = Member(kind, step, frozenset({other}))
    return members


def star(count):
    return {0: Member(("lot", "x"), 0, frozenset())} | {
        key: Member(("lot", "x"), 1, frozenset({0})) for key in range(1, count)
    }


def chain_of(count):
    return {
        key: Member(("lot", "x"), key, frozenset({key - 1})) for key in range(count)
    }


@tagged("post_install", "-at_install")
class TestCollapse(BaseCase):
    """Too much to draw is drawn as less, and nothing is lost by it."""

    @settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(crowds(), st.integers(1, 60), st.sets(st.integers(0, 5)))
    def test_each_member_is_in_one_group_of_its_kind(self, members, limit, apart):
        apart &= set(members)
        groups = collapse(members, limit, apart)
        self.assertEqual(sorted(chain(*groups)), sorted(members))
        self.assertLessEqual(len(groups), limit + len(apart))
        for group in groups:
            self.assertEqual(len({members[key].kind[0] for key in group}), 1)
            self.assertTrue(len(group) == 1 or apart.isdisjoint(group))

    def test_what_fits_stays_as_it_is(self):
        self.assertEqual(collapse(star(50), 50), [[key] for key in range(50)])

    def test_siblings_become_one(self):
        groups = collapse(star(51), 50)
        self.assertEqual([len(group) for group in groups], [1, 50])

    def test_children_of_siblings_follow_them(self):
        members = star(21) | {
            100 + key: Member(("lot", "y"), 2, frozenset({key})) for key in range(1, 21)
        }
        groups = collapse(members, 10)
        self.assertEqual([len(group) for group in groups], [1, 20, 20])

    def test_long_chain_becomes_stretches(self):
        groups = collapse(chain_of(1000), 100, {0})
        self.assertLessEqual(len(groups), 101)
        self.assertGreater(len(groups), 50)
        self.assertEqual(groups[1], list(range(1, 1 + len(groups[1]))))

    def test_few_alike_stay_open_where_there_is_room(self):
        members = star(51) | {
            key: Member(("lot", "y"), 1, frozenset({0})) for key in range(51, 54)
        }
        groups = collapse(members, 50)
        self.assertEqual([len(group) for group in groups], [1, 50, 1, 1, 1])

    def test_many_kinds_in_the_end_become_one(self):
        members = {
            key: Member(("lot", key), key % 3, frozenset()) for key in range(100)
        }
        self.assertEqual(len(collapse(members, 5)), 1)
