"""One drawing of a label, in mm, which PDF, ZPL and PNG all show."""

import io
from functools import lru_cache

from PIL import Image, UnidentifiedImageError

from .blocks import LINE, SYMBOLS
from .formats import TOLERANCE, dots_per_mm
from .place_symbol import place_symbol
from .place_text import place_text
from .primitives import Box, Drawing, Frame, Picture, Rule
from .symbols import check_together


def draw(form, blocks, values, dpi=None):
    """Draw a label.

    :param form: its :class:`Format`
    :param blocks: its :class:`Block` objects
    :param values: the :class:`Values` that it shows
    :param dpi: of the printer; a sheet is drawn for 300, a roll for 203 without it
    :raises LabelError: if anything of it cannot be printed
    :rtype: Drawing
    """
    dpi = dpi or form.dpi
    blocks = tuple(blocks)
    dots = dots_per_mm(dpi)
    check_inside(form, blocks)
    check_together([block for block in blocks if block.is_symbol], values)
    items = tuple(
        item for block in blocks for item in _DRAWERS[block.kind](block, values, dots)
    )
    return Drawing(form.width, form.height, dpi, items)


@lru_cache(maxsize=500)
def check_inside(form, blocks):
    """:raises LabelError: if a block reaches over the margins"""
    left, top, right, bottom = form.inner
    for block in blocks:
        over = max(
            left - block.x,
            top - block.y,
            block.right - right,
            block.bottom - bottom,
        )
        if over > TOLERANCE:
            raise block.error("outside", by=float(over))


def _image(block, values, _dots):
    data = values.images.get(block.content)
    if not data:
        return
    try:
        wide, high = _picture_size(data)
    except (UnidentifiedImageError, OSError, Image.DecompressionBombError) as error:
        raise block.error("image", image=block.content) from error
    box = Box(block.x, block.y, block.width, block.height, block.rotation)
    room, height = box.inner
    scale = min(room / wide, height / high)
    width, height = wide * scale, high * scale
    left = {"left": 0, "center": (room - width) / 2, "right": room - width}
    item = Picture(left[block.align], 0.0, width, height, 0, block.content, data)
    yield box.place(item)


@lru_cache(maxsize=50)
def _picture_size(data):
    with Image.open(io.BytesIO(data)) as image:
        image.load()
        return image.size


def _line(block, _values, _dots):
    yield Rule(block.x, block.y, block.right - block.x, block.bottom - block.y)


def _box(block, _values, _dots):
    yield Frame(block.x, block.y, block.width, block.height, 0, LINE)


_DRAWERS = {
    "text": place_text,
    **dict.fromkeys(SYMBOLS, place_symbol),
    "image": _image,
    "line": _line,
    "box": _box,
}
