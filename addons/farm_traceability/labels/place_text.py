"""Texts in their blocks."""

from functools import lru_cache

from .primitives import Box, Text
from .texts import MOST_KEPT, cut, fitted, unknown_letter

#: letters of a caption: their share of the text's, and their limits in points
CAPTION_SHARE, LEAST_CAPTION, MOST_CAPTION = 0.6, 5.0, 7.0


def place_text(block, values, _dots):
    """The lines of a text and of its caption; nothing where there is no text.

    :raises LabelError: if it does not fit
    """
    text = values.filled(block, block.content)
    if not text.strip():
        return ()
    caption = values.filled(block, block.caption) if block.caption else ""
    return _placed_text(block, text, caption)


@lru_cache(maxsize=MOST_KEPT)
def _placed_text(block, text, caption):
    box = Box(block.x, block.y, block.width, block.height, block.rotation)
    room, height = box.inner
    items, top = [], 0.0
    if caption:
        lines = _lines(block, caption, False, _caption_sizes(block), room, height)
        items += stacked(lines, 0.0, top, room, block.align)
        top = lines.height
    sizes = (block.font_size, min(block.least_size, block.font_size))
    lines = _lines(block, text, block.bold, sizes, room, height - top)
    items += stacked(lines, 0.0, top, room, block.align, block.bold)
    return tuple(box.place(item) for item in items)


def _caption_sizes(block):
    size = block.font_size * CAPTION_SHARE
    return min(max(size, LEAST_CAPTION), MOST_CAPTION), LEAST_CAPTION


def _lines(block, text, is_bold, sizes, room, height):
    check_letters(block, text, is_bold)
    lines = fitted(text, is_bold, *sizes, room, height)
    if not lines and block.may_cut:
        lines = cut(text, is_bold, sizes[1], room, height)
    if not lines:
        raise block.error(
            "text_too_long", text=text, width=block.width, height=block.height
        )
    return lines


def check_letters(block, text, is_bold=False):
    """:raises LabelError: if the font lacks one of them"""
    letter = unknown_letter(text, is_bold)
    if letter:
        raise block.error("letter", text=text, letter=letter)


def stacked(lines, left, top, room, align, is_bold=False):
    """Lines one below the other."""
    leading = lines.leading
    return [
        Text(
            left, top + leading * at, room, leading, 0, line, lines.size, is_bold, align
        )
        for at, line in enumerate(lines.texts)
    ]
