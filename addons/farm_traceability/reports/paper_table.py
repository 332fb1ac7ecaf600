"""Tables of any length on paper."""

from reportlab.lib.units import mm

from .fonts import width, wrap
from .look import HEAD_INK, INK, ZEBRA

SIZE = 8
LEADING = 10.5
PAD = 3
GAP = 2.5 * mm
EDGE = 1.2 * mm


class PaperTable:
    """Draws a table row by row on a :class:`.paper.Paper`."""

    def __init__(self, paper, columns):
        self.paper = paper
        total = sum(share for _label, share, _align in columns)
        x, self.columns = paper.left + EDGE, []
        for _label, share, align in columns:
            room = (paper.room - 2 * EDGE + GAP) * share / total
            self.columns.append((x, room - GAP, align))
            x += room
        self.labels = [
            wrap(label, paper.bold, SIZE, room)
            for (label, _share, _align), (_x, room, _a) in zip(
                columns, self.columns, strict=True
            )
        ]

    def draw(self, rows):
        paper = self.paper
        head = self._height(self.labels)
        paper.need(head + 3 * LEADING)
        self._head(head)
        most = int((paper.page_room - head - 2 * PAD) / LEADING)
        for number, row in enumerate(rows):
            cells = [
                wrap(text, paper.regular, SIZE, room)
                for text, (_x, room, _align) in zip(row, self.columns, strict=True)
            ]
            for part in _parts(cells, most):
                height = self._height(part)
                if paper.need(height):
                    self._head(head)
                self._row(part, height, number % 2)
        paper.rule(paper.y)
        paper.y -= 3 * mm

    def _height(self, cells):
        return max(map(len, cells), default=1) * LEADING + 2 * PAD

    def _head(self, height):
        paper = self.paper
        self._cells(self.labels, paper.bold, HEAD_INK)
        paper.y -= height
        paper.canvas.setStrokeColor(HEAD_INK)
        paper.canvas.setLineWidth(0.8)
        paper.canvas.line(paper.left, paper.y, paper.right, paper.y)

    def _row(self, cells, height, odd):
        paper = self.paper
        if odd:
            paper.canvas.setFillColor(ZEBRA)
            paper.canvas.rect(
                paper.left, paper.y - height, paper.room, height, stroke=0, fill=1
            )
        self._cells(cells, paper.regular)
        paper.y -= height

    def _cells(self, cells, font, ink=INK):
        """All texts of a row as one text object: a page has a thousand of them."""
        text = self.paper.canvas.beginText()
        text.setFont(font, SIZE)
        text.setFillColor(ink)
        for lines, (x, room, align) in zip(cells, self.columns, strict=True):
            y = self.paper.y - PAD - SIZE
            for line in lines:
                shift = room - width(line, font, SIZE) if align == "right" else 0
                text.setTextOrigin(x + shift, y)
                text.textOut(line)
                y -= LEADING
        self.paper.canvas.drawText(text)


def _parts(cells, most):
    """A row that is higher than a page goes on over several."""
    for start in range(0, max(map(len, cells), default=1), most):
        yield [lines[start : start + most] for lines in cells]
