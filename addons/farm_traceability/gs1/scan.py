"""What scanners send: a symbology identifier, then the data (ISO/IEC 15424).

Sections 5.10 and 7.8 of the GS1 General Specifications.
"""

import re
from typing import NamedTuple

from .errors import Gs1Error
from .link import Reading, read_link
from .linters.checks import check_digit, csum
from .message import GS, Element, read, read_bracketed, text_of

COMPOSITE = "]e0"
JOINT = "|" + COMPOSITE
# Links of the years before GTINs had to be written with fourteen digits.
READING = Reading(short_gtins=True)
IDENTIFIER = re.compile(r"\][A-Za-z][0-9A-Za-z]")
GTIN = re.compile(r"[0-9]{8}|[0-9]{12,14}")
ELEMENTS = re.compile(r"0[0-3][0-9]{14}")
LINK = re.compile(r"https?://|HTTPS?://")


class Kind(NamedTuple):
    """A symbology: ``plain`` and ``gs1`` are its identifiers for plain text and for
    element strings, None if it has none; ``digits`` is the length of a symbol that
    carries a GTIN and nothing else.
    """

    plain: str | None = None
    gs1: str | None = None
    digits: int | None = None


KINDS = {
    "GS1-128": Kind(gs1="]C1"),
    "Code 128": Kind(plain="]C0"),
    "EAN-13": Kind(plain="]E0", digits=13),
    "UPC-A": Kind(plain="]E0", digits=12),
    "UPC-E": Kind(plain="]E0", digits=12),
    "EAN-8": Kind(plain="]E4", digits=8),
    "ITF-14": Kind(plain="]I1", digits=14),
    "GS1 DataBar Expanded": Kind(gs1="]e0"),
    "GS1 DataBar": Kind(gs1="]e0", digits=14),
    "GS1 DataBar Limited": Kind(gs1="]e0", digits=14),
    "Data Matrix": Kind(plain="]d1", gs1="]d2"),
    "QR Code": Kind(plain="]Q1", gs1="]Q3"),
    "DotCode": Kind(plain="]J0", gs1="]J1"),
}
PLAIN = {kind.plain: name for name, kind in reversed(KINDS.items()) if kind.plain}
# ]d8 is the Data Matrix with further rectangles, which some software makes.
GS1 = {"]C1": "GS1-128", "]e0": "GS1 DataBar Expanded", "]d8": "Data Matrix"} | {
    kind.gs1: name for name, kind in KINDS.items() if kind.plain and kind.gs1
}


class Scan(NamedTuple):
    """What a scan says.

    - ``identifier``: of the symbology, such as ``]d2``; None when none was sent
    - ``symbol``: the symbology's name, one of ``KINDS``; None when none was sent
    - ``text``: the data without symbology identifiers
    - ``elements``: of the message, of the Digital Link or of the number; empty for
      text that is none of them
    - ``primary``: the digits of an EAN, UPC or ITF symbol
    - ``composite``: the message of a composite component above such a symbol
    """

    identifier: str | None
    symbol: str | None
    text: str
    elements: tuple = ()
    primary: str = ""
    composite: str = ""


def read_scan(data):
    """What a scanner has sent, with its symbology identifier.

    :rtype: Scan
    :raises Gs1Error: for the first thing that is wrong; a web address must be a
        Digital Link
    """
    scan = _identified(text_of(data))
    if not scan.symbol:
        raise Gs1Error("scan_unknown_identifier", text=scan.identifier).within(data)
    return _read_content(scan)


def read_anything(data):
    """What a scanner or a person gives, with or without a symbology identifier.

    Without one, it is told by its look. Brackets, a separator or a primary key in a web
    address say that GS1 is meant: what is wrong is then an error. Digits alone can be
    anything: they have elements when all is right, a check digit too, and are text
    without elements otherwise. So is what symbols hold that GS1 does not use.

    :rtype: Scan
    """
    text = text_of(data)
    scan = _identified(text) if IDENTIFIER.match(text) else Scan(None, None, text)
    try:
        return _read_content(scan) if scan.identifier else _guess(scan)
    except Gs1Error as error:
        if error.code != "link_no_key":
            raise
        return scan


