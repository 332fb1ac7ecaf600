"""The bytes of what device and server say to each other: version 1, in CBOR."""

from __future__ import annotations

import gzip
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from farmtag import SigningKey

from ..store import canonical
from ..store.chain import Event, Result
from ..store.intake import Item, Page
from .errors import NotTheServer

VERSION = 1
LARGEST_REQUEST = 1_000_000
MOST_EVENTS = 1_000
#: bytes of a push beside its events
FRAME = 400
#: milliseconds since 1970 of a time that no server has: the year 2100
LATEST = 4_102_444_800_000
PUSH_CONTEXT = b"farm-rfid/1/push"
CARD_CONTEXT = b"farm-rfid/1/card"
#: what a push is packed in
GZIP = "gzip"
_CODE = str.maketrans("OIL", "011", "- ")


@dataclass(frozen=True)
class Answer:
    """What the server says to a push: how far it is, and what became of each event."""

    ack_seq: int
    ack_hash: bytes
    results: tuple[Result, ...]
    server_time: int


@dataclass(frozen=True)
class TakenOn:
    """What the server says to an enrolment."""

    number: int
    token: str
    description: dict[str, Any]
    server_time: int


@dataclass(frozen=True)
class CardOrder:
    """A card that this writer is to write.

    - ``message``: what is to be on it, b"" until it is signed for a chip
    - ``uid``: of the chip, b"" for the next blank one; ``expires`` in milliseconds
    """

    order: int
    code: str
    farmer: str
    certificate: str
    chip: str
    uid: bytes
    expires: int
    message: bytes


# -- what is sent -------------------------------------------------------------------


def signed_part(number: int, from_seq: int, head_hash: bytes, clock: int) -> bytes:
    """What the signature of a push is made over."""
    return b"".join(
        (
            PUSH_CONTEXT,
            number.to_bytes(4, "big"),
            from_seq.to_bytes(8, "big"),
            head_hash,
            clock.to_bytes(8, "big"),
        )
    )


def write_push(
    number: int,
    key: SigningKey,
    from_seq: int,
    prev_hash: bytes,
    events: Sequence[Event],
    clock: int,
    status: dict[str, Any],
) -> bytes:
    """A run of the journal, signed.

    :param prev_hash: of the event before ``from_seq``; zeros before the first
    :param clock: of the device, milliseconds since 1970
    """
    head_hash = events[-1].hash if events else prev_hash
    return canonical.encode(
        {
            "v": VERSION,
            "from_seq": from_seq,
            "prev_hash": prev_hash,
            "events": [[one.seq, one.id, one.kind, one.body] for one in events],
            "head_hash": head_hash,
            "clock": clock,
            "signature": key.sign(signed_part(number, from_seq, head_hash, clock)),
            "status": status,
        }
    )


def packed(message: bytes) -> bytes:
    """A message by :data:`GZIP`: most of a journal's bytes are names and prefixes."""
    return gzip.compress(message, mtime=0)


def plain_code(text: str) -> str:
    """The ten characters of an enrolment code, however it was typed."""
    return text.upper().translate(_CODE)


def write_enrolment(code: str, key: SigningKey, agent: dict[str, Any]) -> bytes:
    """A device asks to be taken on.

    :param key: made for this enrolment, and never used for another
    """
    public = key.verify_key.public
    return canonical.encode(
        {
            "code": code,
            "public_key": public,
            "proof": key.sign(plain_code(code).encode() + public),
            "agent": agent,
        }
    )


def write_orders_asked() -> bytes:
    """A writer asks which cards it has to write."""
    return canonical.encode({"v": VERSION})


def write_card_asked(
    number: int, key: SigningKey, order: int, uid: bytes, chip: str
) -> bytes:
    """A writer asks to have a card signed for the chip that lies on it."""
    signed = b"".join(
        (CARD_CONTEXT, number.to_bytes(4, "big"), order.to_bytes(8, "big"), uid)
    )
    return canonical.encode(
        {
            "v": VERSION,
            "order": order,
            "uid": uid,
            "chip": chip,
            "signature": key.sign(signed),
        }
    )


