"""Statements: a payload that somebody signed, for a chip and a link."""

from __future__ import annotations

import datetime
import hashlib
from dataclasses import dataclass

from .. import cbor
from ..errors import Damaged, NotOurs, TagError, UnknownChip
from ..payload import Payload, Revocations
from ..payload.forms import Form, form_of, from_content_type
from ..payload.split import ORIGIN_BYTES
from . import sign1
from .keys import Signer
from .ring import KeyRing, TrustedKey
from .sign1 import Sign1


@dataclass(frozen=True)
class Bond:
    """What a signature holds for beside the payload.

    - ``uid``: of the chip, 4 to 10 bytes; ``None`` if the reader does not say
    - ``link``: the link on the tag without its fragment
    """

    uid: bytes | None = None
    link: str = ""

    def external(self, form: Form) -> bytes:
        """The external data of the signature.

        :raises UnknownChip: if the form is bound to a chip and there is none
        """
        if form.is_bound and self.uid is None:
            raise UnknownChip("the tag holds for one chip: read its UID")
        return cbor.encode([self.uid if form.is_bound else None, self.link])


@dataclass(frozen=True)
class Statement:
    """A payload and the key that has signed it.

    ``digest`` is what a split record names it by.
    """

    payload: Payload
    key: TrustedKey
    digest: bytes


def sign(payload: Payload, key: Signer, bond: Bond, is_bound: bool) -> Sign1:
    """Sign a payload.

    :raises UnknownChip: if it is to be bound to a chip that is not given
    """
    form = form_of(payload, is_bound)
    plain = cbor.encode(payload.to_plain())
    return sign1.sign(plain, form.content_type, key, bond.external(form))


def read(
    signed: Sign1, ring: KeyRing, bond: Bond, today: datetime.date | None = None
) -> Statement:
    """What was signed, when it counts.

    :raises TagError: as the tree of errors says; ``found`` is the statement when only
        the ring speaks against it
    """
    form = form_in(signed)
    kind = form.payload_class()
    key = ring.verify(signed, bond.external(form))
    plain = cbor.decode(signed.payload)
    if not isinstance(plain, dict):
        raise Damaged("the payload is no map")
    found = Statement(kind.from_plain(plain), key, digest_of(signed))
    try:
        ring.judge(found.payload, key, today)
    except TagError as error:
        error.found = found
        raise
    return found


def read_revocations(data: bytes, ring: KeyRing) -> Revocations:
    """A signed list of revocations, for :meth:`KeyRing.updated`.

    :param data: a COSE_Sign1
    :raises TagError: as :func:`read`; ``NotOurs`` if it is another statement
    """
    found = read(sign1.from_bytes(data), ring, Bond()).payload
    if not isinstance(found, Revocations):
        raise NotOurs("a statement that is no list of revocations")
    return found


def form_in(signed: Sign1) -> Form:
    """The form of what is signed.

    :raises NotOurs: if it is something else
    """
    form = from_content_type(signed.content_type)
    if form is None:
        raise NotOurs(f"signed content of the type {signed.content_type!r}")
    return form


def digest_of(signed: Sign1) -> bytes:
    """8 bytes that name a signed payload."""
    return hashlib.sha256(signed.payload + signed.signature).digest()[:ORIGIN_BYTES]
