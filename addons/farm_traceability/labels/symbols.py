"""Symbols: what they carry, their modules, and how large these must be.

Sizes are those of the GS1 General Specifications, section 5.12: the least width of a
module, the largest, and the quiet zones in modules.
"""

import re
from functools import lru_cache
from typing import NamedTuple

import zxingcpp

from ..gs1 import (
    Element,
    Gs1Error,
    check,
    human_readable,
    identifiers,
    ordered,
    symbol_text,
    write,
    write_link,
)
from ..gs1.code128 import bars, gs1_codewords
from .errors import LabelError

LONGEST_GS1_128 = 48
DARK = re.compile(rb"\x00+")
#: of an EAN-13: modules of its guards that reach down between the digits
GUARDS = (0, 2, 46, 48, 92, 94)
GUARD_DEPTH = 5


class Sizes(NamedTuple):
    """Of a kind of symbol: modules in mm, quiet zones in modules."""

    least: float
    most: float
    left: int
    right: int
    above: int = 0
    below: int = 0


SIZES = {
    "gs1_128": Sizes(0.25, 1.016, 10, 10),
    "ean13": Sizes(0.264, 0.66, 11, 7),
    "gs1_datamatrix": Sizes(0.254, 0.99, 1, 1, 1, 1),
    "digital_link": Sizes(0.396, 0.99, 4, 4, 4, 4),
}


class Symbol(NamedTuple):
    """A symbol to draw.

    - ``rows``: its rows of modules, ``\\x00`` where they are dark; bars have one row
    - ``data``: elements, of an EAN-13 its digits, of a Digital Link its address
    - ``text``: what people read below it
    - ``words``: the code words of a GS1-128
    """

    kind: str
    rows: tuple
    data: tuple | str
    text: str
    words: tuple = ()

    @property
    def is_bars(self):
        return len(self.rows) == 1

    @property
    def columns(self):
        return len(self.rows[0])

    @property
    def sizes(self):
        return SIZES[self.kind]

    @property
    def full_columns(self):
        """With its quiet zones."""
        return self.columns + self.sizes.left + self.sizes.right

    @property
    def full_rows(self):
        return len(self.rows) + self.sizes.above + self.sizes.below


def runs(row):
    """The dark stretches of a row: first module, and the one behind the last."""
    return [one.span() for one in DARK.finditer(row)]


def rectangles(rows):
    """The dark rectangles of a symbol: left, right, top and bottom edge in modules."""
    open_ = {}
    for at, row in enumerate([*rows, b""]):
        going_on = {run: open_.pop(run, at) for run in runs(row)}
        for (left, right), top in open_.items():
            yield left, right, top, at
        open_ = going_on


def make_symbol(block, values):
    """The symbol of a block; ``None`` if it carries only what may be missing and is.

    The values were checked by :func:`check_together`.

    :raises LabelError: if a value is missing or wrong
    """
    elements = _elements(block, values)
    if not elements:
        return None
    try:
        return _MAKERS[block.kind](elements, values.domain)
    except Gs1Error as error:
        raise block.error("symbol_data", problem=error) from error
    except LabelError as error:
        error.values.setdefault("block", block.name)
        raise


def check_together(blocks, values):
    """Values must be right, and what all symbols of a label say must go together.

    :raises LabelError: if it does not
    """
    carriers = {}
    for block in blocks:
        for element in _elements(block, values):
            carriers.setdefault(element, block)
    try:
        for element in carriers:
            identifiers.get(element.code)
        check(tuple(carriers))
    except Gs1Error as error:
        block = _carrier(carriers, error)
        raise block.error("symbol_data", problem=error) from error


def _elements(block, values):
    elements = []
    for code, is_needed in block.terms:
        value = values.elements.get(code)
        if value:
            elements.append(Element(code, value))
        elif is_needed:
            raise block.error("value_missing", ai=code)
    return elements


def _carrier(carriers, error):
    """The block whose symbol has the identifier that an error names."""
    code = error.ai or error.values.get("ai") or error.values.get("later")
    blocks = [block for element, block in carriers.items() if element.code == code]
    return (blocks or list(carriers.values()))[0]


def _gs1_128(elements, _domain):
    elements = ordered(elements)
    if sum(len(code) + len(value) for code, value in elements) > LONGEST_GS1_128:
        raise LabelError("symbol_too_long", data=human_readable(elements))
    words = gs1_codewords(write(elements))
    return Symbol("gs1_128", (bars(words),), elements, _readable(elements), words)


def _gs1_datamatrix(elements, _domain):
    elements = ordered(elements)
    form = zxingcpp.BarcodeFormat.DataMatrix
    options = {"gs1": True, "force_square": True}
    rows = _rows(symbol_text(elements), form, human_readable(elements), **options)
    return Symbol("gs1_datamatrix", rows, elements, _readable(elements))


def _digital_link(elements, domain):
    stem = domain if "://" in domain else f"https://{domain}"
    link = write_link(elements, stem)
    rows = _rows(link, zxingcpp.BarcodeFormat.QRCode, link, ec_level="M")
    return Symbol("digital_link", rows, link, link)


def _ean13(elements, _domain):
    gtin = next((value for code, value in elements if code == "01"), "")
    digits = gtin[1:]
    if not gtin.startswith("0") or digits.startswith("00000"):
        raise LabelError("not_ean13", gtin=gtin or "–")
    rows = _rows(digits, zxingcpp.BarcodeFormat.EAN13, digits)
    return Symbol("ean13", rows, digits, digits)


_MAKERS = {
    "gs1_128": _gs1_128,
    "gs1_datamatrix": _gs1_datamatrix,
    "digital_link": _digital_link,
    "ean13": _ean13,
}


def _readable(elements):
    return " ".join(f"({code}){value}" for code, value in elements)


def _rows(content, form, shown, **options):
    try:
        return _drawn(content, form, tuple(options.items()))
    except ValueError as error:
        raise LabelError("symbol_too_long", data=shown) from error


@lru_cache(maxsize=100)
def _drawn(content, form, options):
    """The rows of modules, without quiet zones; of bars only one."""
    barcode = zxingcpp.create_barcode(content, form, **dict(options))
    image = barcode.to_image(scale=1, add_hrt=False, add_quiet_zones=False)
    height, width = image.shape
    pixels = bytes(memoryview(image))
    if form == zxingcpp.BarcodeFormat.EAN13:
        # Bars look alike at any height but at their ends.
        middle = height // 2 * width
        return (pixels[middle : middle + width],)
    return tuple(pixels[at : at + width] for at in range(0, len(pixels), width))
