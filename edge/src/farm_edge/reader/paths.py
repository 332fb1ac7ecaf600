"""The reader that a path names, as it stands in settings and on the command line.

- ``usb:054c:06c3``, ``usb:054c``, ``tty:USB0:pn532``, ``udp:127.0.0.1:41000``: nfcpy.
  Numbers of bus and device change when a reader is plugged in again: name the maker. Of
  two readers of one maker, each ``usb:054c`` takes one that is free.
- ``pcsc:`` and the beginning of its name: PC/SC
- ``keys:/dev/input/by-id/…``, ``keys:-``: readers that type; ``keys:decimal:…``,
  ``keys:hex-reversed:…``, ``keys:decimal-reversed:…`` where they spell UIDs so
- ``replay:tags.jsonl``: a recording
"""

from __future__ import annotations

from .errors import ReaderGone
from .interface import Reader
from .keyboard import KeyboardReader, Spelling
from .nfc import NfcReader
from .replay import ReplayReader
from .type2 import Password

_NFCPY = ("usb", "tty", "com", "udp")
_SPELLINGS = {one.value.replace(" ", "-"): one for one in Spelling}


def reader_at(path: str, password: Password | None = None) -> Reader:
    """A reader that is not open yet.

    :param password: for tags that ask for one before they are written
    :raises ReaderGone: if the path names none, or what it needs is not installed
    """
    kind, _colon, rest = path.partition(":")
    if kind in _NFCPY:
        return NfcReader(path, password)
    if kind == "pcsc":
        return _by_pcsc(rest, password)
    if kind == "keys":
        return _typing(rest)
    if kind == "replay":
        return ReplayReader(rest)
    raise ReaderGone(f"{path!r} names no reader: see `farm-edge doctor`.")


def _typing(path: str) -> Reader:
    word, _colon, rest = path.partition(":")
    spelling = _SPELLINGS.get(word)
    return KeyboardReader(rest, spelling) if spelling else KeyboardReader(path)


def _by_pcsc(name: str, password: Password | None) -> Reader:
    try:
        from .pcsc.reader import PcscReader
    except ImportError as error:
        raise ReaderGone(
            "Readers by PC/SC need pyscard: pip install farm-edge[pcsc]."
        ) from error
    return PcscReader(name, password)
