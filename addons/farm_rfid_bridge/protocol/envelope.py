"""From the bytes of a request to what the device says, within limits."""

import base64
import binascii
import json
import re
from dataclasses import dataclass, field
from typing import Any, NoReturn

from .cbor import DEEPEST, check_plain, read_cbor, write_cbor
from .problems import Damaged, TooLarge, TooNew, WrongType

CBOR = "application/cbor"
JSON = "application/json"
VERSION = 1

LARGEST_REQUEST = 1_000_000
#: of every request but a push
LARGEST_QUESTION = 4_096
MOST_EVENTS = 1_000
LARGEST_BODY = 16_384
LARGEST_NUMBER = 2**63 - 1
UID_LENGTHS = (4, 7, 10)
KIND = re.compile(r"[a-z][a-z0-9_]{0,31}")


@dataclass(frozen=True)
class SentEvent:
    """An event as it lies in the device's journal."""

    seq: int
    id: bytes
    kind: str
    body: bytes


@dataclass(frozen=True)
class Push:
    """A batch of a device's journal.

    ``prev_hash`` is the hash of the event before ``from_seq`` as the device has it, so
    that another history is told from a damaged message.
    """

    from_seq: int
    prev_hash: bytes
    events: tuple[SentEvent, ...]
    head_hash: bytes
    clock: int
    signature: bytes
    status: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Enrolment:
    """A device asks to be taken on."""

    code: str
    public_key: bytes
    proof: bytes
    agent: dict[str, Any] = field(default_factory=dict)


def read_push(raw: bytes, media_type: str) -> Push:
    """:raises Problem: ``Damaged``, ``TooLarge``, ``TooNew`` or ``WrongType``"""
    sent = _Sent(read_map(raw, media_type), media_type)
    if sent.number("v") != VERSION:
        raise TooNew("Only version 1 is known here")
    from_seq = sent.number("from_seq", least=1)
    return Push(
        from_seq=from_seq,
        prev_hash=sent.binary("prev_hash", 32),
        events=_read_events(sent, from_seq),
        head_hash=sent.binary("head_hash", 32),
        clock=sent.number("clock"),
        signature=sent.binary("signature", 64),
        status=sent.map("status"),
    )


def read_enrolment(raw: bytes, media_type: str) -> Enrolment:
    """:raises Problem: ``Damaged``, ``TooLarge`` or ``WrongType``"""
    sent = _Sent(read_map(raw, media_type, LARGEST_QUESTION), media_type)
    return Enrolment(
        code=sent.text("code", 64),
        public_key=sent.binary("public_key", 32),
        proof=sent.binary("proof", 64),
        agent=sent.map("agent"),
    )


@dataclass(frozen=True)
class CardAsked:
    """A writer asks for its orders, or to sign one for the chip that lies on it."""

    order: int = 0
    uid: bytes = b""
    chip: str = ""
    signature: bytes = b""


def read_card_asked(raw: bytes, media_type: str) -> CardAsked:
    """:raises Problem: ``Damaged``, ``TooLarge``, ``TooNew`` or ``WrongType``"""
    sent = _Sent(read_map(raw, media_type, LARGEST_QUESTION), media_type)
    if sent.number("v") != VERSION:
        raise TooNew("Only version 1 is known here")
    if not sent.values.keys() & CardAsked.__dataclass_fields__.keys():
        return CardAsked()
    asked = CardAsked(
        order=sent.number("order", least=1),
        uid=sent.binary("uid"),
        chip=sent.text("chip", 32),
        signature=sent.binary("signature", 64),
    )
    if len(asked.uid) not in UID_LENGTHS:
        raise Damaged("uid is not that of a chip")
    return asked


def read_map(
    raw: bytes, media_type: str, largest: int = LARGEST_REQUEST
) -> dict[str, Any]:
    """The map that a request's bytes stand for.

    :raises Problem: ``Damaged``, ``TooLarge`` or ``WrongType``
    """
    if len(raw) > largest:
        raise TooLarge(f"Send at most {largest} bytes at a time")
    if media_type == CBOR:
        value = read_cbor(raw)
    elif media_type == JSON:
        value = _read_json(raw)
    else:
        raise WrongType()
    if not isinstance(value, dict):
        raise Damaged("The message is no map")
    return value


