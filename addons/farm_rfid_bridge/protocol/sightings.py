"""From the body of an event to the tags that were seen."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from farmtag import TagError, epc, lineage

from .body import Body
from .problems import Damaged

MOST_TAGS = 1_000
#: seconds; a tag that was seen longer ago than that has a device with a wrong clock
LONGEST_AGO = 86_400.0
MILLISECONDS = 1_000
CANONICAL = re.compile("[0-9A-HJKMNP-TV-Z]{8}(-[0-9A-HJKMNP-TV-Z]{2})+")


class Sighting(NamedTuple):
    """A tag that was seen, by all that it says of itself; "" what it does not.

    - ``uid``: of the chip, in hex
    - ``code``, ``parent``: lineage code, and that of what it was split from
    - ``epc``: URN, or the bits in hex where they are no name that is known
    - ``gtin``, ``number``: of a trade item, with its serial or lot number
    - ``sscc``: of a logistic unit
    - ``ago``, ``dwell``: seconds between the last sight and the event, and for how long
    """

    uid: str
    code: str
    parent: str
    epc: str
    gtin: str
    number: str
    sscc: str
    ago: float
    dwell: float
    times: int
    rssi: int | None

    @property
    def name(self) -> str:
        """What it is called where nothing is known of it."""
        return self.code or self.epc or self.uid


def read_sightings(body: Body) -> list[Sighting]:
    """:raises Damaged: if a tag says nothing of itself, or its times are nonsense"""
    at = body.number("at")
    return [_sighting(tag, at) for tag in body.each("tags", most=MOST_TAGS)]


def _sighting(tag: Body, at: int) -> Sighting:
    uid = (tag.optional("binary", "uid", longest=16) or b"").hex()
    code, parent = _code(tag.optional("text", "code", longest=40) or "")
    name, key = _epc(tag)
    if not (uid or code or name):
        raise Damaged(f"{tag.where}a tag says nothing of itself")
    first = tag.optional("number", "first")
    last = tag.optional("number", "last")
    last = first if last is None else last
    first = last if first is None else first
    if first is not None and first > last:
        raise Damaged(f"{tag.where}it was seen last before it was seen first")
    return Sighting(
        uid,
        code,
        parent,
        name,
        *key,
        ago=0.0 if last is None else _seconds(at - last),
        dwell=0.0 if last is None else (last - first) / MILLISECONDS,
        times=tag.optional("number", "n", least=1, most=2**31 - 1) or 1,
        rssi=tag.optional("number", "rssi", least=-1_000, most=1_000),
    )


def _seconds(milliseconds: int) -> float:
    return min(max(milliseconds / MILLISECONDS, 0.0), LONGEST_AGO)


def _code(text: str) -> tuple[str, str]:
    """A code as it is written, and that of its parent."""
    if not text:
        return "", ""
    try:
        code = lineage.parse(text)
    except TagError:
        return text.strip(), ""
    # Most are written as they should be, and many have the same parent.
    name = text if CANONICAL.fullmatch(text) else str(code)
    return name, _name(code.parent) if code.parent else ""


@lru_cache(maxsize=1_024)
def _name(code: lineage.LineageCode) -> str:
    return str(code)


def _epc(tag: Body) -> tuple[str, tuple[str, str, str]]:
    """The URN, and GTIN, number and SSCC."""
    given = tag.values.get("epc")
    if given is None:
        return "", ("", "", "")
    is_text = isinstance(given, str)
    name = tag.text("epc", 200) if is_text else tag.binary("epc", 64).hex()
    try:
        bits = None if is_text else bytes.fromhex(name)
        named = epc.from_urn(name) if bits is None else epc.from_bits(bits).epc
    except TagError:
        return name, ("", "", "")
    return named.urn, _key(named)


def _key(named: epc.Epc) -> tuple[str, str, str]:
    if isinstance(named, epc.Sscc):
        return "", "", named.sscc
    number = getattr(named, "serial", "") or getattr(named, "lot", "")
    return named.gtin, number, ""
