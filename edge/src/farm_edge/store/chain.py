"""Events of the journal, and the hashes that hold them together."""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from . import canonical
from .errors import UnfitEvent

#: what stands before the first event
BEGIN = bytes(32)
ID_BYTES = 16
LARGEST_BODY = 16_384
KIND = re.compile(r"[a-z][a-z0-9_]{0,31}")
_LATEST = 2**48 - 1


@dataclass(frozen=True)
class Event:
    """An event as it lies in the journal.

    - ``seq``: 1, 2, 3 … without gaps, in the order in which things were done
    - ``id``: UUID of version 7, 16 bytes
    - ``body``: a map in canonical CBOR
    - ``hash``: SHA-256 over the hash before, the device and all of this
    - ``at``: what the clock said, milliseconds since 1970; never an order
    """

    seq: int
    id: bytes
    kind: str
    body: bytes
    hash: bytes
    at: int

    @property
    def values(self) -> dict[str, Any]:
        """The body as a map."""
        values: dict[str, Any] = canonical.decode(self.body)
        return values


@dataclass(frozen=True)
class Result:
    """What the server made of an event.

    ``state``: ``applied``, ``parked``, ``refused``, ``conflict`` or ``settled``;
    ``forked``, if the server keeps it as another history, for a person to look at
    """

    seq: int
    id: bytes
    state: str
    code: str = ""
    message: str = ""
    refs: dict[str, Any] = field(default_factory=dict)


def hash_of(
    previous: bytes, number: int, seq: int, id: bytes, kind: str, body: bytes
) -> bytes:
    """The hash of an event of the device with this number."""
    name = kind.encode()
    parts = (
        previous,
        number.to_bytes(4, "big"),
        seq.to_bytes(8, "big"),
        id,
        len(name).to_bytes(1, "big"),
        name,
        body,
    )
    return hashlib.sha256(b"".join(parts)).digest()


def first_broken(previous: bytes, number: int, events: Iterable[Event]) -> int | None:
    """The number of the first event that does not follow from the one before."""
    for event in events:
        previous = hash_of(
            previous, number, event.seq, event.id, event.kind, event.body
        )
        if previous != event.hash:
            return event.seq
    return None


def new_id(milliseconds: int) -> bytes:
    """A UUID of version 7."""
    moment = min(max(milliseconds, 0), _LATEST)
    raw = bytearray(moment.to_bytes(6, "big") + secrets.token_bytes(10))
    raw[6] = 0x70 | raw[6] & 0x0F
    raw[8] = 0x80 | raw[8] & 0x3F
    return bytes(raw)


def body_of(kind: str, values: dict[str, Any]) -> bytes:
    """The bytes of an event's body.

    :raises UnfitEvent: if no server would ever take it: in the journal it would stop
        all that comes after
    """
    if not KIND.fullmatch(kind):
        raise UnfitEvent(f"{kind!r} is no kind of event: small letters, digits and _")
    if not isinstance(values, dict):
        raise UnfitEvent(f"The body of a {kind} is no map")
    try:
        body = canonical.encode(values)
    except ValueError as error:
        raise UnfitEvent(f"The body of a {kind} cannot be written: {error}") from None
    if len(body) > LARGEST_BODY:
        raise UnfitEvent(
            f"The body of a {kind} has {len(body)} bytes, and at most {LARGEST_BODY}:"
            " write several events"
        )
    return body
