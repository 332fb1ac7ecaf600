"""COSE_Sign1 (RFC 9052, section 4.2): one signature over one payload."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from .. import cbor
from ..errors import Damaged, Forged, NotOurs, TooNew, UnknownKey
from .keys import Algorithm, Signer, VerifyKey

_TAG = b"\xd2"  # 18
_ALGORITHM, _CONTENT_TYPE, _KEY_ID = 1, 3, 4
_CONTEXT = "Signature1"


@dataclass(frozen=True)
class Sign1:
    """A signed payload as it stands on the wire; nothing of it is verified."""

    protected: bytes
    unprotected: dict[Any, Any]
    payload: bytes
    signature: bytes

    @cached_property
    def protected_header(self) -> dict[Any, Any]:
        """The headers that are signed.

        :raises Damaged: if they are no map
        """
        plain = cbor.decode(self.protected) if self.protected else {}
        if not isinstance(plain, dict):
            raise Damaged("the protected header is no map")
        return plain

    def header(self, label: int) -> Any:
        """The value of a header, those that are signed first; ``None`` without one.

        :raises Damaged: if the protected header is no map
        """
        found = self.protected_header.get(label)
        return self.unprotected.get(label) if found is None else found

    @property
    def content_type(self) -> Any:
        """What the payload is, from the protected header."""
        return self.protected_header.get(_CONTENT_TYPE)

    @property
    def key_id(self) -> Any:
        """What names the key; anything, as long as it is not verified."""
        return self.header(_KEY_ID)

    def to_bytes(self) -> bytes:
        """The tagged CBOR."""
        parts = [self.protected, self.unprotected, self.payload, self.signature]
        return _TAG + cbor.encode(parts)

    def to_be_signed(self, external: bytes) -> bytes:
        """What the signature is over."""
        protected = self.protected if self.protected_header else b""
        return cbor.encode([_CONTEXT, protected, external, self.payload])

    def verify(self, keys: dict[bytes, tuple[VerifyKey, ...]], external: bytes) -> int:
        """Which of the keys with the id has signed this; every one is tried.

        :param keys: by their id
        :param external: what both sides know and the tag does not carry
        :return: the index among the keys of that id
        :raises TooNew: on another algorithm than Ed25519 and ES256
        :raises UnknownKey: without a key of this id
        :raises Forged: if none of them has
        """
        algorithm, key_id = self.header(_ALGORITHM), self.key_id
        if algorithm not in list(Algorithm):
            raise TooNew(f"signed by the algorithm {algorithm!r}")
        if not isinstance(key_id, bytes) or not keys.get(key_id):
            raise UnknownKey(f"no key has the id {key_id!r}")
        data = self.to_be_signed(external)
        for index, key in enumerate(keys[key_id]):
            if key.algorithm == algorithm and key.has_signed(self.signature, data):
                return index
        raise Forged("no key with the id on the tag has signed it")


def sign(payload: bytes, content_type: int, key: Signer, external: bytes) -> Sign1:
    """Sign a payload; algorithm and content type are signed with it."""
    protected = protected_of(key.algorithm, content_type)
    unsigned = Sign1(protected, {_KEY_ID: key.key_id}, payload, b"")
    signature = key.sign(unsigned.to_be_signed(external))
    return Sign1(protected, unsigned.unprotected, payload, signature)


def bare(content_type: int, key_id: bytes, payload: bytes, signature: bytes) -> Sign1:
    """What a place too small for headers carries; signed by Ed25519."""
    protected = protected_of(Algorithm.EDDSA, content_type)
    return Sign1(protected, {_KEY_ID: key_id}, payload, signature)


def protected_of(algorithm: Algorithm, content_type: int) -> bytes:
    """The protected header of what this library writes."""
    return cbor.encode({_ALGORITHM: int(algorithm), _CONTENT_TYPE: content_type})


def from_bytes(data: bytes) -> Sign1:
    """What the bytes say, verified in nothing; the CBOR tag may be absent.

    :raises NotOurs: if they are another COSE message
    :raises Damaged: if they are no COSE_Sign1
    """
    if data[:1] > b"\xc0" and data[:1] < b"\xdc" and not data.startswith(_TAG):
        raise NotOurs("another CBOR tag than that of COSE_Sign1")
    parts = cbor.decode(data.removeprefix(_TAG))
    if not isinstance(parts, list) or len(parts) != 4:
        raise Damaged("a COSE_Sign1 has four parts")
    kinds = (bytes, dict, bytes, bytes)
    if not all(isinstance(p, kind) for p, kind in zip(parts, kinds, strict=True)):
        raise Damaged("the parts of the COSE_Sign1 are of other types")
    return Sign1(*parts)
