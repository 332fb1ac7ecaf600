"""Secrets that lie in the database and are of no use to whoever has only that.

They are encrypted under a master secret from the server's environment, each for one
record: what is copied to another record cannot be opened there.
"""

import os
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

VARIABLE = "FARM_RFID_KEY_SECRET"
SHORTEST = 32
NONCE_BYTES = 12


class NoMaster(Exception):
    """The environment has no master secret, or one that is too short."""


class Locked(Exception):
    """It was locked under another master secret, for another record, or altered."""


def lock(content: bytes, subject: str) -> bytes:
    """What is stored: a nonce of 12 bytes, ciphertext, tag.

    :param subject: names the record that it is good for
    :raises NoMaster: without a master secret
    """
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + _cipher().encrypt(nonce, content, subject.encode())


def unlock(locked: bytes, subject: str) -> bytes:
    """What was locked.

    :raises NoMaster: without a master secret
    :raises Locked: if it cannot be opened
    """
    nonce, content = locked[:NONCE_BYTES], locked[NONCE_BYTES:]
    try:
        return _cipher().decrypt(nonce, content, subject.encode())
    except (InvalidTag, ValueError):
        raise Locked(subject) from None


def _cipher() -> AESGCM:
    master = os.environ.get(VARIABLE, "")
    if len(master) < SHORTEST:
        raise NoMaster(f"{VARIABLE} needs {SHORTEST} characters or more")
    kdf = HKDF(SHA256(), 32, salt=None, info=b"farm rfid signing keys")
    return AESGCM(kdf.derive(master.encode()))
