"""Any bytes lead to a value or to an error of the tree: a short run, always the same.

The long one is guided by coverage: ``make fuzz``.
"""

import pytest
from farmtag import Chip, Reading, TagError, add_split, balance_of, read, write
from farmtag.envelope import Bond, sign1
from farmtag.payload.forms import CONTENT_TYPE, from_number
from farmtag.tag.message import Message
from farmtag_samples import BUNCH, CARD, DEVICE, HAND, OFFICE, TODAY, UID, draft, ring
from hypothesis import example, given, settings
from hypothesis import strategies as st

RING = ring()
GOOD = [
    write(draft(CARD), Chip.NTAG215, OFFICE, UID).message,
    write(draft(BUNCH), Chip.NTAG216, DEVICE, UID).message,
    write(draft(HAND), Chip.NTAG213, DEVICE).message,
    write(draft(HAND, mirror=True), Chip.NTAG215, DEVICE, UID).message,
]
_WHOLE = balance_of(read(GOOD[1], RING, UID))
_RECORD = _WHOLE.issue([1, 2], 900).record(TODAY, 5)
GOOD.append(add_split(GOOD[1], _RECORD, Chip.NTAG216, DEVICE, UID).message)
always_the_same = settings(derandomize=True, max_examples=300, deadline=None)


def attempt(data):
    """Read; anything but a reading or an error of the tree fails the test."""
    try:
        assert isinstance(read(data, RING, UID, TODAY), Reading)
    except TagError:
        return False
    return True


@pytest.mark.parametrize("message", GOOD)
def test_the_seeds_are_good(message):
    assert attempt(message)


@always_the_same
@given(st.binary(max_size=200))
@example(b"\xd5\x00\x00")
@example(b"\xd2\x01\x00\xff")
def test_any_bytes(data):
    assert not attempt(data)


@always_the_same
@given(st.sampled_from(GOOD), st.data())
def test_good_tags_with_changes(message, data):
    changed = bytearray(message)
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(changed) - 1))
        change = data.draw(st.sampled_from(("set", "insert", "delete", "cut")))
        if change == "set":
            changed[at] = data.draw(st.integers(0, 255))
        elif change == "insert":
            changed[at:at] = data.draw(st.binary(max_size=8))
        elif change == "delete":
            del changed[at : at + data.draw(st.integers(1, 8))]
        else:
            del changed[max(at, 1) :]
        changed = changed or bytearray(1)
    attempt(bytes(changed))


@always_the_same
@given(st.binary(max_size=120))
def test_any_bytes_in_a_record_of_ours(data):
    assert not attempt(Message("https://id.tani.example/", None, (data,)).to_bytes())


@always_the_same
@given(st.binary(max_size=80), st.integers(0, 255))
def test_any_bytes_signed_by_a_good_key(payload, number):
    external = Bond(None, "https://a.id/").external(from_number(number & ~1))
    signed = sign1.sign(payload, CONTENT_TYPE + number, OFFICE, external).to_bytes()
    attempt(Message("https://a.id/", None, (signed,)).to_bytes())
