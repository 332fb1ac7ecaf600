"""Deterministic CBOR (RFC 8949, section 4.2.1), and nothing else.

Whole numbers, bytes, text, arrays, maps, true, false and null; no tags, no fractions,
nothing of indefinite length. What is read is checked before the decoder sees it, so
that one value has one form and no decoder is led astray.
"""

from __future__ import annotations

from typing import Any

import cbor2

from .errors import Damaged

MAX_DEPTH = 6
_UNSIGNED, _NEGATIVE, _BYTES, _TEXT, _ARRAY, _MAP, _TAG, _SIMPLE = range(8)
_FALSE_TRUE_NULL = (20, 21, 22)
#: size of the number that follows, and the least that needs this size
_SIZES = {24: (1, 24), 25: (2, 1 << 8), 26: (4, 1 << 16), 27: (8, 1 << 32)}


def encode(value: Any) -> bytes:
    """The bytes of a plain value."""
    return cbor2.dumps(value, canonical=True)


def decode(data: bytes) -> Any:
    """The plain value of bytes.

    :raises Damaged: on anything that :func:`encode` would not have written
    """
    if _end(data, 0, MAX_DEPTH) != len(data):
        raise Damaged("there is something after the CBOR item")
    try:
        return cbor2.loads(data)
    except (cbor2.CBORError, ValueError) as error:
        raise Damaged(f"CBOR: {error}") from None


def _end(data: bytes, at: int, depth: int) -> int:
    """Where the item that begins here ends."""
    if at < len(data) and data[at] < 24:
        return at + 1
    major, number, at = _head(data, at)
    if major in (_BYTES, _TEXT):
        at += number
    elif major == _ARRAY:
        at = _end_of_array(data, at, number, depth)
    elif major == _MAP:
        at = _end_of_map(data, at, number, depth)
    if at > len(data):
        raise Damaged("the CBOR is cut")
    return at


def _head(data: bytes, at: int) -> tuple[int, int, int]:
    """Major type, number, and where what follows begins."""
    if at >= len(data):
        raise Damaged("the CBOR is cut")
    major, short = data[at] >> 5, data[at] & 31
    if major == _TAG or (major == _SIMPLE and short not in _FALSE_TRUE_NULL):
        raise Damaged("a CBOR type that is not used here")
    if short < 24:
        return major, short, at + 1
    if short not in _SIZES:
        raise Damaged("CBOR of indefinite length")
    size, least = _SIZES[short]
    number = int.from_bytes(data[at + 1 : at + 1 + size], "big")
    if number < least:
        raise Damaged("a CBOR number is cut or longer than it needs to be")
    return major, number, at + 1 + size


def _end_of_array(data: bytes, at: int, count: int, depth: int) -> int:
    _check(count, data, depth)
    for _ in range(count):
        at = _end(data, at, depth - 1)
    return at


def _end_of_map(data: bytes, at: int, count: int, depth: int) -> int:
    _check(count, data, depth)
    before = b""
    for _ in range(count):
        begin, at = at, _end(data, at, 0)
        if data[begin:at] <= before or data[begin] >> 5 not in (_UNSIGNED, _TEXT):
            raise Damaged("the keys of a CBOR map are not in order")
        before = data[begin:at]
        at = _end(data, at, depth - 1)
    return at


def _check(count: int, data: bytes, depth: int) -> None:
    if depth < 1:
        raise Damaged("CBOR nested too deeply")
    if count > len(data):
        raise Damaged("the CBOR is cut")