def write_answer(value: dict[str, Any], media_type: str) -> bytes:
    """An answer in the language of the request; bytes are base64url in JSON."""
    if media_type == CBOR:
        return write_cbor(value)
    return json.dumps(value, default=_base64url).encode()


def _read_events(sent: "_Sent", from_seq: int) -> tuple[SentEvent, ...]:
    rows = sent.list("events")
    if len(rows) > MOST_EVENTS:
        raise TooLarge(f"Send at most {MOST_EVENTS} events at a time")
    return tuple(
        _read_event(row, seq, sent.media_type) for seq, row in enumerate(rows, from_seq)
    )


def _read_event(row: Any, seq: int, media_type: str) -> SentEvent:
    if not isinstance(row, list) or len(row) != 4:
        raise Damaged("An event is no list of seq, id, kind and body")
    sent = _Sent(dict(zip(("seq", "id", "kind", "body"), row, strict=True)), media_type)
    if sent.number("seq") != seq:
        raise Damaged(f"The events are not numbered one by one: {seq} is missing")
    kind = sent.text("kind", 32)
    if not KIND.fullmatch(kind):
        raise Damaged("The kind of an event is small letters, digits and _")
    body = sent.binary("body")
    if len(body) > LARGEST_BODY:
        raise TooLarge(f"The body of event {seq} is over {LARGEST_BODY} bytes")
    return SentEvent(seq, sent.binary("id", 16), kind, body)


def _read_json(raw: bytes) -> Any:
    try:
        value = json.loads(
            raw.decode(), parse_constant=_refuse, object_pairs_hook=_unique
        )
    except (ValueError, RecursionError):
        raise Damaged("This is no JSON") from None
    _check_depth(value, DEEPEST)
    check_plain(value)
    return value


def _refuse(constant: str) -> NoReturn:
    raise ValueError(constant)


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key comes twice")
    return found


def _check_depth(value: Any, left: int) -> None:
    if isinstance(value, (dict, list)):
        if not left:
            raise Damaged("The message is nested too deep")
        for one in value.values() if isinstance(value, dict) else value:
            _check_depth(one, left - 1)


def _base64url(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()


class _Sent:
    """Typed access to a map that somebody sent."""

    def __init__(self, values: dict[str, Any], media_type: str) -> None:
        self.values = values
        self.media_type = media_type

    def number(self, name: str, least: int = 0) -> int:
        value = self.values.get(name)
        if type(value) is not int or not least <= value <= LARGEST_NUMBER:
            raise Damaged(f"{name} is no number from {least} up")
        return value

    def text(self, name: str, longest: int) -> str:
        value = self.values.get(name)
        if not isinstance(value, str) or not 0 < len(value) <= longest:
            raise Damaged(f"{name} is no text of 1 to {longest} characters")
        return value

    def binary(self, name: str, length: int = 0) -> bytes:
        value = self.values.get(name)
        if self.media_type == JSON:
            value = self._of_base64url(name, value)
        if not isinstance(value, bytes) or (length and len(value) != length):
            raise Damaged(f"{name} is not {length or 'some'} bytes")
        return value

    def _of_base64url(self, name: str, value: Any) -> bytes:
        try:
            padded = value.rstrip("=") + "=" * (-len(value.rstrip("=")) % 4)
            return base64.b64decode(padded, altchars=b"-_", validate=True)
        except (AttributeError, ValueError, binascii.Error):
            raise Damaged(f"{name} is no base64url") from None

    def list(self, name: str) -> list[Any]:
        value = self.values.get(name)
        if not isinstance(value, list):
            raise Damaged(f"{name} is no list")
        return value

    def map(self, name: str) -> dict[str, Any]:
        value = self.values.get(name, {})
        if not isinstance(value, dict):
            raise Damaged(f"{name} is no map")
        return value
