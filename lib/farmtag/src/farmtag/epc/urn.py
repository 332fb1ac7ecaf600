"""EPC URNs: ``urn:epc:id:sgtin:0614141.112345.400``."""

from __future__ import annotations

import re

from ..errors import Damaged, NotOurs, WrongValue
from .identity import Epc, Gtin, Lgtin, Sgtin, Sscc
from .text import unescaped

_KEY = r"([0-9]+)\.([0-9]+)(?:\.(.+))?"
_URN = re.compile(rf"urn:epc:(id|class|idpat):([a-z]+):{_KEY}")
_SCHEMES = {("id", "sgtin"), ("class", "lgtin"), ("idpat", "sgtin"), ("id", "sscc")}
_ANY = "*"


def from_urn(urn: str) -> Epc:
    """What a URN names.

    :raises NotOurs: if it is no URN of these schemes
    :raises Damaged: if digits or characters are wrong
    """
    found = _URN.fullmatch(urn)
    if not found or (found[1], found[2]) not in _SCHEMES:
        raise NotOurs(f"no SGTIN, LGTIN or SSCC: {urn!r}")
    kind, scheme, prefix, reference, rest = found.groups()
    try:
        return _epc(kind + scheme, prefix, reference, rest)
    except WrongValue as error:
        raise Damaged(f"{urn}: {error}") from None


def _epc(scheme: str, prefix: str, reference: str, rest: str | None) -> Epc:
    if scheme == "idsscc" and rest is None:
        return Sscc(prefix, reference)
    if scheme == "idpatsgtin" and rest == _ANY:
        return Gtin(prefix, reference)
    if scheme == "idsgtin" and rest:
        return Sgtin(prefix, reference, unescaped(rest))
    if scheme == "classlgtin" and rest:
        return Lgtin(prefix, reference, unescaped(rest))
    raise WrongValue("it has too few parts or too many")
