"""The NDEF message: a link, a short text for people, external records for devices.

An external record holds a COSE_Sign1 and its CRC-16, which tells a tag that was read or
written badly from one that somebody has altered.
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterable
from dataclasses import dataclass

import ndef

from ..errors import Damaged, Empty, NotOurs

EXTERNAL_TYPE = "urn:nfc:ext:farmtag:t"
#: no chip of ours holds more
MAX_BYTES = 4096
_CRC_BYTES = 2
_CRC_START = 0xFFFF
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_KNOWN = {kind._type: kind for kind in (ndef.UriRecord, ndef.TextRecord)}


@dataclass(frozen=True)
class Text:
    """A few words for people, and the code of their language."""

    words: str
    language: str = "id"


@dataclass(frozen=True)
class Message:
    """The records that we know; ``signed`` are the bytes of COSE_Sign1."""

    uri: str
    text: Text | None = None
    signed: tuple[bytes, ...] = ()

    def to_bytes(self) -> bytes:
        """The NDEF message."""
        records = [ndef.UriRecord(self.uri)]
        if self.text:
            records.append(ndef.TextRecord(self.text.words, self.text.language))
        guarded = map(_guarded, self.signed)
        records += [ndef.Record(EXTERNAL_TYPE, "", one) for one in guarded]
        return b"".join(ndef.message_encoder(records))


def is_text(text: Text) -> bool:
    """Whether a record can have it: printable, the language as ``id`` or ``en-GB``."""
    return text.words.isprintable() and bool(_LANGUAGE.fullmatch(text.language))


def from_bytes(data: bytes) -> Message:
    """The records of an NDEF message; those of others are passed over.

    :raises Empty: if there is no message
    :raises NotOurs: if it is longer than any of ours, or begins with no link
    :raises Damaged: if it is not whole
    """
    if not data:
        raise Empty("the tag has no message")
    if len(data) > MAX_BYTES:
        raise NotOurs(f"a message of {len(data)} bytes")
    records = _records(data)
    if not records or not isinstance(records[0], ndef.UriRecord):
        raise NotOurs("the first record is no link")
    texts = [r for r in records if isinstance(r, ndef.TextRecord)]
    text = Text(texts[0].text, texts[0].language) if texts else None
    signed = [r.data for r in records if r.type == EXTERNAL_TYPE]
    return Message(records[0].iri, text, tuple(map(_unguarded, signed)))


def _records(data: bytes) -> list[ndef.Record]:
    try:
        return list(ndef.message_decoder(data, known_types=_KNOWN))
    except (ndef.DecodeError, ValueError, LookupError) as error:
        raise Damaged(f"NDEF: {error}") from None


def _guarded(signed: bytes) -> bytes:
    return signed + _crc(signed)


def _unguarded(data: Iterable[int]) -> bytes:
    signed, crc = bytes(data)[:-_CRC_BYTES], bytes(data)[-_CRC_BYTES:]
    if _crc(signed) != crc:
        raise Damaged("the check sum of the signed record is wrong")
    return signed


def _crc(data: bytes) -> bytes:
    return binascii.crc_hqx(data, _CRC_START).to_bytes(_CRC_BYTES, "big")
