"""What a reader is, and those that there are.

- ``interface``: ``Reader`` and ``Tag``
- ``errors``: what goes wrong at a reader
- ``layout``: the message among the other things in a tag's memory
- ``type2``: NFC Forum Type 2 tags, by any reader
- ``nfc``: readers by nfcpy
- ``pcsc``: readers by PC/SC, and MIFARE Classic
- ``keyboard``: readers that type
- ``replay``: tags from a file
- ``paths``: the reader that a path names
- ``watch``: several readers at once
"""

from ..errors import EdgeError
from .errors import (
    Garbled,
    ReaderBusy,
    ReaderError,
    ReaderGone,
    TagError,
    TagGone,
    TagLocked,
    TagUnsuitable,
    TwoTags,
)
from .interface import Reader, Tag

__all__ = [
    "EdgeError",
    "Garbled",
    "Reader",
    "ReaderBusy",
    "ReaderError",
    "ReaderGone",
    "Tag",
    "TagError",
    "TagGone",
    "TagLocked",
    "TagUnsuitable",
    "TwoTags",
]