# -- what is answered ---------------------------------------------------------------


def read_answer(raw: bytes) -> Answer:
    """:raises NotTheServer: if this is no answer to a push"""
    told = _Told.of(raw)
    return Answer(
        told.number("ack_seq"),
        told.binary("ack_hash", 32),
        tuple(_result(one) for one in told.each("results")),
        told.moment("server_time"),
    )


def _result(told: _Told) -> Result:
    return Result(
        told.number("seq"),
        told.binary("id", 16),
        told.text("state"),
        told.text("code"),
        told.text("message"),
        told.map("refs"),
    )


def read_taken_on(raw: bytes) -> TakenOn:
    """:raises NotTheServer: if this is no answer to an enrolment"""
    told = _Told.of(raw)
    description = told.map("device")
    number = _Told(description).number("number")
    if not 0 < number < 2**18 or not told.text("token"):
        raise NotTheServer("The answer gives no number, or no token")
    return TakenOn(number, told.text("token"), description, told.moment("server_time"))


def read_page(raw: bytes) -> Page:
    """:raises NotTheServer: if this is no page of a snapshot"""
    told = _Told.of(raw)
    token = told.values.get("token")
    is_last = token is None
    return Page(
        is_full=bool(told.values.get("is_full")),
        items=[_item(one) for one in told.each("items")],
        token=None if is_last else told.text("token"),
        since=told.number("since") if is_last else None,
        state_hash=told.binary("state_hash", 32) if is_last else None,
        server_key=told.map("server_key") if told.values.get("server_key") else None,
        server_time=told.moment("server_time"),
        device=told.map("device") if told.values.get("device") else None,
    )


def _item(told: _Told) -> Item:
    data = told.values.get("data")
    return Item(
        told.text("kind"),
        told.number("id"),
        told.text("version"),
        None if data is None else told.map("data"),
    )


def read_orders(raw: bytes) -> list[CardOrder]:
    """:raises NotTheServer: if these are no orders"""
    return [
        CardOrder(
            one.number("order"),
            one.text("code"),
            one.text("farmer"),
            one.text("certificate"),
            one.text("chip"),
            one.binary("uid"),
            one.number("expires"),
            one.binary("message"),
        )
        for one in _Told.of(raw).each("orders")
    ]


class _Told:
    """Typed access to a map that the server wrote."""

    def __init__(self, values: dict[str, Any]) -> None:
        self.values = values

    @classmethod
    def of(cls, raw: bytes) -> _Told:
        try:
            values = canonical.decode(raw)
        except ValueError as error:
            raise NotTheServer(f"The answer cannot be read: {error}") from None
        if not isinstance(values, dict):
            raise NotTheServer("The answer is no map")
        return cls(values)

    def number(self, name: str) -> int:
        value = self.values.get(name)
        if type(value) is not int or value < 0:
            raise NotTheServer(f"{name} in the answer is no number")
        return value

    def moment(self, name: str) -> int:
        value = self.number(name)
        if value >= LATEST:  # in other units, or of a clock that is none
            raise NotTheServer(f"{name} in the answer is no time")
        return value

    def text(self, name: str) -> str:
        value = self.values.get(name)
        if not isinstance(value, str):
            raise NotTheServer(f"{name} in the answer is no text")
        return value

    def binary(self, name: str, length: int = 0) -> bytes:
        value = self.values.get(name)
        if not isinstance(value, bytes) or (length and len(value) != length):
            raise NotTheServer(f"{name} in the answer is not {length or 'some'} bytes")
        return value

    def map(self, name: str) -> dict[str, Any]:
        value = self.values.get(name)
        if not isinstance(value, dict):
            raise NotTheServer(f"{name} in the answer is no map")
        return value

    def each(self, name: str) -> list[_Told]:
        values = self.values.get(name)
        if not isinstance(values, list):
            raise NotTheServer(f"{name} in the answer is no list")
        if not all(isinstance(one, dict) for one in values):
            raise NotTheServer(f"{name} in the answer has something else than maps")
        return [_Told(one) for one in values]
