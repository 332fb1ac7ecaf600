"""Whatever happens to a chain of events is found."""

from __future__ import annotations

from dataclasses import replace

import pytest
from farm_edge.store import canonical
from farm_edge.store.chain import BEGIN, Event, first_broken, hash_of
from hypothesis import given
from hypothesis import strategies as st

plain = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63) + 1, 2**63 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=8)
    | st.binary(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(max_size=4), inner, max_size=3)
    ),
    max_leaves=8,
)
rows = st.lists(
    st.tuples(
        st.binary(min_size=16, max_size=16),
        st.from_regex(r"[a-z][a-z0-9_]{0,31}", fullmatch=True),
        st.binary(min_size=1, max_size=40),
    ),
    min_size=1,
    max_size=8,
)
numbers = st.integers(1, 2**18 - 1)


def chain_of(number, rows):
    before, events = BEGIN, []
    for seq, (id, kind, body) in enumerate(rows, 1):
        before = hash_of(before, number, seq, id, kind, body)
        events.append(Event(seq, id, kind, body, before, 0))
    return events


@given(numbers, rows)
def test_a_chain_follows_from_its_beginning(number, rows):
    assert first_broken(BEGIN, number, chain_of(number, rows)) is None


@given(numbers, rows, st.data())
def test_another_byte_anywhere_is_found_where_it_is(number, rows, data):
    events = chain_of(number, rows)
    place = data.draw(st.integers(0, len(events) - 1))
    name = data.draw(st.sampled_from(["id", "body", "hash"]))
    raw = bytearray(getattr(events[place], name))
    raw[data.draw(st.integers(0, len(raw) - 1))] ^= data.draw(st.integers(1, 255))
    events[place] = replace(events[place], **{name: bytes(raw)})
    assert first_broken(BEGIN, number, events) == place + 1


@given(numbers, rows, numbers)
def test_a_chain_is_that_of_one_device(number, rows, other):
    broken = first_broken(BEGIN, other, chain_of(number, rows))
    assert (broken is None) == (number == other)


@given(numbers, rows, st.data())
def test_an_event_that_is_left_out_or_moved_is_found(number, rows, data):
    events = chain_of(number, rows)
    place = data.draw(st.integers(0, len(events) - 1))
    without = events[:place] + events[place + 1 :]
    broken = first_broken(BEGIN, number, without)
    assert (broken is None) == (place == len(events) - 1)


@given(st.dictionaries(st.text(max_size=4), plain, max_size=4))
def test_what_is_written_is_read_as_it_was(values):
    assert canonical.decode(canonical.encode(values)) == values


@given(st.binary(max_size=40))
def test_any_bytes_are_a_value_with_one_form_or_none(raw):
    try:
        value = canonical.decode(raw)
    except ValueError:
        return
    assert canonical.encode(value) == raw


@pytest.mark.parametrize(
    "raw", [b"\xc0\x60", b"\x9f\xff", b"\xa1\x01\x02", b"\x18\x01"]
)
def test_tags_open_lengths_and_other_keys_are_not_read(raw):
    with pytest.raises(ValueError):
        canonical.decode(raw)
