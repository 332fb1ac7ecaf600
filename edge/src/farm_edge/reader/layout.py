"""Where the message stands between the other things of the data area.

The area is a run of TLV: a byte of type, one or three of length, the value (NFC Forum
Type 2 Tag 1.2, 2.3).
"""

from __future__ import annotations

from typing import Protocol

from farmtag import Chip

from .errors import Garbled, TagUnsuitable

NULL, LOCKS, RESERVED, MESSAGE, PROPRIETARY, END = 0x00, 0x01, 0x02, 0x03, 0xFD, 0xFE
_LONG = 0xFF


class Area(Protocol):
    """The data area of a chip.

    - ``head``: what stands before the message from the factory on
    - ``area_bytes``: how long it is
    """

    @property
    def chip(self) -> Chip: ...

    @property
    def head(self) -> bytes: ...

    @property
    def area_bytes(self) -> int: ...


def image(area: Area, message: bytes) -> bytes:
    """A data area from its first byte, as far as the message and its end mark go.

    :raises TagUnsuitable: ``full`` if the message is longer than the chip holds
    """
    if len(message) > area.chip.capacity:
        room = area.chip.capacity
        raise TagUnsuitable(
            "full",
            f"A message of {len(message)} bytes does not fit on the {room} of a "
            f"{area.chip.name}: take a larger chip.",
        )
    whole = area.head + bytes((MESSAGE,)) + _length(message) + message
    return (whole + bytes((END,)))[: area.area_bytes]


def message_in(area: bytes) -> bytes | None:
    """The message that begins in the first bytes of a data area.

    :return: ``None`` if the area goes on beyond these bytes
    :raises Garbled: if it cannot be a data area
    """
    at = 0
    while at < len(area):
        kind = area[at]
        if kind == NULL:
            at += 1
            continue
        if kind == END:
            return b""
        size = _size_at(area, at + 1)
        if size is None:
            return None
        start, end = size
        if kind == MESSAGE:
            return area[start:end] if end <= len(area) else None
        _check(kind, end - start)
        at = end
    return None


def whole_message_in(area: bytes) -> bytes:
    """The message of a data area that is there to its end.

    :raises Garbled: if the message goes on beyond it
    """
    message = message_in(area)
    if message is None and any(area):
        raise Garbled("The message goes on beyond the chip: tap again.")
    return message or b""


def length_at(area: Area) -> int:
    """Where the length of the message begins; if it is 0 there is no message."""
    return len(area.head) + 1


def without_length(target: bytes, at: int) -> bytes:
    """The same area, saying that there is no message."""
    return target[:at] + bytes((0, END)) + target[at + 2 :]


def _length(message: bytes) -> bytes:
    if len(message) < _LONG:
        return bytes((len(message),))
    return bytes((_LONG,)) + len(message).to_bytes(2, "big")


def _size_at(area: bytes, at: int) -> tuple[int, int] | None:
    """Where a value begins and ends."""
    if at >= len(area):
        return None
    if area[at] < _LONG:
        return at + 1, at + 1 + area[at]
    if at + 3 > len(area):
        return None
    return at + 3, at + 3 + int.from_bytes(area[at + 1 : at + 3], "big")


def _check(kind: int, size: int) -> None:
    if kind not in (LOCKS, RESERVED, PROPRIETARY):
        raise Garbled(f"Byte {kind:02X} begins nothing on a tag: tap again.")
    if kind in (LOCKS, RESERVED) and size != 3:
        raise Garbled(f"A control block of {size} bytes cannot be: tap again.")
