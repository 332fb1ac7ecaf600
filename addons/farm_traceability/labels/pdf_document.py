"""A PDF document of mm: its pages, and what they share."""

import io

from reportlab.lib.utils import ImageReader
from reportlab.pdfbase.pdfdoc import xObjectName
from reportlab.pdfgen.canvas import Canvas

from ..letters import faces
from .pdf_file import PageTree, PdfFile
from .pdf_letters import Letters, add_bars_font

POINTS = 72 / 25.4
#: names of fonts: regular, bold, bars
REGULAR, BOLD, BARS = "/R", "/B", "/I"


class Document:
    """Pages are written at once, so that they take no memory.

    Fonts, pictures and what the document says of itself are reportlab's, whose own
    pages would be kept until the end.

    :param output: a binary file
    :param width: of the pages, mm, as ``height``
    """

    def __init__(self, output, width, height):
        self.canvas = Canvas(io.BytesIO(), pageCompression=1)
        self.canvas.setCreator("Odoo")
        self.shared = self.canvas._doc
        self.letters = [
            Letters(font, self.shared, name)
            for font, name in zip(faces(), (REGULAR, BOLD), strict=True)
        ]
        self.file = PdfFile(output, self._take_number)
        self.pages = PageTree(self.file)
        self.size = (width * POINTS, height * POINTS)
        scale = b"%.6f 0 0 %.6f 0 0 cm\n" % (POINTS, POINTS)
        self.to_mm = self.file.add_stream(scale)
        self.resources = self.file.take_number()
        self.last_content, self.last_number = None, None
        self.bars_font = None
        self.drawn, self.pictures = {}, {}

    def add_page(self, content):
        """:param str content: operators, in mm from the lower left corner"""
        if content != self.last_content:
            self.last_number = self.file.add_stream(content.encode("latin-1"))
            self.last_content = content
        self.pages.add((self.to_mm, self.last_number))

    def add_drawing(self, content, width, height):
        """Something that pages draw by its name.

        :return: its name
        """
        entries = b"/Type/XObject/Subtype/Form/BBox[0 0 %.4f %.4f]/Resources %d 0 R" % (
            *(width, height, self.resources),
        )
        name = f"/D{len(self.drawn)}"
        self.drawn[name] = self.file.add_stream(content.encode("latin-1"), entries)
        return name

    def add_picture(self, data):
        """A picture, one mm wide and high.

        :param data: a file
        :return: its name, the same for the same picture
        """
        if data not in self.pictures:
            name = f"/P{len(self.pictures)}"
            self.canvas.beginForm(name[1:], 0, 0, 1, 1)
            image = ImageReader(io.BytesIO(data))
            self.canvas.drawImage(image, 0, 0, 1, 1, mask="auto")
            self.canvas.endForm()
            self.pictures[data] = name
            self.drawn[name] = self._number_of(xObjectName(name[1:]))
        return self.pictures[data]

    def add_bars_font(self):
        """:return: the name of the font whose letters are bars"""
        if not self.bars_font:
            self.bars_font = add_bars_font(self.file)
        return BARS

    def close(self):
        """Write all that is left."""
        width, height = self.size
        box = b"/MediaBox[0 0 %.4f %.4f]" % (width, height)
        self.pages.close(box + b"/Resources %d 0 R" % self.resources)
        catalog = self.file.add(b"<</Type/Catalog/Pages %d 0 R>>" % self.pages.root)
        info = self.file.add(self.shared.info.format(self.shared))
        self._write_fonts()
        self._write_shared()
        self.file.close(catalog, info)

    def forget(self):
        """Let the fonts go."""
        for letters in self.letters:
            letters.forget()

    # -- what reportlab made

    def _write_fonts(self):
        fonts = {BARS: self.bars_font} if self.bars_font else {}
        for letters in self.letters:
            for name, known_as in letters.add_fonts().items():
                fonts[name] = self._number_of(known_as.removeprefix("/"))
        resources = f"<</Font<<{_named(fonts)}>>/XObject<<{_named(self.drawn)}>>>>"
        self.file.add(resources.encode(), self.resources)

    def _write_shared(self):
        """Write its objects, and those that come up while these are written."""
        names, written = self.shared.numberToId, set()
        while more := names.keys() - written:
            for number in sorted(more):
                thing = self.shared.idToObject[names[number]]
                content = thing.format(self.shared).rstrip()
                is_stream = content.endswith(b"endstream")
                add = self.file.add_written if is_stream else self.file.add
                add(content, number)
            written |= more

    def _number_of(self, name):
        number, _version = self.shared.idToObjectNumberAndVersion[name]
        return number

    def _take_number(self):
        self.shared.objectcounter += 1
        return self.shared.objectcounter


def _named(numbers):
    return "".join(f"{name} {number} 0 R" for name, number in numbers.items())
