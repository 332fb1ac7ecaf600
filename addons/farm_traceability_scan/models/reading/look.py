"""What a scan looks like, before anybody asks what it means here."""

import re
from typing import NamedTuple

from odoo.addons.farm_traceability.gs1 import Gs1Error, read_anything, read_epc
from odoo.addons.farm_traceability.gs1.values import read_dates, read_measure

# Nothing that is scanned is longer: a QR code holds up to 4,296 characters.
LONGEST = 4_300
EPC = re.compile("urn:epc:", re.IGNORECASE)
LINK = re.compile(r"https?://", re.IGNORECASE)
# A root, up to four steps and two check symbols, in Crockford's letters; a date with a
# number behind it is none.
LINEAGE = re.compile(
    r"(?=[0-9]*[A-Z])[0-9A-HJKMNP-TV-Z]{8}(-[0-9A-HJKMNP-TV-Z]{2}){1,5}"
)
# Letters that nobody tells from digits, as people write them from a label.
READ_AS = str.maketrans("OIL", "011")
DATES = {"11": "made", "13": "packed", "15": "best_before", "17": "expiry"}
KEYS = {"00": "sscc", "01": "gtin", "02": "content", "10": "lot", "21": "serial"}
PLACES = {"414": "gln", "254": "extension"}
COUNTS = {"30", "37"}
WEIGHT = "310"


class Look(NamedTuple):
    """What is written on a symbol, or was typed.

    - ``kind``: ``gs1``, ``link``, ``epc``, ``text``, or ``wrong``
    - ``text``: without symbology identifier and spaces around it
    - ``keys``: digits or names by what they identify, of :data:`KEYS`
    - ``dates``: ``{name: date}``, names of :data:`DATES`, the last day of each
    - ``count``: pieces, None if it does not say; ``weight``: net, in kg, likewise
    - ``problem``: the :class:`Gs1Error` of what is wrong
    """

    kind: str
    text: str
    keys: dict = {}
    dates: dict = {}
    count: int | None = None
    weight: float | None = None
    problem: Gs1Error | None = None


def look_at(data):
    """What a scan looks like; never raises, whatever is in it.

    :param str data: as the scanner sent it, or as it was typed
    :rtype: Look
    """
    data = plain(data).strip(" \t\r\n")
    try:
        if EPC.match(data):
            return _of_elements("epc", data, read_epc(data))
        scan = read_anything(data)
        kind = "link" if LINK.match(scan.text) else "gs1"
        if not scan.elements:
            return Look("text", scan.text.strip())
        return _of_elements(kind, scan.text, scan.elements)
    except Gs1Error as error:
        return Look("wrong", data, problem=error)


def lineage_code(text):
    """A text as a lineage code, as it is written on tags; empty if it is none."""
    code = text.upper().translate(READ_AS)
    return code if LINEAGE.fullmatch(code) else ""


def plain(text):
    """A text as the database takes it."""
    known = text[:LONGEST].replace("\x00", "")
    return known.encode("utf-8", "replace").decode()


def _of_elements(kind, text, elements):
    values = dict(elements)
    return Look(
        kind,
        text,
        {
            name: values[code]
            for code, name in (KEYS | PLACES).items()
            if code in values
        },
        {
            name: read_dates((code, values[code]))[-1]
            for code, name in DATES.items()
            if code in values
        },
        next((int(values[code]) for code in COUNTS if code in values), None),
        next(
            (float(read_measure(one)) for one in elements if one.code[:3] == WEIGHT),
            None,
        ),
    )
