"""Mass balance: the parts never add up to more than the whole."""

import dataclasses
import itertools

import pytest
from farmtag import Chip, OverIssued, WrongValue, add_split, balance_of, read, write
from farmtag.balance import Balance
from farmtag.balance.ranges import count, numbers, with_numbers
from farmtag.payload import IssuedRange
from farmtag_samples import BUNCH, DEVICE, HAND, TODAY, UID, draft, ring
from hypothesis import given
from hypothesis import strategies as st

WHOLE = Balance(BUNCH, bytes(8))


def test_hands_are_issued_until_there_are_none():
    half = WHOLE.issue([1, 2, 3], 5_000).issue([5], 1_500)
    assert half.issued == (IssuedRange(1, 3), IssuedRange(5, 5))
    assert (half.pieces_left, half.issued_weight) == (7, 6_500)
    assert list(half.next_steps(2)) == [6, 7]
    full = half.issue([4, 6, 7, 8, 9, 10, 11], 11_900)
    assert full.issued == (IssuedRange(1, 11),)
    with pytest.raises(OverIssued, match="1 parts more than 11"):
        full.issue([12])


@pytest.mark.parametrize(
    ("steps", "weight", "error", "message"),
    [
        ([1], 18_819, None, ""),
        ([1], 18_820, OverIssued, "1 g more than 18450 g"),
        (range(1, 13), 0, OverIssued, "1 parts more than 11"),
        ([1, 1], 0, WrongValue, "its number alone"),
        ([0], 0, WrongValue, "part 0"),
        ([1024], 0, WrongValue, "part 1024"),
        ([], 0, WrongValue, "one part at least"),
        ([1], -1, WrongValue, "one part at least"),
    ],
)
def test_more_than_the_whole_is_refused(steps, weight, error, message):
    if error is None:
        assert WHOLE.issue(steps, weight).weight_left == 0
        return
    with pytest.raises(error, match=message):
        WHOLE.issue(steps, weight)


def test_a_number_is_issued_once():
    with pytest.raises(OverIssued, match="issued before"):
        WHOLE.issue([3]).issue([3])


def test_what_nobody_weighed_is_counted_alone():
    unweighed = Balance(dataclasses.replace(BUNCH, weight=None), bytes(8))
    assert unweighed.issue([1], 10**6).weight_left is None


def test_a_tag_says_what_is_left_after_each_split():
    message = write(draft(BUNCH), Chip.NTAG216, DEVICE, UID).message
    for steps, left in (((1, 2), 9), ((9,), 8), ((3, 4, 5), 5)):
        balance = balance_of(read(message, ring(), UID)).issue(steps, 100)
        record = balance.record(TODAY, 1)
        message = add_split(message, record, Chip.NTAG216, DEVICE, UID).message
        assert balance_of(read(message, ring(), UID)).pieces_left == left
    assert [str(code) for code in balance.codes([10])] == [str(BUNCH.code.child(10))]


def test_a_tag_that_shows_too_much_is_told():
    over = Balance(BUNCH, bytes(8), (IssuedRange(1, 12),), 20_000)
    assert over.pieces_left == -1
    with pytest.raises(OverIssued):
        over.check()
    with pytest.raises(OverIssued, match="1181 g more"):
        dataclasses.replace(over, issued=()).check()


def test_only_a_container_has_a_balance():
    message = write(draft(HAND), Chip.NTAG215, DEVICE).message
    with pytest.raises(WrongValue, match="only a container"):
        balance_of(read(message, ring()))


def test_numbers_too_scattered_for_a_record_are_refused():
    many = Balance(dataclasses.replace(BUNCH, pieces=1023), bytes(8))
    with pytest.raises(WrongValue, match="not a tuple of 1 to 32"):
        many.issue(range(1, 100, 2)).record(TODAY, 1)


@given(st.sets(st.integers(1, 1023), min_size=1, max_size=60), st.data())
def test_ranges_are_the_numbers_whatever_their_order(wanted, data):
    ranges = ()
    for number in data.draw(st.permutations(sorted(wanted))):
        ranges = with_numbers(ranges, [number])
    assert list(numbers(ranges)) == sorted(wanted)
    assert count(ranges) == len(wanted)
    gaps = itertools.pairwise(ranges)
    assert all(one.last + 1 < other.first for one, other in gaps)


@given(st.lists(st.tuples(st.integers(1, 20), st.integers(0, 3_000)), max_size=30))
def test_no_order_of_splits_passes_the_whole(takes):
    balance = WHOLE
    for step, weight in takes:
        try:
            balance = balance.issue([step], weight)
        except OverIssued:
            continue
    balance.check()
    assert count(balance.issued) <= BUNCH.pieces
    assert balance.issued_weight <= BUNCH.weight * 1.02
