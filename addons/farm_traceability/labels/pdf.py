"""Labels as PDF, on sheets or on a roll."""

import io
from operator import eq

from .pdf_document import Document
from .pdf_ink import Ink

#: drawings of what labels have in common; what more they have, each has on its own
MOST_COMMON = 500


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
    output = io.BytesIO()
    write_pdf(form, drawings, output, start)
    return output.getvalue()


def write_pdf(form, drawings, output, start=1):
    """The same into a binary file, while the labels come.

    :param output: what has been written to it is never read
    """
    form.check_start(start)
    document = Document(output, *form.page)
    try:
        pages = _Pages(form, document, start - 1)
        for drawing in drawings:
            pages.add(drawing)
        pages.end()
        document.close()
    finally:
        document.forget()


class _Pages:
    """The pages of a document; ``at`` is the place of the next label."""

    def __init__(self, form, document, at):
        self.form, self.document, self.at = form, document, at
        self.labels = _Labels(document, *form.lying)
        self.content = []

    def add(self, drawing):
        if self.at == self.form.places:
            self.end()
        content = self.labels.content_of(drawing, self.form.rotated)
        self.content.append(self._placed(content))
        self.at += 1

    def end(self):
        self.document.add_page("".join(self.content))
        self.content.clear()
        self.at = 0

    def _placed(self, content):
        if not self.form.is_sheet:
            return content
        left, top = self.form.place(self.at)
        up = self.form.page[1] - top - self.form.lying[1]
        return f"q 1 0 0 1 {left:.4f} {up:.4f} cm\n{content}Q\n"


class _Labels:
    """Labels as operators; what one has in common with the last is drawn only once."""

    def __init__(self, document, width, height):
        self.document, self.size = document, (width, height)
        self.ink = Ink(document, height)
        self.last, self.content, self.items = None, "", ()
        self.common = {}

    def content_of(self, drawing, rotated):
        if drawing is not self.last:
            self.last = drawing
            items = drawing.turned().items if rotated else drawing.items
            self.content, self.items = self._content(items), items
        return self.content

    def _content(self, items):
        known = [*map(eq, items, self.items)]
        known += [False] * (len(items) - len(known))
        parts = []
        for is_known, run in _runs(known, items):
            parts.append(self._drawn(run) if is_known else self.ink.strokes(run))
        return "".join(parts)

    def _drawn(self, items):
        if items not in self.common:
            if len(self.common) == MOST_COMMON:
                return self.ink.strokes(items)
            content = self.ink.strokes(items)
            self.common[items] = self.document.add_drawing(content, *self.size)
        return f"{self.common[items]} Do\n"


def _runs(known, items):
    """Items that follow each other and are alike known, or alike not."""
    start = 0
    for end in range(1, len(items) + 1):
        if end == len(items) or known[end] != known[start]:
            yield known[start], tuple(items[start:end])
            start = end
