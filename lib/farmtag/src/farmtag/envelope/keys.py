"""Keys that sign and keys that verify: Ed25519, and ECDSA on P-256 (ES256)."""

from __future__ import annotations

import enum
import hashlib
from dataclasses import dataclass, field
from typing import Protocol

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.asymmetric.utils import (
    decode_dss_signature,
    encode_dss_signature,
)
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from ..errors import WrongValue

KEY_ID_BYTES = 2
FINGERPRINT_BYTES = 8
SIGNATURE_BYTES = 64
_ECDSA = ec.ECDSA(SHA256())
_Public = ed25519.Ed25519PublicKey | ec.EllipticCurvePublicKey
_Private = ed25519.Ed25519PrivateKey | ec.EllipticCurvePrivateKey


class Algorithm(enum.IntEnum):
    """COSE's numbers of what is supported."""

    EDDSA = -8
    ES256 = -7


@dataclass(frozen=True)
class VerifyKey:
    """The public half of a key.

    - ``public``: 32 bytes of Ed25519, 33 of a compressed point of P-256
    - ``key_id``: 2 bytes on the tag, by default the first of the fingerprint; several
      keys may have the same

    :raises WrongValue: if the bytes are no key
    """

    algorithm: Algorithm
    public: bytes
    key_id: bytes = b""
    _loaded: _Public = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_loaded", _load(self.algorithm, self.public))
        if not self.key_id:
            object.__setattr__(self, "key_id", self.fingerprint[:KEY_ID_BYTES])
        if len(self.key_id) != KEY_ID_BYTES:
            raise WrongValue(f"a key id has {KEY_ID_BYTES} bytes")

    @property
    def fingerprint(self) -> bytes:
        """The first 8 bytes of the SHA-256 of the public key."""
        return hashlib.sha256(self.public).digest()[:FINGERPRINT_BYTES]

    def has_signed(self, signature: bytes, data: bytes) -> bool:
        """Whether a signature of 64 bytes is that of this key over the data."""
        if len(signature) != SIGNATURE_BYTES:
            return False
        try:
            if isinstance(self._loaded, ed25519.Ed25519PublicKey):
                self._loaded.verify(signature, data)
            else:
                self._loaded.verify(_to_der(signature), data, _ECDSA)
        except InvalidSignature:
            return False
        return True


class Signer(Protocol):
    """What signs: a key here, or one in a secure element."""

    @property
    def algorithm(self) -> Algorithm:
        """What it signs with."""

    @property
    def key_id(self) -> bytes:
        """The 2 bytes that stand on the tag."""

    def sign(self, data: bytes) -> bytes:
        """The 64 bytes of a signature."""


class SigningKey:
    """The private half of a key; it never leaves its device."""

    def __init__(self, private: _Private, key_id: bytes = b"") -> None:
        self._private = private
        is_edwards = isinstance(private, ed25519.Ed25519PrivateKey)
        algorithm = Algorithm.EDDSA if is_edwards else Algorithm.ES256
        self.verify_key = VerifyKey(algorithm, _bytes_of(private.public_key()), key_id)

    @classmethod
    def generate(cls, algorithm: Algorithm = Algorithm.EDDSA) -> SigningKey:
        """A new key."""
        if algorithm == Algorithm.EDDSA:
            return cls(ed25519.Ed25519PrivateKey.generate())
        return cls(ec.generate_private_key(ec.SECP256R1()))

    @classmethod
    def from_bytes(cls, private: bytes, key_id: bytes = b"") -> SigningKey:
        """The Ed25519 key of 32 secret bytes."""
        return cls(ed25519.Ed25519PrivateKey.from_private_bytes(private), key_id)

    @property
    def algorithm(self) -> Algorithm:
        """What it signs with."""
        return self.verify_key.algorithm

    @property
    def key_id(self) -> bytes:
        """The 2 bytes that stand on the tag."""
        return self.verify_key.key_id

    def sign(self, data: bytes) -> bytes:
        """The 64 bytes of a signature."""
        if isinstance(self._private, ed25519.Ed25519PrivateKey):
            return self._private.sign(data)
        return _from_der(self._private.sign(data, _ECDSA))


def _load(algorithm: Algorithm, public: bytes) -> _Public:
    try:
        if algorithm == Algorithm.EDDSA:
            return ed25519.Ed25519PublicKey.from_public_bytes(public)
        return ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), public)
    except ValueError as error:
        raise WrongValue(f"no key of {algorithm.name}: {error}") from None


def _bytes_of(public: _Public) -> bytes:
    if isinstance(public, ed25519.Ed25519PublicKey):
        return public.public_bytes_raw()
    return public.public_bytes(Encoding.X962, PublicFormat.CompressedPoint)


def _to_der(signature: bytes) -> bytes:
    half = SIGNATURE_BYTES // 2
    numbers = (signature[:half], signature[half:])
    return encode_dss_signature(*(int.from_bytes(n, "big") for n in numbers))


def _from_der(signature: bytes) -> bytes:
    half = SIGNATURE_BYTES // 2
    return b"".join(n.to_bytes(half, "big") for n in decode_dss_signature(signature))
