"""Secrets and names on a disk that somebody may take away.

With a key of the platform they are encrypted (AES-256-GCM), each for its own place.

Not covered, with or without a key: what the journal says (codes, weights, times), the
log of writes, numbers of farmers, cards and certificates, how much there is, the memory
of a running device, and whoever has the disk *and* the key. A key in a file on the same
disk is no protection from who takes the disk; a systemd credential sealed to a TPM is.
Flash may keep older copies of what was written before there was a key.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from .errors import StoreLocked

CREDENTIAL = "farm-edge.key"
SHORTEST = 32
_PLAIN, _LOCKED = b"\x00", b"\x01"
_NONCE_BYTES = 12
_INFO = b"farm-edge store"


class Vault:
    """Locks what is private, if there is a key; else leaves it as it is."""

    def __init__(self, key: bytes | None = None) -> None:
        self._cipher = None
        if key is not None:
            derived = HKDF(SHA256(), 32, salt=None, info=_INFO).derive(_long(key))
            self._cipher = AESGCM(derived)

    @property
    def has_key(self) -> bool:
        """Whether what is locked now is encrypted."""
        return self._cipher is not None

    def lock(self, content: bytes, place: str) -> bytes:
        """What is stored of a content.

        :param place: names the row; elsewhere it cannot be opened
        """
        if self._cipher is None:
            return _PLAIN + content
        nonce = secrets.token_bytes(_NONCE_BYTES)
        return _LOCKED + nonce + self._cipher.encrypt(nonce, content, place.encode())

    def unlock(self, stored: bytes, place: str) -> bytes:
        """The content.

        :raises StoreLocked: without the key, or if it was altered or moved
        """
        if stored[:1] == _PLAIN:
            return stored[1:]
        if self._cipher is None:
            raise StoreLocked(f"{place} is locked, and the platform gives no key")
        nonce, content = stored[1 : 1 + _NONCE_BYTES], stored[1 + _NONCE_BYTES :]
        try:
            return self._cipher.decrypt(nonce, content, place.encode())
        except (InvalidTag, ValueError):
            raise StoreLocked(f"{place} does not open with this key") from None


def is_locked(stored: bytes) -> bool:
    """Whether it is encrypted."""
    return stored[:1] == _LOCKED


def platform_key(file: Path | None = None) -> bytes | None:
    """The key that the platform gives, or None.

    :param file: where it lies; by default the systemd credential ``farm-edge.key``
    :raises StoreLocked: if a file is named and cannot be used
    """
    if file is None:
        folder = os.environ.get("CREDENTIALS_DIRECTORY")
        if not folder or not (Path(folder) / CREDENTIAL).exists():
            return None
        file = Path(folder) / CREDENTIAL
    try:
        return _long(file.read_bytes().strip())
    except OSError as error:
        raise StoreLocked(f"The key in {file} cannot be read: {error}") from None


def _long(key: bytes) -> bytes:
    if len(key) < SHORTEST:
        raise StoreLocked(f"The key of the store has {SHORTEST} bytes or more")
    return key
