"""Documents on paper: A4 pages with the company's head, drawn as they are written.

Everything goes straight onto the page, so that a table of 10,000 rows takes no more
memory than one of ten, but for the finished pages, which are compressed.
"""

import io

from odoo import fields
from odoo.tools import format_datetime
from reportlab.lib.pagesizes import A4
from reportlab.lib.pagesizes import landscape as turned
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from ..letters import faces, width, wrap
from ..wording import DAY_FORMAT
from .look import GREY, INK, LINE, accent, logo
from .paper_table import PaperTable

MARGIN = 16 * mm
FOOT = 17 * mm
LOGO = (48 * mm, 15 * mm)


class Paper:
    """One document. Write it from top to bottom, then :meth:`render` it.

    ::

        paper = Paper(env, env._("Trace"), lot.name)
        paper.heading(env._("Lots"))
        paper.table([(env._("Lot"), 3, "left"), (env._("Share"), 1, "right")], rows)
        content = paper.render()

    The head shows the company and its logo, the foot the time of printing, the user
    and "page 1 of 3". Texts are shown as given: translate them before.

    :param env: environment; its company, user, language and time zone are used
    :param title: what it is, also the title in the PDF's properties
    :param subtitle: what it is about
    :param landscape: wide pages, for wide tables
    """

    def __init__(self, env, title, subtitle="", landscape=False):
        self.env = env
        self.title, self.subtitle = title, subtitle
        self.regular, self.bold = faces()
        self.page_width, self.page_height = turned(A4) if landscape else A4
        self.left, self.right = MARGIN, self.page_width - MARGIN
        self.room = self.right - self.left
        self._output = io.BytesIO()
        self.canvas = self._canvas()
        self._printed = self._print_line()
        self._first_head()

    # -- what a document is made of --------------------------------------------------

    def heading(self, text):
        """A heading that stays with at least some of what follows."""
        lines = wrap(text, self.bold, 12, self.room)
        self.need(15 * len(lines) + 40 * mm)
        self.y -= 5 * mm
        self._lines(lines, self.bold, 12, 15)
        self.y -= 1.5 * mm

    def paragraph(self, text):
        """Running text; it goes on over pages."""
        for line in wrap(text, self.regular, 9.5, self.room):
            self.need(13)
            self._lines([line], self.regular, 9.5, 13)
        self.y -= 2 * mm

    def facts(self, facts):
        """Pairs of label and value, three beside each other.

        :param facts: list of (label, value), strings
        """
        across = 3 if self.room < 200 * mm else 4
        column = self.room / across
        for start in range(0, len(facts), across):
            self._fact_row(facts[start : start + across], column)
        self.y -= 1.5 * mm

    def table(self, columns, rows):
        """A table; its head is repeated on every page.

        :param columns: list of (label, share of the width, "left" or "right")
        :param rows: any iterable of rows, each a list of strings; read only once, so
            that a generator keeps the memory flat
        """
        PaperTable(self, columns).draw(rows)

    def signatures(self, labels):
        """Places to sign, three beside each other."""
        column = self.room / 3
        for start in range(0, len(labels), 3):
            self.need(32 * mm)
            self.y -= 22 * mm
            for number, label in enumerate(labels[start : start + 3]):
                self._signature(self.left + number * column, column - 8 * mm, label)
            self.y -= 10 * mm

    def render(self):
        """Finish the document.

        :return: the PDF
        :rtype: bytes
        """
        self._end_page()
        self._write_feet()
        self.canvas.save()
        return self._output.getvalue()

    # -- pages -----------------------------------------------------------------------

    def need(self, height):
        """Go to a new page when less than ``height`` points are left on this one."""
        if not self.has_room(height):
            self._end_page()
            self.canvas.showPage()
            self._next_head()

    def has_room(self, height):
        return self.y - height >= FOOT

    @property
    def page_room(self):
        """Height of an empty page, in points."""
        return self._top() - FOOT

    def _canvas(self):
        canvas = Canvas(
            self._output,
            pagesize=(self.page_width, self.page_height),
            pageCompression=1,
            lang=(self.env.lang or "en_US").replace("_", "-"),
        )
        canvas.setTitle(" ".join(filter(None, [self.title, self.subtitle])))
        canvas.setAuthor(self.env.company.name)
        canvas.setSubject(self.subtitle)
        canvas.setCreator("Odoo")
        canvas.setViewerPreference("DisplayDocTitle", "true")
        return canvas

    def _print_line(self):
        return self.env._(
            "Printed %(moment)s by %(user)s",
            moment=format_datetime(
                self.env,
                fields.Datetime.now(),
                tz=self.env.tz.zone,
                dt_format=f"{DAY_FORMAT}, HH:mm",
            ),
            user=self.env.user.name,
        )

    def _first_head(self):
        company = self.env.company
        top = self.page_height - 13 * mm
        taken = self._logo(top)
        if taken:
            self.text(self.right, top - 11, company.name, self.bold, 10, "right")
        else:
            self._name(top)
        address = (company.partner_id.contact_address or "").splitlines()[1:]
        address = ", ".join(filter(None, (part.strip(" ,") for part in address)))
        room = self.room - max(taken, self.room / 2) - 8 * mm
        lines = wrap(address, self.regular, 8, room)
        for number, line in enumerate(lines[:3]):
            y = top - (23 if taken else 12) - 11 * number
            self.text(self.right, y, line, size=8, align="right", ink=GREY)
        self.y = top - 19 * mm
        self._bar(self.y, 1.6)
        self.y -= 6 * mm
        self._lines(wrap(self.title, self.bold, 20, self.room), self.bold, 20, 24)
        if self.subtitle:
            lines = wrap(self.subtitle, self.regular, 11, self.room)
            self._lines(lines, self.regular, 11, 15, GREY)
        self.y -= 2 * mm

    def _name(self, top):
        """The company's name where others have their logo."""
        lines = wrap(self.env.company.name, self.bold, 15, self.room / 2)
        for number, line in enumerate(lines[:2]):
            self.text(self.left, top - 15 - 18 * number, line, self.bold, 15)

    def _next_head(self):
        y = self.page_height - 14 * mm
        name = wrap(self.env.company.name, self.bold, 8, self.room / 2)[0]
        room = self.room - width(name, self.bold, 8) - 12 * mm
        title = " · ".join(filter(None, [self.title, self.subtitle]))
        self.text(self.left, y, name, self.bold, 8, ink=GREY)
        short = wrap(title, self.regular, 8, room)
        tail = " …" if len(short) > 1 else ""
        self.text(self.right, y, short[0] + tail, size=8, align="right", ink=GREY)
        self._bar(y - 2.5 * mm, 0.8)
        self.y = self._top()

    def _top(self):
        return self.page_height - 21 * mm

    def _bar(self, y, thickness):
        self.canvas.setFillColor(accent(self.env.company))
        self.canvas.rect(self.left, y, self.room, thickness, stroke=0, fill=1)

    def _logo(self, top):
        """Draw the logo, if the company has one of its own; return its width."""
        image = logo(self.env.company)
        if not image:
            return 0
        wide, high = image.getSize()
        scale = min(LOGO[0] / wide, LOGO[1] / high)
        self.canvas.drawImage(
            image,
            self.left,
            top - high * scale,
            wide * scale,
            high * scale,
            mask="auto",
        )
        return wide * scale

    def _end_page(self):
        """Leave a gap for the foot, which needs to know how many pages there are."""
        self.canvas.doForm(f"foot{self.canvas.getPageNumber()}")

    def _write_feet(self):
        total = self.canvas.getPageNumber()
        y = 10 * mm
        for page in range(1, total + 1):
            count = self.env._("Page %(page)s of %(total)s", page=page, total=total)
            self.canvas.beginForm(f"foot{page}", 0, 0, self.page_width, FOOT)
            self.rule(y + 10)
            self.text(self.left, y, self._printed, size=7.5, ink=GREY)
            self.text(self.right, y, count, size=7.5, align="right", ink=GREY)
            self.canvas.endForm()

    # -- strokes ---------------------------------------------------------------------

    def text(self, x, y, text, font=None, size=9, align="left", ink=INK):
        """One line of text whose left or right end is at ``x``."""
        font = font or self.regular
        self.canvas.setFillColor(ink)
        self.canvas.setFont(font, size)
        if align == "right":
            x -= width(text, font, size)
        self.canvas.drawString(x, y, text)

    def rule(self, y, thickness=0.5, left=None, right=None):
        self.canvas.setStrokeColor(LINE)
        self.canvas.setLineWidth(thickness)
        self.canvas.line(left or self.left, y, right or self.right, y)

    def _lines(self, lines, font, size, leading, ink=INK):
        for line in lines:
            self.y -= leading
            self.text(self.left, self.y + leading - size, line, font, size, ink=ink)

    def _fact_row(self, facts, column):
        room = column - 5 * mm
        cells = [
            (wrap(label, self.regular, 7.5, room), wrap(value, self.bold, 10, room))
            for label, value in facts
        ]
        height = max(10 * len(label) + 13 * len(value) for label, value in cells)
        self.need(height + 3 * mm)
        for number, (label, value) in enumerate(cells):
            x, y = self.left + number * column, self.y
            for line in label:
                y -= 10
                self.text(x, y, line, size=7.5, ink=GREY)
            for line in value:
                y -= 13
                self.text(x, y, line, self.bold, 10)
        self.y -= height + 3 * mm

    def _signature(self, x, room, label):
        self.rule(self.y, 0.7, x, x + room)
        for number, line in enumerate(wrap(label, self.regular, 8, room)):
            self.text(x, self.y - 11 - 10 * number, line, size=8, ink=GREY)
