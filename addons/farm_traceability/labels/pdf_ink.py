"""Primitives as operators of a PDF."""

import re

from PIL import Image

from ..letters import clean, faces, width
from .pdf_letters import bars_text
from .primitives import Bars, Frame, Matrix, Picture, Rule, Text
from .symbols import rectangles, runs
from .texts import ASCENT, LEADING

ALIGNED = {"left": 0.0, "center": 0.5, "right": 1.0}
#: mm by which a picture of modules is smaller on each side, so that no part of a dot
#: beyond its edge makes it a dot larger
EDGE = 0.001
#: what a reader may take for the end of a picture
END_OF_IMAGE = re.compile(r"\sEI\s")


class Ink:
    """Writes primitives in mm from the lower left corner of their label.

    :param document: the :class:`Document` that has what they refer to
    :param height: of the label
    """

    def __init__(self, document, height):
        self.document, self.height = document, height

    def strokes(self, items):
        """:rtype: str"""
        return "".join([_WRITERS[type(item)](self, item) for item in items])

    def _text(self, item):
        text, size = clean(item.text), item.size
        x, y = 0.0, size * (LEADING - ASCENT)
        if item.align != "left":
            name = faces().bold if item.is_bold else faces().regular
            x = ALIGNED[item.align] * (_inner_width(item) - width(text, name, size))
        shown = "".join(
            f"{font} {_number(size)} Tf{string}Tj "
            for font, string in self.document.letters[item.is_bold].parts(text)
        )
        if not item.rotation:
            x, y = item.x + x, self._low(item) + y
            return f"BT {_number(x)} {_number(y)} Td{shown}ET\n"
        a, b, c, d, e, f = self._turn(item)
        matrix = (a, b, c, d, e + a * x + c * y, f + b * x + d * y)
        return f"BT {_numbers(matrix)} Tm{shown}ET\n"

    def _bars(self, item):
        length = item.width if item.rotation in (90, 270) else item.height
        matrix = self._scaled(item, item.module, length)
        if item.symbol and item.symbol.words:
            font, text = self.document.add_bars_font(), bars_text(item.symbol.words)
            return f"BT{font} 1 Tf {_matrix_numbers(matrix)} Tm({text})Tj ET\n"
        path = [f"{first} 0 {last - first} 1 re" for first, last in runs(item.row)]
        return _filled(matrix, path)

    def _matrix(self, item):
        columns, rows = len(item.rows[0]), len(item.rows)
        picture = Image.frombytes("L", (columns, rows), b"".join(item.rows))
        bits = picture.convert("1").tobytes().decode("latin-1")
        if END_OF_IMAGE.search(f" {bits} "):
            return self._matrix_path(item)
        size = (columns * item.module, rows * item.module)
        matrix = _matrix_numbers(self._scaled(item, *size, EDGE))
        image = f"BI/W {columns}/H {rows}/IM true ID {bits} EI"
        return f"q {matrix} cm {image} Q\n"

    def _matrix_path(self, item):
        count = len(item.rows)
        path = [
            f"{left} {count - bottom} {right - left} {bottom - top} re"
            for left, right, top, bottom in rectangles(item.rows)
        ]
        return _filled(self._scaled(item, item.module, item.module), path)

    def _picture(self, item):
        size = (item.width, item.height)
        wide, high = size[::-1] if item.rotation in (90, 270) else size
        name = self.document.add_picture(item.data)
        return f"q {_matrix_numbers(self._scaled(item, wide, high))} cm{name} Do Q\n"

    def _rule(self, item):
        return f"{self._box(item)} re f\n"

    def _frame(self, item):
        line = item.line
        inner = item._replace(
            x=item.x + line / 2,
            y=item.y + line / 2,
            width=max(item.width - line, 0),
            height=max(item.height - line, 0),
        )
        return f"{_number(line)} w {self._box(inner)} re S\n"

    # -- places

    def _box(self, item):
        return _numbers((item.x, self._low(item), item.width, item.height))

    def _scaled(self, item, across, up, edge=0.0):
        """Matrix from a content of one by one to its size, less an edge all around."""
        a, b, c, d, e, f = self._turn(item)
        e, f = e + (a + c) * edge, f + (b + d) * edge
        across, up = across - 2 * edge, up - 2 * edge
        return a * across, b * across, c * up, d * up, e, f

    def _turn(self, item):
        """Matrix from the content, from its lower left corner, to the label."""
        low = self._low(item)
        top, right = low + item.height, item.x + item.width
        return {
            0: (1, 0, 0, 1, item.x, low),
            90: (0, -1, 1, 0, item.x, top),
            180: (-1, 0, 0, -1, right, top),
            270: (0, 1, -1, 0, right, low),
        }[item.rotation]

    def _low(self, item):
        return self.height - item.y - item.height


def _filled(matrix, path):
    return f"q {_matrix_numbers(matrix)} cm\n" + "\n".join(path) + "\nf Q\n"


def _inner_width(item):
    return item.height if item.rotation in (90, 270) else item.width


def _numbers(values):
    return " ".join([_number(value) for value in values])


def _number(value):
    """As short as it can be; a thousandth of a mm is enough for a place."""
    return f"{value:.3f}".rstrip("0").rstrip(".") or "0"


def _matrix_numbers(matrix):
    """Scales are finer than places, as they count for each module of a symbol."""
    scales = " ".join([f"{value:.6f}".rstrip("0").rstrip(".") for value in matrix[:4]])
    return f"{scales} {_numbers(matrix[4:])}"


_WRITERS = {
    Text: Ink._text,
    Bars: Ink._bars,
    Matrix: Ink._matrix,
    Picture: Ink._picture,
    Rule: Ink._rule,
    Frame: Ink._frame,
}
