"""Tables of any length on paper."""

from reportlab.lib.units import mm
from reportlab.pdfgen.textobject import PDFTextObject

from ..letters import wrapped
from .look import HEAD_INK, INK, ZEBRA

SIZE = 8
LEADING = 10.5
PAD = 3
GAP = 2.5 * mm
EDGE = 1.2 * mm


# Lines that a table remembers in PDF's own words.
MEMORY = 20_000


class _Texts(PDFTextObject):
    """Lines at places of their own; a long table has half a million of them.

    Most lines come many times. What reportlab makes of one is good for the next time
    while letters of the first part of the font are drawn: there are 256 in a part.
    """

    def put(self, x, y, line, known):
        shown = known.get(line) if self._curSubset == 0 else None
        if shown is None:
            begins_in_first = self._curSubset == 0
            shown = self._formatText(line)
            if begins_in_first and self._curSubset == 0 and len(known) < MEMORY:
                known[line] = shown
        self._code.append(f"1 0 0 1 {x:.2f} {y:.2f} Tm {shown}")


class PaperTable:
    """Draws a table row by row on a :class:`.paper.Paper`.

    The texts of a page are kept until it is full: below them come the stripes.
    """

    def __init__(self, paper, columns):
        self.paper = paper
        total = sum(share for _label, share, _align in columns)
        x, self.columns = paper.left + EDGE, []
        for _label, share, align in columns:
            room = (paper.room - 2 * EDGE + GAP) * share / total
            self.columns.append((x, room - GAP, align == "right"))
            x += room
        self.labels = self._wrap([label for label, *_rest in columns], paper.bold)
        self.head_height = self._height(self.labels)
        self.texts, self.known = None, {}

    def draw(self, rows):
        paper = self.paper
        paper.need(self.head_height + 3 * LEADING)
        self._begin_page()
        most = int((paper.page_room - self.head_height - 2 * PAD) / LEADING)
        for number, row in enumerate(rows):
            for part in _parts(self._wrap(row, paper.regular), most):
                self._row(part, number % 2)
        self._end_page()
        paper.rule(paper.y)
        paper.y -= 3 * mm

    def _wrap(self, texts, font):
        return [
            wrapped(text or "", font, SIZE, room)
            for text, (_x, room, _right) in zip(texts, self.columns, strict=True)
        ]

    def _height(self, cells):
        return max(map(len, cells), default=1) * LEADING + 2 * PAD

    def _begin_page(self):
        paper = self.paper
        self._new_texts(paper.bold, HEAD_INK)
        self._cells(self.labels)
        self._end_page()
        paper.y -= self.head_height
        paper.canvas.setStrokeColor(HEAD_INK)
        paper.canvas.setLineWidth(0.8)
        paper.canvas.line(paper.left, paper.y, paper.right, paper.y)
        self._new_texts(paper.regular, INK)

    def _end_page(self):
        self.paper.canvas.drawText(self.texts)

    def _new_texts(self, font, ink):
        self.texts = _Texts(self.paper.canvas)
        self.texts.setFont(font, SIZE)
        self.texts.setFillColor(ink)

    def _row(self, cells, odd):
        paper = self.paper
        height = self._height(cells)
        if not paper.has_room(height):
            self._end_page()
            paper.need(height)
            self._begin_page()
        if odd:
            y = paper.y - height
            paper.canvas.setFillColor(ZEBRA)
            paper.canvas.rect(paper.left, y, paper.room, height, stroke=0, fill=1)
        self._cells(cells)
        paper.y -= height

    def _cells(self, cells):
        top = self.paper.y - PAD - SIZE
        for lines, (x, room, right) in zip(cells, self.columns, strict=True):
            for number, (line, wide) in enumerate(lines):
                if line:
                    left = x + room - wide if right else x
                    self.texts.put(left, top - number * LEADING, line, self.known)


def _parts(cells, most):
    """A row that is higher than a page goes on over several."""
    for start in range(0, max(map(len, cells), default=1), most):
        yield [lines[start : start + most] for lines in cells]
