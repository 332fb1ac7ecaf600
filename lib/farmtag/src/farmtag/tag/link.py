"""Links on tags: where the chip mirrors its UID, and what a fragment carries.

``https://host/…?m=00000000000000`` has room for a UID; ``https://host/#W…`` has a
signed payload: the character of its form, then base64url of ``key id (2) ‖ payload ‖
signature (64)``.
"""

from __future__ import annotations

import base64
import re
from typing import NamedTuple

from ..envelope import sign1
from ..envelope.keys import KEY_ID_BYTES, SIGNATURE_BYTES
from ..envelope.sign1 import Sign1
from ..payload.forms import Form, from_number

_CHARACTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_LEAST = KEY_ID_BYTES + SIGNATURE_BYTES + len("{}")
_FRAGMENT = re.compile(r"[A-Za-z0-9_-]+")
UID_BYTES = 7
_NO_UID = "0" * 2 * UID_BYTES
_MIRROR = re.compile(r"(?<=[?&]m=)[0-9A-F]{14}\Z")
_LINK = re.compile(r"https://[!-~]+")


class Parts(NamedTuple):
    """A link taken apart.

    - ``link``: without fragment, zeros in the place of the mirrored UID
    - ``mirrored``: the UID that the chip put there, if it did
    """

    link: str
    fragment: str
    mirrored: bytes | None


def is_link(text: str) -> bool:
    """Whether a tag can carry it: https, ASCII, no fragment, no UID of its own."""
    return bool(_LINK.fullmatch(text)) and take_apart(text) == (text, "", None)


def take_apart(uri: str) -> Parts:
    """The parts of the link on a tag."""
    link, _hash, fragment = uri.partition("#")
    found = _MIRROR.search(link)
    shown = found.group() if found else _NO_UID
    mirrored = None if shown == _NO_UID else bytes.fromhex(shown)
    return Parts(_MIRROR.sub(_NO_UID, link), fragment, mirrored)


def with_mirror(link: str) -> str:
    """The link with room for the UID at its end."""
    return f"{link}{'&' if '?' in link else '?'}m={_NO_UID}"


def mirror_at(message: bytes) -> int | None:
    """The byte of a message where the chip is to put its UID, if anywhere."""
    at = message.find(f"m={_NO_UID}".encode())
    return None if at < 0 else at + len("m=")


def to_fragment(signed: Sign1, form: Form) -> str:
    """What is signed, for a link; forms up to version 3 have a character."""
    data = signed.key_id + signed.payload + signed.signature
    text = base64.urlsafe_b64encode(data).decode().rstrip("=")
    return _CHARACTERS[form.number] + text


def from_fragment(fragment: str) -> Sign1 | None:
    """What is signed, ``None`` if a fragment is not one of ours."""
    if not _FRAGMENT.fullmatch(fragment):
        return None
    data = _bytes_of(fragment[1:])
    if len(data) < _LEAST:
        return None
    content_type = from_number(_CHARACTERS.index(fragment[0])).content_type
    key_id, rest = data[:KEY_ID_BYTES], data[KEY_ID_BYTES:]
    payload, signature = rest[:-SIGNATURE_BYTES], rest[-SIGNATURE_BYTES:]
    return sign1.bare(content_type, key_id, payload, signature)


def _bytes_of(text: str) -> bytes:
    """The bytes of base64url without padding; none if it is something else."""
    if len(text) % 4 == 1:
        return b""
    data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    again = base64.urlsafe_b64encode(data).decode().rstrip("=")
    return data if again == text else b""
