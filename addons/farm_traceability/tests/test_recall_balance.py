from hypothesis import given
from hypothesis import strategies as st
from odoo.tests import BaseCase, tagged

from ..recall_balance import Answer, Stock, There, balance, settle, spread

amounts = st.integers(0, 1000).map(float)
answers = st.none() | st.builds(Answer, amounts, amounts, amounts)


@st.composite
def histories(draw):
    """A lot and its customers, as real moves would leave them: nothing vanishes."""
    found, missing, arrived = draw(amounts), draw(amounts), draw(amounts)
    theres = draw(
        st.lists(st.builds(There, amounts, amounts, amounts, answers), max_size=4)
    )
    left = sum(one.later - one.returned for one in theres)
    disposed, consumed, lost = draw(amounts), draw(amounts), draw(amounts)
    now = found + arrived - left - disposed - consumed - lost
    status = draw(st.sampled_from(["held", "released", "loose"]))
    stock = Stock(found, missing, now, arrived, disposed, consumed, lost, status)
    return stock, theres


@tagged("post_install", "-at_install")
class TestRecallBalance(BaseCase):
    def check(self, stocks=(), theres=(), **expected):
        found = balance(stocks, theres)
        self.assertEqual({name: getattr(found, name) for name in expected}, expected)

    def test_all_held_is_found_and_open(self):
        self.check([Stock(10, now=10)], found=10, held=10, open=10, closes=False)

    def test_all_disposed_of_closes(self):
        self.check(
            [Stock(10, disposed=10)], found=10, disposed=10, closes=True, settled=10
        )

    def test_released_goods_close(self):
        self.check([Stock(10, now=10, status="released")], released=10, closes=True)

    def test_what_was_missing_before_is_unaccounted(self):
        self.check([Stock(8, missing=2, disposed=8)], found=10, unaccounted=2)

    def test_a_customer_who_is_silent_is_unaccounted(self):
        self.check((), [There(5)], found=5, unaccounted=5, accounted_share=0.0)

    def test_an_answer_accounts(self):
        answer = Answer(on_hand=2, sold=2, destroyed=1)
        self.check(
            (), [There(5, answer=answer)], waiting=2, sold=2, destroyed=1, unaccounted=0
        )

    def test_an_answer_for_less_leaves_the_rest_unaccounted(self):
        self.check((), [There(5, answer=Answer(on_hand=2))], unaccounted=3)

    def test_what_came_back_is_no_longer_there(self):
        self.check(
            [Stock(0, now=2)],
            [There(5, returned=2, answer=Answer(on_hand=2, sold=3))],
            found=5,
            held=2,
            recovered=2,
            waiting=0,
            sold=3,
            unaccounted=0,
        )

    def test_a_later_delivery_is_taken_from_what_was_inside(self):
        self.check(
            [Stock(10, now=7)], [There(0, later=3)], found=10, held=7, unaccounted=3
        )

    def test_shares_of_nothing_are_whole(self):
        self.check((), (), accounted_share=1.0, settled_share=1.0, closes=True)

    def test_too_much_from_one_customer_is_no_answer_of_another(self):
        self.check((), [There(5), There(0, returned=5)], unaccounted=0, closes=False)

    def test_stock_below_zero_does_not_hide_another_lot(self):
        self.check([Stock(now=5), Stock(now=-5)], held=0, closes=False)

    def test_spread_goes_by_the_order_of_the_rooms(self):
        for total, rooms, expected in (
            (5, [3, 4], [3, 2]),
            (9, [3, 4], [3, 4]),
            (2, [-1, 4], [0, 2]),
            (0, [3], [0]),
            (4, [], []),
        ):
            with self.subTest(total=total, rooms=rooms):
                self.assertEqual(spread(total, rooms), expected)

    @given(histories())
    def test_the_parts_add_up_to_what_was_found(self, history):
        stock, theres = history
        found = balance([stock], theres)
        parts = found.settled + found.open + found.unaccounted
        self.assertAlmostEqual(parts, found.found, delta=1e-6)

    @given(st.lists(histories(), max_size=4))
    def test_lots_add_up(self, worlds):
        whole = balance(
            [stock for stock, _theres in worlds],
            [there for _stock, theres in worlds for there in theres],
        )
        parts = [balance([stock], theres) for stock, theres in worlds]
        self.assertAlmostEqual(
            whole.unaccounted, sum(part.unaccounted for part in parts), delta=1e-6
        )

    @given(amounts, answers)
    def test_an_answer_never_counts_for_more_than_is_there(self, rest, answer):
        counted = settle(rest, answer)
        self.assertLessEqual(counted.total, rest + 1e-9)
        self.assertGreaterEqual(min(counted.on_hand, counted.sold), 0)

    @given(amounts, st.lists(st.integers(-5, 50).map(float)))
    def test_spread_gives_no_room_more_than_it_takes(self, total, rooms):
        parts = spread(total, rooms)
        self.assertTrue(
            all(part <= max(room, 0) for part, room in zip(parts, rooms, strict=True))
        )
        self.assertLessEqual(sum(parts), total + 1e-9)
