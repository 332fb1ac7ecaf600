r"""A receipt as labels of ZPL II: one for the farmer, and one for each bunch.

``^CI28`` makes texts UTF-8; ``^FH\`` lets them have any character, so that no name is a
command. The DataMatrix is drawn by the printer and has the bunch's code.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ...work.view import Piece, Receipt
from ..speech import Speech
from .slip import plain

MM_PER_INCH = 25.4
DPI = 203
#: what ends a field or a command, and the sign of what is written by its number
SPECIAL = {ord(one): f"\\{ord(one):02X}" for one in "\\^~"}
#: of a DataMatrix: no character of a lineage code
ESCAPE = "@"
#: characters that a square symbol has room for, and its modules with the quiet zone
SYMBOLS = ((12, 18), (18, 20), (22, 22), (30, 24), (36, 26), (44, 28))
MARGIN_MM = 2.0
#: how wide a letter of the printer's own font is, as part of its height; wide ones
LETTER = 0.58
#: of the height of a row
LEADING = 1.22
SMALLEST_MM, LARGEST_MM = 1.8, 4.4
#: how narrow letters get, as part of their width, before they get smaller
NARROWEST = 0.72
LARGEST_SYMBOL_MM = 22.0


@dataclass(frozen=True)
class Size:
    """A label; lengths in millimetres."""

    width: float
    height: float
    dpi: int = DPI

    @classmethod
    def of(cls, paper: str) -> Size:
        """Of a setting: ``60x40``, ``60x40@300``."""
        size, _at, dpi = paper.partition("@")
        width, height = size.split("x")
        return cls(float(width), float(height), int(dpi or DPI))

    def dots(self, millimetres: float) -> int:
        """As the printer counts."""
        return round(millimetres * self.dpi / MM_PER_INCH)


@dataclass(frozen=True)
class Row:
    """A text of a label; ``scale``: as much higher than other rows."""

    text: str
    scale: float = 1.0


def labels_of(receipt: Receipt, speech: Speech, size: Size) -> bytes:
    """All labels of a purchase, one after another."""
    labels = [_label(_of_farmer(receipt, speech), "", size)]
    labels += [
        _label(_of_bunch(receipt, piece, speech), piece.code, size)
        for piece in receipt.bunches
    ]
    return "".join(labels).encode()


# -- what stands on it -----------------------------------------------------------------


def _of_farmer(receipt: Receipt, speech: Speech) -> list[Row]:
    """The receipt: what was bought, all together."""
    number = "-".join([receipt.device, *map(str, receipt.events[:1])])
    bunches = speech.count("bunches", len(receipt.bunches))
    hands = speech.count("hands", receipt.hands) if receipt.hands else ""
    return [
        Row(f"{speech.label('receipt.title')} {number}"),
        *_who_and_what(receipt),
        Row(_joined(bunches, hands)),
        Row(f"{speech.label('receipt.total')} {speech.weight(receipt.grams)}", 1.35),
        Row(speech.moment(receipt.at)),
    ]


def _of_bunch(receipt: Receipt, piece: Piece, speech: Speech) -> list[Row]:
    weight = "" if piece.grams is None else speech.weight(piece.grams)
    hands = speech.count("hands", piece.hands) if piece.hands else ""
    day = speech.day(receipt.harvest_date)
    harvest = f"{speech.label('receipt.harvest')} {day}" if day else ""
    return [
        *_who_and_what(receipt),
        Row(_joined(weight, hands), 1.35),
        Row(harvest or speech.moment(receipt.at)),
        Row(f"{piece.number}/{len(receipt.bunches)}   {piece.code}"),
    ]


def _who_and_what(receipt: Receipt) -> list[Row]:
    grade = receipt.grade_name or receipt.grade
    rows = [
        Row(receipt.farmer_name or receipt.farmer, 1.2),
        Row(_joined(receipt.farmer_name and receipt.farmer, receipt.certificate)),
        Row(_joined(receipt.crop_name or receipt.crop, grade)),
    ]
    return [row for row in rows if row.text]


def _joined(*parts: str) -> str:
    """Those that are there; letters that every printer has."""
    return " - ".join(part for part in parts if part)


# -- where it stands -------------------------------------------------------------------


def _label(rows: list[Row], code: str, size: Size) -> str:
    width, height = size.dots(size.width), size.dots(size.height)
    margin = size.dots(MARGIN_MM)
    module = _module(code, size)
    side = module * _modules(code)
    room = width - 2 * margin - (side + margin if code else 0)
    fields = list(_texts(rows, margin, height - 2 * margin, room, size))
    if code:
        fields.append(_matrix(code, width - margin - side, margin, module))
    head = f"^XA^CI28^PW{width}^LL{height}^LH0,0^LT0"
    return "\n".join([head, *fields, "^PQ1^XZ\n"])


def _texts(
    rows: list[Row], margin: int, height: int, room: int, size: Size
) -> Iterator[str]:
    parts = sum(row.scale for row in rows) * LEADING
    one = min(max(height / parts, size.dots(SMALLEST_MM)), size.dots(LARGEST_MM))
    top = float(margin)
    for row in rows:
        letters = int(one * row.scale)
        if top + letters > margin + height:
            return  # a label too low for all of it has what comes first
        text, high, wide = _fitted(row.text, letters, room, size)
        yield f"^FO{margin},{round(top)}^A0N,{high},{wide}{_data(text)}"
        top += letters * LEADING


def _fitted(text: str, letters: int, room: int, size: Size) -> tuple[str, int, int]:
    """A text, how high and how wide its letters are: narrower if it is long, then
    smaller, then cut."""
    clean = plain(text)
    smallest = min(size.dots(SMALLEST_MM), letters)
    most = int(room / (smallest * NARROWEST * LETTER))
    if len(clean) > most:
        clean = clean[: max(most - 2, 1)] + ".."
    wide = min(letters, int(room / (max(len(clean), 1) * LETTER)))
    high = max(min(letters, int(wide / NARROWEST)), smallest)
    return clean, high, wide


def _modules(code: str) -> int:
    """How many modules the symbol of a code has across, with its quiet zone."""
    return next((count for most, count in SYMBOLS if len(code) <= most), 34)


def _module(code: str, size: Size) -> int:
    """Dots of a module: as large as its part of the label allows."""
    side = min(size.width * 0.4, size.height - 2 * MARGIN_MM, LARGEST_SYMBOL_MM)
    return max(size.dots(side) // _modules(code), 1)


def _matrix(code: str, x: int, y: int, module: int) -> str:
    quiet = f"^FO{x + module},{y + module}"
    return f"{quiet}^BXN,{module},200,,,,{ESCAPE},1{_data(code)}"


def _data(text: str) -> str:
    return f"^FH\\^FD{text.translate(SPECIAL)}^FS"
