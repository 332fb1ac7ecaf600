"""Reading: any bytes lead to what was signed, or to an error saying what is wrong."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from ..envelope import sign1, statement
from ..envelope.ring import KeyRing, TrustedKey
from ..envelope.sign1 import Sign1
from ..envelope.statement import Bond, Statement
from ..errors import Damaged, Forged, NotOurs, TagError
from ..payload import ON_TAGS, Container, Payload, SplitRecord
from . import message as ndef_message
from .link import Parts, from_fragment, take_apart
from .message import Message, Text


@dataclass(frozen=True)
class Reading:
    """A tag whose signatures are good.

    - ``link``: without fragment; it is signed for, ``text`` is not
    - ``digest``: 8 bytes that name the signed payload
    - ``split``, ``split_key``: the record of parts taken, and who signed it
    """

    payload: Payload
    key: TrustedKey
    digest: bytes
    link: str
    text: Text | None = None
    split: SplitRecord | None = None
    split_key: TrustedKey | None = None


def read(
    data: bytes,
    ring: KeyRing,
    uid: bytes | None = None,
    today: datetime.date | None = None,
) -> Reading:
    """What a tag says, verified.

    :param data: the NDEF message
    :param uid: of the chip as the reader sees it, where it does
    :param today: what the clock of the reader says, where it has one
    :raises TagError: what kind says what is wrong; ``found`` is the :class:`Reading`
        where only the key ring, or the split record, speaks against the tag
    """
    message = ndef_message.from_bytes(data)
    parts = take_apart(message.uri)
    bond = Bond(_uid(parts, uid), parts.link)
    first, *others = _signed(message, parts)
    try:
        found = _reading(statement.read(first, ring, bond, today), message, parts)
    except TagError as error:
        if isinstance(error.found, Statement):
            error.found = _reading(error.found, message, parts)
        raise
    return _with_split(found, others, ring, bond, today) if others else found


def _uid(parts: Parts, uid: bytes | None) -> bytes | None:
    if parts.mirrored and uid and parts.mirrored != uid:
        raise Forged("the link shows the UID of another chip")
    return uid or parts.mirrored


def _signed(message: Message, parts: Parts) -> list[Sign1]:
    if message.signed:
        return [sign1.from_bytes(one) for one in message.signed]
    in_fragment = from_fragment(parts.fragment)
    if in_fragment is None:
        raise NotOurs("nothing on the tag is signed by us")
    return [in_fragment]


def _reading(found: Statement, message: Message, parts: Parts) -> Reading:
    if found.payload.KIND not in ON_TAGS:
        raise Damaged(f"a tag does not begin with a {type(found.payload).__name__}")
    payload, key, digest = found.payload, found.key, found.digest
    return Reading(payload, key, digest, parts.link, message.text)


def _with_split(
    origin: Reading,
    others: list[Sign1],
    ring: KeyRing,
    bond: Bond,
    today: datetime.date | None,
) -> Reading:
    try:
        found = statement.read(others[0], ring, bond, today)
        return _joined(origin, found, len(others))
    except TagError as error:
        error.found = origin
        raise


def _joined(origin: Reading, found: Statement, count: int) -> Reading:
    record, whole = found.payload, origin.payload
    if not isinstance(record, SplitRecord) or count > 1:
        raise Damaged("after a container comes one split record")
    if not isinstance(whole, Container) or record.origin != origin.digest:
        raise Forged("the split record belongs to another tag")
    if record.code != whole.code:
        raise Forged(f"the split record is that of {record.code}")
    key, digest, text = origin.key, origin.digest, origin.text
    return Reading(whole, key, digest, origin.link, text, record, found.key)
