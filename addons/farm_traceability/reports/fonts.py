"""Letters for the pages: fonts that Odoo ships, and how wide their words are."""

import re
from functools import cache, lru_cache
from typing import NamedTuple

from odoo.tools import file_path
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont

# The first pair that is there is taken; Roboto has the most letters.
_FILES = (
    ("Roboto/Roboto-Regular.ttf", "Roboto/Roboto-Medium.ttf"),
    ("Open_Sans/Open_Sans-Regular.ttf", "Open_Sans/Open_Sans-SemiBold.ttf"),
)
# A long code or address may break behind these.
_JOINTS = re.compile(r"(?<=[-/_.,;:@])")
# What the measure of a text does not know, and what would end a line of drawing.
_CONTROLS = dict.fromkeys([*range(32), *range(127, 160)], " ")


class Faces(NamedTuple):
    """Names of registered fonts."""

    regular: str
    bold: str


@cache
def faces():
    """Register the fonts once in a process; without any file, PDF's own Helvetica."""
    for regular, bold in _FILES:
        try:
            _register("FarmRegular", regular)
            _register("FarmBold", bold)
        except (FileNotFoundError, TTFError):
            continue
        return Faces("FarmRegular", "FarmBold")
    return Faces("Helvetica", "Helvetica-Bold")


def _register(name, file):
    path = file_path(f"web/static/fonts/google/{file}")
    pdfmetrics.registerFont(TTFont(name, path))


def width(text, font, size):
    """Width of a line in points."""
    return pdfmetrics.stringWidth(text, font, size)


@lru_cache(maxsize=20_000)
def wrapped(text, font, size, room):
    """The lines of :func:`wrap` with their widths, kept: cells of a table are alike.

    :rtype: list[tuple[str, float]]
    """
    lines = wrap(text, font, size, room)
    return [(line, width(line, font, size)) for line in lines]


def wrap(text, font, size, room):
    """Break a text into lines no wider than ``room`` points.

    Lines break at spaces; a word that is wider than a line breaks at its joints, else
    anywhere, so that nothing is ever cut off.

    :rtype: list[str]
    """
    lines = []
    for part in (text or "").splitlines() or [""]:
        clean = part.translate(_CONTROLS)
        if width(clean, font, size) <= room:
            lines.append(clean)
        else:
            lines += _fold(clean.split(), font, size, room)
    return lines


def _fold(words, font, size, room):
    lines, line = [], ""
    for word in words:
        longer = f"{line} {word}" if line else word
        if width(longer, font, size) <= room:
            line = longer
            continue
        if line:
            lines.append(line)
        *full, line = _pieces(word, font, size, room)
        lines += full
    return [*lines, line]


def _pieces(word, font, size, room):
    """A word in pieces of a line each, parted where it is joined if it can be."""
    pieces, piece = [], ""
    for part in _JOINTS.split(word):
        if width(piece + part, font, size) <= room:
            piece += part
            continue
        *full, piece = [*filter(None, [piece]), *_letters(part, font, size, room)]
        pieces += full
    return [*pieces, piece]


def _letters(word, font, size, room):
    """A word in pieces of a line each; a single letter always fits."""
    pieces, piece = [], ""
    for letter in word:
        if piece and width(piece + letter, font, size) > room:
            pieces.append(piece)
            piece = ""
        piece += letter
    return [*pieces, piece]
