"""Where a device goes on in a snapshot, as a token that it cannot make itself."""

import base64
import binascii
import hmac
from collections.abc import Callable, Mapping
from typing import NamedTuple

from .problems import BadToken, Damaged

LARGEST = 2**31 - 1
LONGEST = 256
Sign = Callable[[str], str]


class Resume(NamedTuple):
    """A place in a snapshot.

    - ``device``, ``scope``: whose, and of which region (0: all of the device's)
    - ``since``: the number up to which the device was before; 0 if it has nothing
    - ``upto``: the last number of this snapshot
    - ``after``: the number up to which it was sent
    """

    device: int
    scope: int
    since: int
    upto: int
    after: int


class Asked(NamedTuple):
    """What a device asks of a snapshot: a region, or all; from a number on; a page."""

    region: str = ""
    since: int = 0
    token: str = ""


def read_asked(parameters: Mapping[str, str]) -> Asked:
    """:raises Damaged: if a parameter is none of these"""
    strange = set(parameters) - set(Asked._fields)
    if strange:
        raise Damaged("A snapshot is asked by region, since and token")
    since = parameters.get("since") or "0"
    if not (since.isascii() and since.isdigit() and int(since[:20]) <= LARGEST):
        raise Damaged(f"since is no number from 0 to {LARGEST}")
    region, token = parameters.get("region", ""), parameters.get("token", "")
    if len(region) > LONGEST or len(token) > LONGEST or "\x00" in region + token:
        raise Damaged(f"region and token are texts of at most {LONGEST} characters")
    return Asked(region, int(since), token)


def write_token(resume: Resume, sign: Sign) -> str:
    """The token of a place."""
    text = ".".join(str(number) for number in resume)
    return (
        base64.urlsafe_b64encode(f"{text}.{sign(text)}".encode()).decode().rstrip("=")
    )


def read_token(token: str, sign: Sign) -> Resume:
    """The place that a token stands for.

    :raises BadToken: if this server did not make it
    """
    try:
        padded = token + "=" * (-len(token) % 4)
        raw = base64.b64decode(padded.encode("ascii"), b"-_", validate=True)
        text, _dot, signature = raw.decode("ascii").rpartition(".")
    except (ValueError, binascii.Error):
        raise BadToken() from None
    if not hmac.compare_digest(signature, sign(text)):
        raise BadToken()
    return Resume(*(int(number) for number in text.split(".")))
