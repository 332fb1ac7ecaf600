"""CBOR as this protocol writes it: no tags, no indefinite lengths, text keys."""

import re
from collections.abc import Callable
from math import isfinite
from typing import Any

import cbor2

from .problems import Damaged

DEEPEST = 8
PLAIN = (bytes, bool, int, type(None))
#: NUL, which no database keeps, and halves of characters, which JSON can say
NO_CHARACTER = re.compile("[\x00\ud800-\udfff]")


def _refuse_tag(decoder: Any, *rest: Any) -> Any:
    raise ValueError("tags are not used here")


class _NoTags(dict[int, Callable[..., Any]]):
    """Decoders of tags: whatever the tag, it is refused before its content is read."""

    def get(self, key: int, default: Any = None) -> Any:
        return _refuse_tag

    def __contains__(self, key: object) -> bool:
        return True

    def __getitem__(self, key: int) -> Any:
        return _refuse_tag


_NO_TAGS = _NoTags()


def read_cbor(raw: bytes, deepest: int = DEEPEST) -> Any:
    """The value that bytes stand for: maps, lists, text, bytes, numbers, true, null.

    :raises Damaged: on anything else, also on bytes after the value
    """
    try:
        value = cbor2.loads(
            raw,
            max_depth=deepest,
            allow_indefinite=False,
            allow_duplicate_keys=False,
            strict_hashable_types=True,
            semantic_decoders=_NO_TAGS,
        )
        whole = cbor2.dumps(value, canonical=True) == raw
    except (cbor2.CBORError, ValueError, OverflowError, RecursionError) as error:
        raise Damaged(f"This is no CBOR: {error}") from None
    check_plain(value)
    if not whole:
        raise Damaged("This is not canonical CBOR, or there are bytes after it")
    return value


def write_cbor(value: Any) -> bytes:
    """The canonical bytes of a value."""
    return cbor2.dumps(value, canonical=True)


def check_plain(value: Any) -> None:
    """Refuse what is neither map, list, text, bytes, number, true, false nor null.

    :raises Damaged: then, and for a text that cannot be kept
    """
    if isinstance(value, dict):
        for key, one in value.items():
            if not isinstance(key, str):
                raise Damaged("A key is no text")
            check_plain(key)
            check_plain(one)
    elif isinstance(value, str):
        if NO_CHARACTER.search(value):
            raise Damaged("A text has a character that no text has")
    elif isinstance(value, list):
        for one in value:
            check_plain(one)
    elif isinstance(value, float):
        if not isfinite(value):
            raise Damaged("A number is not finite")
    elif not isinstance(value, PLAIN):
        raise Damaged("A value is of a kind that is not used here")
