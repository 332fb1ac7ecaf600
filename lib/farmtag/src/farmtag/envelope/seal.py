"""Sealed parts that only the server reads: X25519, HKDF-SHA256, ChaCha20-Poly1305.

``key id (2) ‖ ephemeral public key (32) ‖ ciphertext and tag``. Each seal has a key of
its own, so that its nonce can be zero.
"""

from __future__ import annotations

from collections.abc import Mapping

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import (
    X25519PrivateKey,
    X25519PublicKey,
)
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from ..errors import Damaged, Forged, UnknownKey
from ..lineage import LineageCode
from .keys import KEY_ID_BYTES

OVERHEAD = KEY_ID_BYTES + 32 + 16
_NONCE = bytes(12)


def seal(
    content: bytes,
    subject: LineageCode,
    key_id: bytes,
    server: X25519PublicKey,
    ephemeral: X25519PrivateKey | None = None,
) -> bytes:
    """Encrypt for the server; 50 bytes longer than the content.

    :param subject: the code of the card or container; it is good for no other
    :param key_id: 2 bytes that name the server's key
    :param ephemeral: a key for this seal alone, made anew by default
    """
    ephemeral = ephemeral or X25519PrivateKey.generate()
    public = ephemeral.public_key().public_bytes_raw()
    cipher = _cipher(ephemeral.exchange(server), public, server)
    locked = cipher.encrypt(_NONCE, content, _bond(key_id, subject))
    return key_id + public + locked


def unseal(
    sealed: bytes, subject: LineageCode, keys: Mapping[bytes, X25519PrivateKey]
) -> bytes:
    """What was sealed.

    :param keys: the server's keys, old and new, by their id
    :raises Damaged: if it is too short
    :raises UnknownKey: without the key
    :raises Forged: if it was not sealed for this key and subject
    """
    if len(sealed) < OVERHEAD:
        raise Damaged("the sealed part is cut")
    key_id, rest = sealed[:KEY_ID_BYTES], sealed[KEY_ID_BYTES:]
    if key_id not in keys:
        raise UnknownKey(f"no sealing key has the id {key_id!r}")
    public, locked, private = rest[:32], rest[32:], keys[key_id]
    try:
        secret = private.exchange(X25519PublicKey.from_public_bytes(public))
        cipher = _cipher(secret, public, private.public_key())
        return cipher.decrypt(_NONCE, locked, _bond(key_id, subject))
    except (InvalidTag, ValueError):
        raise Forged("the sealed part is not for this key and subject") from None


def _cipher(secret: bytes, public: bytes, server: X25519PublicKey) -> ChaCha20Poly1305:
    salt = public + server.public_bytes_raw()
    key = HKDF(SHA256(), 32, salt=salt, info=b"farmtag seal").derive(secret)
    return ChaCha20Poly1305(key)


def _bond(key_id: bytes, subject: LineageCode) -> bytes:
    return key_id + subject.to_bytes()
