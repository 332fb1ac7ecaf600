"""Letters of what is printed: their files, how wide words are, where lines break.

The fonts are those that Odoo ships; they are found without starting Odoo. Without them
there are those of reportlab, which have fewer letters.
"""

import re
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont

# The first pair that is there is taken; Roboto has the most letters.
_FILES = (
    ("Roboto/Roboto-Regular.ttf", "Roboto/Roboto-Medium.ttf"),
    ("Open_Sans/Open_Sans-Regular.ttf", "Open_Sans/Open_Sans-SemiBold.ttf"),
)
_LAST_FILES = ("Vera.ttf", "VeraBd.ttf")
_NAMES = ("FarmRegular", "FarmBold")
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
    """Register the fonts once in a process."""
    for name, path in zip(_NAMES, files(), strict=True):
        pdfmetrics.registerFont(TTFont(name, path))
    return Faces(*_NAMES)


@cache
def files():
    """Paths of the regular and the bold font.

    :rtype: tuple[str, str]
    """
    for pair in _FILES:
        for folder in _odoo_folders():
            paths = [str(folder / file) for file in pair]
            if all(map(_is_font, paths)):
                return tuple(paths)
    folder = Path(find_spec("reportlab").origin).parent / "fonts"
    return tuple(str(folder / file) for file in _LAST_FILES)


def width(text, font, size):
    """Width of a line, in the unit of ``size``."""
    return _width_at_one(text, font) * size


def clean(text):
    """The text with a space for each character that nothing can draw."""
    return text.translate(_CONTROLS)


@lru_cache(maxsize=20_000)
def wrapped(text, font, size, room):
    """The lines of :func:`wrap` with their widths, kept: cells of a table are alike.

    :rtype: list[tuple[str, float]]
    """
    lines = wrap(text, font, size, room)
    return [(line, width(line, font, size)) for line in lines]


def wrap(text, font, size, room):
    """Break a text into lines no wider than ``room``, which has the unit of ``size``.

    Lines break at spaces; a word that is wider than a line breaks at its joints, else
    anywhere, so that nothing is ever cut off.

    :rtype: list[str]
    """
    lines = []
    for part in (text or "").splitlines() or [""]:
        line = clean(part)
        if width(line, font, size) <= room:
            lines.append(line)
        else:
            lines += _fold(line.split(), font, size, room)
    return lines


def _odoo_folders():
    odoo = find_spec("odoo")
    roots = map(Path, odoo.submodule_search_locations) if odoo else ()
    for root in roots:
        for folder in (root, root.parent):
            yield folder / "addons/web/static/fonts/google"


def _is_font(path):
    try:
        TTFont("probe", path)
    except TTFError:
        return False
    return True


@lru_cache(maxsize=2_000)
def _width_at_one(text, font):
    return sum(map(_widths(font).__getitem__, text)) / 1000


class _Widths(dict):
    """Widths of the letters of a font, in thousandths of their size.

    They are those of reportlab, which takes several times as long to sum them up.
    """

    def __init__(self, font):
        super().__init__()
        self.font = font

    def __missing__(self, letter):
        self[letter] = pdfmetrics.stringWidth(letter, self.font, 1000)
        return self[letter]


_widths = cache(_Widths)


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
