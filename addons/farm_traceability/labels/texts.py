"""How a text lies in its block: its lines, and how large its letters are."""

from functools import cache, lru_cache
from typing import NamedTuple

from reportlab.pdfbase import pdfmetrics

from ..letters import clean, faces, width, wrap

MM = 25.4 / 72
#: of the size of the letters: from one line to the next, from its top to its base
LEADING, ASCENT = 1.17, 0.93
STEP = 0.5
ELLIPSIS = "…"
TOLERANCE = 1e-6
#: texts that are kept as they lie, as many labels have the same ones
MOST_KEPT = 500


class Lines(NamedTuple):
    """A text that fits; ``size`` and ``leading`` in mm."""

    texts: tuple
    size: float

    @property
    def leading(self):
        return self.size * LEADING

    @property
    def height(self):
        return self.leading * len(self.texts)


@lru_cache(maxsize=MOST_KEPT)
def fitted(text, is_bold, size, least, room, height):
    """The largest letters with which a text fits, from ``size`` down to ``least``.

    :param size: points, ``least`` too; ``room`` and ``height`` are mm
    :rtype: Lines | None, if it does not fit
    """
    for one in _sizes(size, least):
        lines = _wrapped(text, is_bold, one, room)
        if lines.height <= height + TOLERANCE and _is_within(lines, is_bold, room):
            return lines
    return None


@lru_cache(maxsize=MOST_KEPT)
def cut(text, is_bold, size, room, height):
    """As much of a text as fits, with an ellipsis.

    :rtype: Lines | None, if not even one line fits
    """
    lines = _wrapped(text, is_bold, size, room)
    count = int((height + TOLERANCE) / lines.leading)
    if not count:
        return None
    full, last = lines.texts[: count - 1], " ".join(lines.texts[count - 1 :])
    while last and width(last + ELLIPSIS, _font(is_bold), lines.size) > room:
        last = last[:-1].rstrip()
    return Lines((*full, last + ELLIPSIS), lines.size) if last else None


@lru_cache(maxsize=MOST_KEPT)
def in_few_lines(text, size, least, room):
    """A text on one line, else on two, on as many as it takes with the least letters.

    :rtype: Lines
    """
    for count in (1, 2):
        for one in _sizes(size, least):
            lines = _wrapped(text, False, one, room)
            if len(lines.texts) <= count:
                return lines
    return lines


@lru_cache(maxsize=MOST_KEPT)
def unknown_letter(text, is_bold):
    """The first character that the font does not have, if any."""
    known, text = _glyphs(_font(is_bold)), clean(text)
    if known.issuperset(text):
        return None
    return next(one for one in text if one not in known)


def _sizes(size, least):
    while size > least:
        yield size
        size -= STEP
    yield min(size, least) if size < least else least


def _wrapped(text, is_bold, points, room):
    size = points * MM
    return Lines(tuple(wrap(text, _font(is_bold), size, room)), size)


def _is_within(lines, is_bold, room):
    font = _font(is_bold)
    return all(width(one, font, lines.size) <= room + TOLERANCE for one in lines.texts)


def _font(is_bold):
    return faces().bold if is_bold else faces().regular


@cache
def _glyphs(font):
    return frozenset(map(chr, pdfmetrics.getFont(font).face.charToGlyph))
