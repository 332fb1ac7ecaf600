"""Canonical CBOR as journal and wire have it: text keys, no tags, finite numbers."""

from __future__ import annotations

from math import isfinite
from typing import Any

import cbor2

DEEPEST = 8
LARGEST = 2**63 - 1


def encode(value: Any) -> bytes:
    """The canonical bytes of a plain value.

    :raises ValueError: on anything but maps, lists, text, bytes, numbers, true, false
        and null, or nested deeper than 8
    """
    _check(value, DEEPEST)
    return cbor2.dumps(value, canonical=True)


def decode(raw: bytes) -> Any:
    """The plain value of bytes.

    :raises ValueError: on anything that :func:`encode` would not have written
    """
    try:
        value = cbor2.loads(raw)
        _check(value, DEEPEST)
        whole = cbor2.dumps(value, canonical=True) == raw
    except (cbor2.CBORError, OverflowError, RecursionError, TypeError) as error:
        raise ValueError(f"no CBOR: {error}") from None
    if not whole:
        raise ValueError("the CBOR is not canonical, or there is something after it")
    return value


def _check(value: Any, left: int) -> None:
    if isinstance(value, (dict, list)):
        if not left:
            raise ValueError("nested too deep")
        if isinstance(value, dict) and not all(isinstance(key, str) for key in value):
            raise ValueError("a key is no text")
        for one in value.values() if isinstance(value, dict) else value:
            _check(one, left - 1)
    elif isinstance(value, float):
        if not isfinite(value):
            raise ValueError("a number is not finite")
    elif isinstance(value, int):
        if not -LARGEST <= value <= LARGEST:
            raise ValueError("a number is too large")
    elif not (value is None or isinstance(value, (str, bytes))):
        raise ValueError(f"{type(value).__name__} is of no kind that is written")
