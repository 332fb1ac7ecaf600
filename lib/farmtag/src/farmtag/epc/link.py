"""GS1 Digital Links of a trade item, a lot, a unit, a logistic unit.

``https://host/01/GTIN/10/lot?30=11``; the path may have anything before the key.
"""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import parse_qsl, quote

from ..errors import Damaged, NotOurs, WrongValue
from .identity import Epc, Gtin, Lgtin, Sgtin, Sscc, split_key
from .quantity import LotQuantity, from_attribute
from .text import unescaped

STEM = "https://id.gs1.org"
_LINK = re.compile(
    r"https?://[A-Za-z0-9.\-:\[\]]+(?:/[!-~]*?)?/"
    r"(?:00/(?P<sscc>\d{18})|01/(?P<gtin>\d{14})"
    r"(?:/10/(?P<lot>.+?))?(?:/21/(?P<serial>.+))?)",
    re.ASCII,
)


class Linked(NamedTuple):
    """What a link names; a unit may also say its lot, a lot its quantity."""

    epc: Epc
    lot: Lgtin | None = None
    quantity: LotQuantity | None = None


def to_link(epc: Epc, stem: str = STEM, lot: str = "") -> str:
    """The link of something.

    :param stem: what comes before the key: a web address without query
    :param lot: of a unit with a serial, its lot number
    """
    if isinstance(epc, Sscc):
        return f"{stem}/00/{epc.sscc}"
    link = f"{stem}/01/{epc.gtin}"
    lot = epc.lot if isinstance(epc, Lgtin) else lot
    link += f"/10/{quote(lot, safe='')}" if lot else ""
    if isinstance(epc, Sgtin):
        link += f"/21/{quote(epc.serial, safe='')}"
    return link


def to_quantity_link(amount: LotQuantity, stem: str = STEM) -> str:
    """The link of a lot with how much of it there is.

    :raises WrongValue: if a link cannot say that
    """
    code, value = amount.to_attribute()
    return f"{to_link(amount.lot, stem)}?{code}={value}"


def from_link(link: str, prefix_digits: int, check: bool = True) -> Linked:
    """What a link names.

    :param prefix_digits: of the company prefix, which the link does not tell
    :param check: look at check digits
    :raises NotOurs: if it is no link with one of these keys
    :raises Damaged: if digits or characters are wrong
    """
    address, _mark, query = link.partition("#")[0].partition("?")
    found = _LINK.fullmatch(address)
    if not found:
        raise NotOurs(f"no Digital Link of an item, a lot or a unit: {link!r}")
    try:
        return _linked(found, query, prefix_digits, check)
    except WrongValue as error:
        raise Damaged(f"{link}: {error}") from None


def _linked(found: re.Match[str], query: str, digits: int, check: bool) -> Linked:
    sscc, gtin, number, serial = found.groups()
    if sscc:
        return Linked(Sscc(*split_key(sscc, digits, check)))
    key = split_key(gtin, digits, check)
    lot = Lgtin(*key, unescaped(number)) if number else None
    if serial:
        return Linked(Sgtin(*key, unescaped(serial)), lot)
    if lot:
        return Linked(lot, lot, _quantity(lot, query))
    return Linked(Gtin(*key))


def _quantity(lot: Lgtin, query: str) -> LotQuantity | None:
    found = [from_attribute(lot, code, value) for code, value in parse_qsl(query)]
    return next((one for one in found if one), None)
