"""A label as a picture of the dots that a printer makes."""

import io
from functools import lru_cache

from PIL import Image, ImageDraw, ImageFont

from ..letters import clean, files
from .formats import dots_per_mm
from .primitives import Bars, Frame, Matrix, Picture, Rule, Text
from .symbols import runs
from .texts import ASCENT

BLACK, WHITE = 0, 255
ANCHORS = {"left": ("ls", 0.0), "center": ("ms", 0.5), "right": ("rs", 1.0)}


def render_png(form, drawing, dpi=None):
    """A label as it is read.

    :param form: its :class:`Format`
    :param dpi: that of the drawing without it
    :return: a PNG file in shades of grey
    :rtype: bytes
    """
    dots = dots_per_mm(dpi or drawing.dpi)
    image = Image.new("L", _size(form.width, form.height, dots), WHITE)
    for item in drawing.items:
        _show(image, item, dots)
    output = io.BytesIO()
    image.save(output, "PNG", dpi=(dots * 25.4, dots * 25.4))
    return output.getvalue()


def grey_picture(data, width, height):
    """A picture file on white, scaled to a size in dots.

    :rtype: PIL.Image.Image
    """
    with Image.open(io.BytesIO(data)) as image:
        coloured = image.convert("RGBA")
    paper = Image.new("RGBA", coloured.size, "white")
    paper.alpha_composite(coloured)
    return paper.convert("L").resize((width, height), Image.Resampling.LANCZOS)


def _show(image, item, dots):
    painter = _PAINTERS[type(item)]
    left, top, right, bottom = _edges(item, dots)
    width, height = right - left, bottom - top
    turned = item.rotation in (90, 270)
    space = Image.new("L", (height, width) if turned else (width, height), WHITE)
    painter(space, item, dots)
    if item.rotation:
        space = space.rotate(-item.rotation, expand=True)
    # Only what is dark is put on what is there already.
    image.paste(space, (left, top), space.point(lambda grey: WHITE - grey))


def _edges(item, dots):
    """Left, top, right and bottom in dots; at least one dot in between."""
    left, top = round(item.x * dots), round(item.y * dots)
    right = max(round((item.x + item.width) * dots), left + 1)
    bottom = max(round((item.y + item.height) * dots), top + 1)
    return left, top, right, bottom


def _size(width, height, dots):
    return max(round(width * dots), 1), max(round(height * dots), 1)


def _paint_text(space, item, dots):
    anchor, share = ANCHORS[item.align]
    text, font = clean(item.text), _font(item.is_bold, item.size * dots)
    length = font.getlength(text)
    if length > space.width:  # letters on whole dots may be wider than on paper
        font = _font(item.is_bold, item.size * dots * space.width / length)
    at = (space.width * share, item.size * ASCENT * dots)
    ImageDraw.Draw(space).text(at, text, BLACK, font, anchor)


def _paint_bars(space, item, dots):
    _paint_row(ImageDraw.Draw(space), item, item.row, 0, space.height, dots)


def _paint_matrix(space, item, dots):
    pen = ImageDraw.Draw(space)
    step = item.module * dots
    for at, row in enumerate(item.rows):
        _paint_row(pen, item, row, round(at * step), round((at + 1) * step), dots)


def _paint_row(pen, item, row, top, bottom, dots):
    step = item.module * dots
    for first, last in runs(row):
        edges = (round(first * step), top, round(last * step) - 1, bottom - 1)
        pen.rectangle(edges, BLACK)


def _paint_picture(space, item, _dots):
    space.paste(grey_picture(item.data, *space.size))


def _paint_rule(space, _item, _dots):
    space.paste(BLACK, (0, 0, *space.size))


def _paint_frame(space, item, dots):
    line = max(round(item.line * dots), 1)
    edges = (0, 0, space.width - 1, space.height - 1)
    ImageDraw.Draw(space).rectangle(edges, outline=BLACK, width=line)


@lru_cache(maxsize=200)
def _font(is_bold, size):
    return ImageFont.truetype(files()[is_bold], size)


_PAINTERS = {
    Text: _paint_text,
    Bars: _paint_bars,
    Matrix: _paint_matrix,
    Picture: _paint_picture,
    Rule: _paint_rule,
    Frame: _paint_frame,
}
