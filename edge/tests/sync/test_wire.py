"""The bytes are those of the contract, which the server's tests use too."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path

import pytest
from farm_edge.store import Event, canonical
from farm_edge.store.chain import BEGIN, first_broken, hash_of
from farm_edge.sync import NotTheServer, wire
from farmtag import SigningKey
from hypothesis import given
from hypothesis import strategies as st

CONTRACT = json.loads(
    (Path(__file__).parents[3] / "tests/contract/farm_rfid_v1.json").read_text()
)
KEY = SigningKey.from_bytes(bytes.fromhex(CONTRACT["seed"]))
NUMBER = CONTRACT["number"]


def pinned_event(one):
    raw = {name: bytes.fromhex(one[name]) for name in ("id", "body", "hash")}
    return Event(seq=one["seq"], kind=one["kind"], at=0, **raw)


EVENTS = [pinned_event(one) for one in CONTRACT["events"]]
READERS = (wire.read_answer, wire.read_page, wire.read_taken_on, wire.read_orders)


def test_events_hash_as_pinned():
    assert first_broken(BEGIN, NUMBER, EVENTS) is None
    for event in EVENTS:
        assert canonical.encode(event.values) == event.body


@pytest.mark.parametrize("pinned", CONTRACT["pushes"], ids=lambda one: one["name"])
def test_a_push_has_the_pinned_bytes(pinned):
    first = pinned["from_seq"]
    head = bytes.fromhex(pinned["head_hash"])
    signed = wire.signed_part(NUMBER, first, head, pinned["clock"])
    assert signed.hex() == pinned["signed"]
    before = EVENTS[first - 2].hash if first > 1 else BEGIN
    events, status = EVENTS[first - 1 :], pinned["status"]
    clock = pinned["clock"]
    written = wire.write_push(NUMBER, KEY, first, before, events, clock, status)
    assert written.hex() == pinned["cbor"]
    assert canonical.decode(written)["signature"].hex() == pinned["signature"]


@pytest.mark.parametrize("typed", ["7KQ2M-X9TBA", "7kq2m x9tba", "7KQ2MX9TBA"])
def test_an_enrolment_proves_the_code_however_it_was_typed(typed):
    pinned = CONTRACT["enrolment"]
    written = canonical.decode(wire.write_enrolment(typed, KEY, {"version": "1.0"}))
    assert written["proof"].hex() == pinned["proof"]
    if typed == pinned["code"]:
        assert canonical.encode(written).hex() == pinned["cbor"]


def test_letters_that_look_like_digits_are_digits():
    assert wire.plain_code("oOiI-lL012") == "001111012"


def test_a_push_with_the_largest_events_fits_into_a_request():
    frame = len(
        wire.write_push(2**18 - 1, KEY, 2**40, BEGIN, [], 2**48 - 1, {"backlog": 2**31})
    )
    one = Event(2**40, bytes(16), "k" * 32, b"x" * 16_384, bytes(32), 0)
    both = wire.write_push(1, KEY, 2**40, BEGIN, [one], 0, {})
    assert frame < wire.FRAME
    assert len(both) - len(wire.write_push(1, KEY, 2**40, BEGIN, [], 0, {})) <= (
        len(one.body) + len(one.kind) + 40
    )


NAMES = [
    *("ack_seq", "ack_hash", "results", "server_time", "items", "token", "since"),
    *("state_hash", "device", "orders", "number", "is_full", "server_key"),
]
maps = st.dictionaries(
    st.sampled_from(NAMES),
    st.none()
    | st.integers(-1, 2**40)
    | st.text(max_size=3)
    | st.binary(max_size=32)
    | st.lists(st.none() | st.dictionaries(st.text(max_size=3), st.none()), max_size=2)
    | st.dictionaries(st.text(max_size=6), st.integers(-5, 2**40), max_size=2),
)


@pytest.mark.parametrize("read", READERS)
@given(maps.map(canonical.encode) | st.binary(max_size=60))
def test_any_answer_is_understood_or_is_not_the_servers(read, raw):
    with suppress(NotTheServer):
        read(raw)


@given(
    st.integers(1, 2**18 - 1),
    st.lists(st.binary(min_size=1, max_size=20), max_size=5),
    st.integers(1, 2**40),
)
def test_what_is_signed_leads_to_the_last_hash(number, bodies, first):
    events, before = [], bytes(32)
    for seq, body in enumerate(bodies, first):
        before = hash_of(before, number, seq, bytes(16), "read", body)
        events.append(Event(seq, bytes(16), "read", body, before, 0))
    sent = canonical.decode(
        wire.write_push(number, KEY, first, bytes(32), events, 5, {})
    )
    assert sent["head_hash"] == before
    signed = wire.signed_part(number, first, before, 5)
    assert KEY.verify_key.has_signed(sent["signature"], signed)
    assert [one[3] for one in sent["events"]] == bodies
