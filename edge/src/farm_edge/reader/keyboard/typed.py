"""What a line that a reader typed means."""

from __future__ import annotations

import enum
import re
from dataclasses import dataclass

from farmtag import TagError, lineage

_SEPARATORS = re.compile(r"[ :-]")
_UID_BYTES = (4, 7, 8, 10)
_LEAST_EPC_BYTES = 12
_DASH_AT = 8  # of a lineage code


class Kind(enum.Enum):
    """What somebody typed."""

    UID = "uid"
    EPC = "epc"
    CODE = "code"
    TEXT = "text"


class Spelling(enum.Enum):
    """How a reader spells a UID; its manual or a trial says which."""

    HEX = "hex"
    HEX_REVERSED = "hex reversed"
    DECIMAL = "decimal"
    DECIMAL_REVERSED = "decimal reversed"


@dataclass(frozen=True)
class Typed:
    """A line.

    - ``value``: bytes of the UID or EPC, else the text in UTF-8
    """

    kind: Kind
    value: bytes
    text: str


def meaning(line: str, spelling: Spelling = Spelling.HEX) -> Typed | None:
    """What a line means; ``None`` if there is nothing on it."""
    text = line.strip()
    if not text:
        return None
    if _is_code(text):
        return Typed(Kind.CODE, text.upper().encode(), text.upper())
    number = _number(_SEPARATORS.sub("", text), spelling)
    if len(number) in _UID_BYTES:
        is_reversed = spelling in (Spelling.HEX_REVERSED, Spelling.DECIMAL_REVERSED)
        uid = number[::-1] if is_reversed else number
        return Typed(Kind.UID, uid, uid.hex().upper())
    if len(number) >= _LEAST_EPC_BYTES and len(number) % 2 == 0:
        return Typed(Kind.EPC, number, number.hex().upper())
    return Typed(Kind.TEXT, text.encode(), text)


def _is_code(text: str) -> bool:
    """A UID may be written with dashes, but not after eight digits for the first."""
    if text.find("-") != _DASH_AT:
        return False
    try:
        lineage.parse(text)
    except TagError:
        return False
    return True


def _number(digits: str, spelling: Spelling) -> bytes:
    is_decimal = spelling in (Spelling.DECIMAL, Spelling.DECIMAL_REVERSED)
    if is_decimal and digits.isdecimal() and digits.isascii():
        return _decimal(int(digits))
    if not re.fullmatch(r"([0-9A-Fa-f]{2})+", digits):
        return b""
    return bytes.fromhex(digits)


def _decimal(number: int) -> bytes:
    """In the shortest UID that it fits into."""
    for size in _UID_BYTES:
        if number < 1 << 8 * size:
            return number.to_bytes(size, "big")
    return b""
