"""Key presses as Linux gives them (``linux/input.h``), as lines of text."""

from __future__ import annotations

import codecs
import struct
from collections.abc import Iterator
from typing import Protocol

#: seconds, microseconds, type, code, value
EVENT = struct.Struct("llHHi")
KEY_EVENT, RELEASED = 1, 0
SHIFTS, ENTERS = (42, 54), (28, 96)
#: code of the first key of a row → the row, on keyboards of the United States, as
#: which readers show themselves
_ROWS = {2: "1234567890-=", 16: "qwertyuiop[]", 30: "asdfghjkl;'`", 44: "zxcvbnm,./"}
_UPPER_ROWS = {
    2: "!@#$%^&*()_+",
    16: "QWERTYUIOP{}",
    30: 'ASDFGHJKL:"~',
    44: "ZXCVBNM<>?",
}
#: characters; what is longer is no line of a reader, such as a key that is stuck
LONGEST = 1_000
_KEYPAD = {71: "789-456+1230.", 98: "/"}


def _keys(rows: dict[int, str]) -> dict[int, str]:
    keys = {first + i: c for first, row in rows.items() for i, c in enumerate(row)}
    return {**keys, 55: "*", 57: " "}


_PLAIN, _SHIFTED = _keys({**_ROWS, **_KEYPAD}), _keys({**_UPPER_ROWS, **_KEYPAD})


class Decoder(Protocol):
    """Makes lines of what comes from a file descriptor."""

    def lines(self, data: bytes) -> Iterator[str]:
        """The lines that end in these bytes; the rest is kept."""


class KeyDecoder:
    """Lines that are typed on a keyboard."""

    def __init__(self) -> None:
        self._rest, self._line = b"", ""
        self._shifts: set[int] = set()

    def lines(self, data: bytes) -> Iterator[str]:
        """:param data: events of 24 bytes (16 on 32-bit systems), also in pieces"""
        self._rest += data
        whole = len(self._rest) - len(self._rest) % EVENT.size
        events, self._rest = self._rest[:whole], self._rest[whole:]
        for _s, _us, kind, code, value in EVENT.iter_unpack(events):
            if kind == KEY_EVENT:
                yield from self._key(code, is_down=value != RELEASED)

    def _key(self, code: int, is_down: bool) -> Iterator[str]:
        if code in SHIFTS:
            (self._shifts.add if is_down else self._shifts.discard)(code)
        elif is_down and code in ENTERS:
            line, self._line = self._line, ""
            if len(line) <= LONGEST:
                yield line
        elif is_down and len(self._line) <= LONGEST:
            self._line += (_SHIFTED if self._shifts else _PLAIN).get(code, "")


class TextDecoder:
    """Lines that come as text, in UTF-8."""

    def __init__(self) -> None:
        self._rest = ""
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")

    def lines(self, data: bytes) -> Iterator[str]:
        """:param data: also in pieces"""
        self._rest += self._decoder.decode(data).replace("\r", "\n")
        *lines, rest = self._rest.split("\n")
        self._rest = rest[: LONGEST + 1]
        yield from (line for line in lines if len(line) <= LONGEST)
