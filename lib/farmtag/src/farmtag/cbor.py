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
_BYTES, _ARRAY, _MAP, _TAG, _SIMPLE = 2, 4, 5, 6, 7
_UNSIGNED, _TEXT = 0, 3
#: heads below this are whole numbers of one byte
_SMALL = 24
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
    try:
        end = _end(data, 0, MAX_DEPTH)
    except IndexError:
        raise Damaged("the CBOR is cut") from None
    if end != len(data):
        raise Damaged("the CBOR is cut, or there is something after it")
    try:
        return cbor2.loads(data)
    except (cbor2.CBORError, ValueError) as error:
        raise Damaged(f"CBOR: {error}") from None


def _end(data: bytes, at: int, depth: int) -> int:
    """Where the item that begins here ends; it may be beyond the data.

    :raises IndexError: if there is nothing here
    """
    major, number = data[at] >> 5, data[at] & 31
    if number >= _SMALL:
        number, size = _long(data, at)
        at += size
    at += 1
    if major < _BYTES:
        return at
    if major < _ARRAY:
        return at + number
    if major == _ARRAY:
        return _end_of_array(data, at, number, depth - 1)
    if major == _MAP:
        return _end_of_map(data, at, number, depth - 1)
    if major == _TAG or number not in _FALSE_TRUE_NULL:
        raise Damaged("a CBOR type that is not used here")
    return at


def _long(data: bytes, at: int) -> tuple[int, int]:
    """The number that follows a head, and how many bytes it has."""
    major, short = data[at] >> 5, data[at] & 31
    if short not in _SIZES or major == _SIMPLE:
        raise Damaged("CBOR of indefinite length, or a fraction")
    size, least = _SIZES[short]
    number = int.from_bytes(data[at + 1 : at + 1 + size], "big")
    if number < least:
        raise Damaged("a CBOR number is cut or longer than it needs to be")
    return number, size


def _end_of_array(data: bytes, at: int, count: int, depth: int) -> int:
    _check(depth)
    for _ in range(count):
        at = at + 1 if data[at] < _SMALL else _end(data, at, depth)
    return at


def _end_of_map(data: bytes, at: int, count: int, depth: int) -> int:
    _check(depth)
    before = b""
    for _ in range(count):
        begin, at = at, _end_of_key(data, at)
        if data[begin:at] <= before:
            raise Damaged("the keys of a CBOR map are not in order")
        before = data[begin:at]
        at = at + 1 if data[at] < _SMALL else _end(data, at, depth)
    return at


def _end_of_key(data: bytes, at: int) -> int:
    if data[at] < _SMALL:
        return at + 1
    if data[at] >> 5 not in (_UNSIGNED, _TEXT):
        raise Damaged("a CBOR key that is not used here")
    return _end(data, at, 0)


def _check(depth: int) -> None:
    if depth < 0:
        raise Damaged("CBOR nested too deeply")
