"""Labels as PDF, on sheets or on a roll."""

import io
import zlib

from reportlab.lib.utils import ImageReader
from reportlab.pdfbase.pdfdoc import PDFStream
from reportlab.pdfgen.canvas import Canvas

from ..letters import clean, faces, width
from .primitives import Bars, Frame, Matrix, Picture, Rule, Text
from .symbols import runs
from .texts import ASCENT, LEADING

POINTS = 72 / 25.4
ALIGNED = {"left": 0.0, "center": 0.5, "right": 1.0}


def render_pdf(form, drawings, start=1):
    """Labels one after another.

    :param form: their :class:`Format`
    :param drawings: any iterable; each is read once, so that a generator keeps the
        memory flat
    :param start: place of the first label on its sheet, from 1
    :return: the PDF; without labels an empty page
    :rtype: bytes
    :raises LabelError: if there is no such place
    """
    form.check_start(start)
    pages = _Pages(form, start - 1)
    for drawing in drawings:
        pages.add(drawing)
    return pages.finish()


class _Canvas(Canvas):
    """A canvas that compresses each page when it is full, not all at the end."""

    def showPage(self):
        document = self._doc
        add_page = document.addPage

        def add_compressed(page):
            page.check_format(document)
            page.Contents = _compressed(page.Contents.content)
            page.stream = None
            add_page(page)

        document.addPage = add_compressed
        try:
            super().showPage()
        finally:
            del document.addPage


def _compressed(content):
    stream = PDFStream(content=zlib.compress(content.encode("latin-1")))
    stream.dictionary["Filter"] = "/FlateDecode"
    return stream


class _Pages:
    """The pages of a document; ``at`` is the place of the next label."""

    def __init__(self, form, at):
        self.form, self.at = form, at
        self.output = io.BytesIO()
        width_, self.page_height = form.page
        size = (width_ * POINTS, self.page_height * POINTS)
        self.canvas = _Canvas(self.output, pagesize=size, pageCompression=1)
        self.canvas.setCreator("Odoo")
        self.pictures = {}
        self.is_open = False

    def add(self, drawing):
        if self.at == self.form.places:
            self._end_page()
        if not self.is_open:
            self.canvas.scale(POINTS, POINTS)
            self.is_open = True
        left, top = self.form.place(self.at)
        if self.form.rotated:
            drawing = drawing.turned()
        for item in drawing.items:
            _PAINTERS[type(item)](self, item, left + item.x, top + item.y)
        self.at += 1

    def finish(self):
        self._end_page()
        self.canvas.save()
        return self.output.getvalue()

    def _end_page(self):
        self.canvas.showPage()
        self.at, self.is_open = 0, False

    # -- primitives; x and y is where they are on the page, from its upper left corner

    def text(self, item, x, y):
        font = faces().bold if item.is_bold else faces().regular
        text = clean(item.text)
        spare = _inner_width(item) - width(text, font, item.size)
        indent = ALIGNED[item.align] * spare
        self._draw_turned(item, x, y, self._write, text, font, item.size, indent)

    def bars(self, item, x, y):
        length, module = item.height, item.module
        if item.rotation in (90, 270):
            length = item.width
        path = [f"{first} 0 {last - first} 1 re" for first, last in runs(item.row)]
        self._fill(item, x, y, (module, length), path)

    def matrix(self, item, x, y):
        count = len(item.rows)
        path = [
            f"{first} {count - at} {last - first} -1 re"
            for at, row in enumerate(item.rows)
            for first, last in runs(row)
        ]
        self._fill(item, x, y, (item.module, item.module), path)

    def picture(self, item, x, y):
        form = self.pictures.get(item.data) or self._keep(item)
        self._draw_turned(item, x, y, self._show_picture, form, item)

    def rule(self, item, x, y):
        self.canvas.rect(x, self._up(item, y), item.width, item.height, 0, 1)

    def frame(self, item, x, y):
        line = item.line
        self.canvas.setLineWidth(line)
        self.canvas.rect(
            x + line / 2,
            self._up(item, y) + line / 2,
            max(item.width - line, 0),
            max(item.height - line, 0),
        )

    # -- strokes

    def _write(self, text, font, size, indent):
        self.canvas.setFont(font, size)
        base = size * (LEADING - ASCENT)
        self.canvas.drawString(indent, base, text)

    def _fill(self, item, x, y, scale, path):
        a, b, c, d, e, f = self._turn(item, x, y)
        across, up = scale
        matrix = (a * across, b * across, c * up, d * up, e, f)
        numbers = " ".join(map(_number, matrix))
        self.canvas.addLiteral(f"q {numbers} cm")
        self.canvas.addLiteral("\n".join(path))
        self.canvas.addLiteral("f Q")

    def _draw_turned(self, item, x, y, stroke, *arguments):
        self.canvas.saveState()
        self.canvas.transform(*self._turn(item, x, y))
        stroke(*arguments)
        self.canvas.restoreState()

    def _turn(self, item, x, y):
        """Matrix from the content, from its lower left corner, to the page."""
        top, low = self.page_height - y, self._up(item, y)
        right = x + item.width
        return {
            0: (1, 0, 0, 1, x, low),
            90: (0, -1, 1, 0, x, top),
            180: (-1, 0, 0, -1, right, top),
            270: (0, 1, -1, 0, right, low),
        }[item.rotation]

    def _up(self, item, y):
        return self.page_height - y - item.height

    def _keep(self, item):
        """Have a picture in the document once, one mm wide and high."""
        name = f"picture{len(self.pictures)}"
        image = ImageReader(io.BytesIO(item.data))
        self.canvas.beginForm(name, 0, 0, 1, 1)
        self.canvas.drawImage(image, 0, 0, 1, 1, mask="auto")
        self.canvas.endForm()
        self.pictures[item.data] = name
        return name

    def _show_picture(self, name, item):
        size = (item.width, item.height)
        self.canvas.scale(*(size[::-1] if item.rotation in (90, 270) else size))
        self.canvas.doForm(name)


def _inner_width(item):
    return item.height if item.rotation in (90, 270) else item.width


def _number(value):
    """As short as it can be; a ten-thousandth of a mm is enough."""
    return f"{value:.4f}".rstrip("0").rstrip(".") or "0"


_PAINTERS = {
    Text: _Pages.text,
    Bars: _Pages.bars,
    Matrix: _Pages.matrix,
    Picture: _Pages.picture,
    Rule: _Pages.rule,
    Frame: _Pages.frame,
}