def scan_data(symbol, message, composite=""):
    """What a scanner sends for a symbol with this content.

    :param symbol: one of ``KINDS``
    :param message: an element string that starts with ``GS``; plain text; or the
        digits of a GTIN
    :param composite: an element string that starts with ``GS``
    :raises Gs1Error: if the symbol cannot carry it
    """
    if symbol not in KINDS:
        raise Gs1Error("scan_unknown_symbol", symbol=symbol)
    kind = KINDS[symbol]
    if composite and not composite.startswith(GS):
        raise Gs1Error("scan_needs_identifiers", symbol=symbol)
    if kind.digits:
        return _digits_data(symbol, kind, message, composite)
    is_gs1 = message.startswith(GS)
    if is_gs1:
        read(message)
    if composite:
        return COMPOSITE + _joined(symbol, kind, message, composite)
    if not (kind.gs1 if is_gs1 else kind.plain):
        raise Gs1Error("scan_needs_identifiers", symbol=symbol)
    return kind.gs1 + message[1:] if is_gs1 else kind.plain + message


def _identified(data):
    found = IDENTIFIER.match(data)
    if not found:
        raise Gs1Error("scan_without_identifier").within(data)
    symbology = found.group()
    symbol = GS1.get(symbology) or PLAIN.get(symbology)
    return Scan(symbology, symbol, data[len(symbology) :])


def _read_content(scan):
    if scan.identifier in GS1:
        return scan._replace(elements=read(scan.text))
    if scan.symbol and KINDS[scan.symbol].digits:
        return _read_digits(scan, KINDS[scan.symbol].digits)
    if LINK.match(scan.text):
        return scan._replace(elements=read_link(scan.text, READING))
    return scan


def _guess(scan):
    """The content of a scan without identifier, by its look."""
    text = scan.text
    if GS in text:
        return scan._replace(elements=read(text))
    if re.match(r"\([0-9]", text):
        return scan._replace(elements=read_bracketed(text))
    try:
        if GTIN.fullmatch(text):
            return _read_digits(scan, len(text))
        if ELEMENTS.match(text):
            return scan._replace(elements=read(text))
    except Gs1Error:
        return scan
    return _read_content(scan)


def _read_digits(scan, count):
    primary, joint, composite = scan.text.partition(JOINT)
    if len(primary) != count:
        problem = Gs1Error("scan_digits", count=count, found=len(primary))
        raise problem.within(scan.text)
    try:
        csum(primary)
    except Gs1Error as error:
        raise error.within(primary) from None
    elements = (Element("01", primary.zfill(14)),)
    if joint:
        elements += read(composite)
    return scan._replace(elements=elements, primary=primary, composite=composite)


def _digits_data(symbol, kind, message, composite):
    primary = _primary(symbol, kind, message)
    if kind.gs1:
        return f"{kind.gs1}01{primary}{composite[1:]}"
    text = kind.plain + (primary.zfill(13) if kind.plain == "]E0" else primary)
    return f"{text}{JOINT}{composite[1:]}" if composite else text


def _primary(symbol, kind, message):
    """The digits, with their check digit where it was left out."""
    primary = message.removeprefix(f"{GS}01".ljust(17 - kind.digits, "0"))
    if len(primary) == kind.digits - 1 and primary.isascii() and primary.isdigit():
        primary += check_digit(primary)
    if len(primary) != kind.digits:
        raise Gs1Error("scan_digits", count=kind.digits, found=len(primary))
    csum(primary)
    if symbol == "GS1 DataBar Limited" and primary[0] > "1":
        raise Gs1Error("scan_too_large")
    return primary


def _joined(symbol, kind, message, composite):
    """Linear and composite as one message (section 5.9)."""
    if kind.plain or not message.startswith(GS):
        raise Gs1Error("scan_no_composite", symbol=symbol)
    last = read(message)[-1].identifier
    return message[1:] + ("" if last.is_predefined else GS) + composite[1:]
