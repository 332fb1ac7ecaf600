import io

import pypdfium2
from hypothesis import given, settings
from hypothesis import strategies as st
from odoo.tests import BaseCase
from PIL import ImageChops, ImageStat
from pypdf import PdfReader
from reportlab.pdfbase.pdfmetrics import getFont

from ..gs1.code128 import STOP, WIDTHS, bars
from ..labels import Block, Format, LabelError, Values, draw, render_pdf, write_pdf
from ..labels.blocks import TURNS
from ..labels.pdf_file import MOST_PAGES, differences
from ..labels.primitives import Bars, Drawing, Matrix
from ..labels.symbols import Symbol
from ..letters import faces
from .label_common import HEAD_DPI, page_texts, pages, scanned
from .label_samples import TEMPLATES, short_values

PATIENT = settings(deadline=None, max_examples=40)
FORM = Format(100, 20, 2, 2, 2, 2)
TEXT = Block("text", 2, 2, 90, 10, "{lot}")
#: dots of a print head of 8 dots a mm
DOT = 0.125
#: shades of a dot that an edge lies upon
HALF_COVERED = set(range(5, 251))


def drawing_of(text):
    return draw(FORM, [TEXT], Values({"lot": text}))


class Pipe:
    """What can only be written to."""

    def __init__(self):
        self.parts = []
        self.write = self.parts.append


class TestLabelPdfFile(BaseCase):
    def texts(self, pdf):
        """The texts of the pages, once two readers agree on their number."""
        texts = page_texts(pdf)
        reader = PdfReader(io.BytesIO(pdf), strict=True)
        self.assertEqual(len(reader.pages), len(texts))
        return [text.strip() for text in texts]

    # -- the file

    def test_three_pages_are_read(self):
        lots = ["A-1", "B-2", "C-3"]
        pdf = render_pdf(FORM, map(drawing_of, lots))
        self.assertEqual(self.texts(pdf), lots)
        reader = PdfReader(io.BytesIO(pdf), strict=True)
        self.assertEqual([page.extract_text() for page in reader.pages], lots)
        self.assertEqual(reader.metadata["/Creator"], "Odoo")

    def test_pages_fill_nodes_and_streams_of_objects(self):
        for count in (MOST_PAGES - 1, MOST_PAGES, MOST_PAGES + 1, 2 * MOST_PAGES + 1):
            with self.subTest(count=count):
                lots = [f"LOT-{number}" for number in range(count)]
                pdf = render_pdf(FORM, map(drawing_of, lots))
                self.assertEqual(self.texts(pdf), lots)

    def test_a_file_is_written_from_start_to_end(self):
        pipe, sizes = Pipe(), []

        def drawings():
            for number in range(3):
                sizes.append(len(pipe.parts))
                yield drawing_of(f"LOT-{number}")

        write_pdf(FORM, drawings(), pipe)
        self.assertEqual(self.texts(b"".join(pipe.parts)), ["LOT-0", "LOT-1", "LOT-2"])
        # A page is there when the next one but one is drawn.
        self.assertLess(sizes[0], sizes[2])

    @PATIENT
    @given(
        rows=st.lists(st.binary(min_size=6, max_size=6), min_size=1, max_size=9),
    )
    def test_differences_lead_back_to_the_table(self, rows):
        table = b"".join(rows)
        found, above = [], bytes(6)
        changed = differences(table, 6)
        for at in range(0, len(changed), 7):
            self.assertEqual(changed[at], 2)
            change = changed[at + 1 : at + 7]
            above = bytes((x + y) & 255 for x, y in zip(above, change, strict=True))
            found.append(above)
        self.assertEqual(found, rows)

    def test_nothing_is_left_of_a_label_that_is_refused(self):
        def drawings():
            yield drawing_of("A-1")
            raise LabelError("dpi", dpi=1, known="203")

        with self.assertRaises(LabelError):
            render_pdf(FORM, drawings())
        for name in faces():
            self.assertFalse(getFont(name).state)

    # -- what labels have in common

    def test_copies_share_their_page(self):
        drawing = draw(*TEMPLATES["bunch"], short_values())
        form = TEMPLATES["bunch"][0]
        one, many = (len(render_pdf(form, [drawing] * count)) for count in (1, 101))
        self.assertLess((many - one) / 100, 30)

    def test_what_comes_again_looks_as_the_first_time(self):
        form, template = TEMPLATES["crate"]
        values = short_values()
        drawings = []
        for number in range(3):
            values.texts["lot"] = f"LOT-{number}"
            drawings.append(draw(form, template, values))
        together = pages(render_pdf(form, drawings))
        for drawing, page in zip(drawings, together, strict=True):
            (alone,) = pages(render_pdf(form, [drawing]))
            # Only the edges of pictures may be shaded otherwise.
            difference = ImageChops.difference(page, alone).convert("L")
            self.assertLess(ImageStat.Stat(difference).mean[0], 0.2)
            self.assertEqual(scanned(page), scanned(alone))

    # -- letters

    @PATIENT
    @given(text=st.text("()\\ab<>%/[]{}#'", min_size=1, max_size=12))
    def test_no_text_ends_its_string(self, text):
        (found,) = self.texts(render_pdf(FORM, [drawing_of(text)]))
        self.assertEqual(found, text)

    def test_more_letters_than_one_part_of_a_font_has(self):
        letters = "".join(
            chr(code)
            for code in (*range(0x21, 0x7F), *range(0xC0, 0x180), *range(0x410, 0x450))
            if code in getFont(faces().regular).face.charToGlyph
        )
        self.assertGreater(len(letters), 256)
        lots = [letters[at : at + 12] for at in range(0, len(letters), 12)]
        pdf = render_pdf(FORM, map(drawing_of, [*lots, *lots]))
        self.assertEqual(self.texts(pdf), [*lots, *lots])


class TestLabelPdfSymbols(BaseCase):
    """Symbols lie on the dots of a printer, as their modules say."""

    def dots(self, item, dpi=HEAD_DPI):
        """The dark dots of a page of 60 × 60 mm: a set of places."""
        drawing = Drawing(60, 60, 203, (item,))
        (page,) = pages(render_pdf(Format(60, 60), [drawing]), dpi)
        grey = page.convert("L")
        data, width = grey.tobytes(), grey.width
        self.assertFalse(set(data) & HALF_COVERED)
        return {divmod(at, width) for at, one in enumerate(data) if one < 128}

    def test_every_code_word_is_drawn(self):
        for word in range(STOP + 1):
            with self.subTest(word=word, widths=WIDTHS[word]):
                words = (word, STOP) if word != STOP else (STOP,)
                row = bars(words)
                symbol = Symbol("gs1_128", (row,), (), "", words)
                item = Bars(5.0, 10.0, len(row) / 2, 1.0, 0, row, 4 * DOT, symbol)
                self.assertEqual(self.dots(item), self.wanted((row, row), 0))

    def test_bars_and_modules_at_any_turn(self):
        row = b"\0\xff\0\0\xff"
        rows = (row, b"\xff\0\0\0\0", b"\0\0\xff\xff\xff", row, b"\xff" * 4 + b"\0")
        bare = Bars(5.0, 10.0, 0, 0, 0, row, 4 * DOT, None)
        # Start B, FNC1, check word, stop.
        words = (104, 102, 0, STOP)
        symbol = Symbol("gs1_128", (bars(words),), (), "", words)
        letters = bare._replace(row=symbol.rows[0], symbol=symbol)
        matrix = Matrix(5.0, 10.0, 0, 0, 0, rows, 4 * DOT, None)
        for kind in (bare, letters, matrix):
            for turn in TURNS:
                with self.subTest(type(kind).__name__, turn=turn):
                    shown = getattr(kind, "rows", None) or (kind.row,) * 5
                    size = (len(shown[0]) / 2, len(shown) / 2)
                    if turn in (90, 270):
                        size = size[::-1]
                    item = kind._replace(width=size[0], height=size[1], rotation=turn)
                    self.assertEqual(self.dots(item), self.wanted(shown, turn))

    def wanted(self, rows, turn):
        for _quarter in range(turn // 90):
            rows = list(zip(*rows[::-1], strict=True))
        return {
            (80 + 4 * top + down, 40 + 4 * left + right)
            for top, row in enumerate(rows)
            for left, module in enumerate(row)
            if not module
            for down in range(4)
            for right in range(4)
        }

    @PATIENT
    @given(
        rows=st.integers(1, 40).flatmap(
            lambda width: st.lists(
                st.lists(st.sampled_from([0, 255]), min_size=width, max_size=width),
                min_size=1,
                max_size=40,
            )
        ),
        # No symbol has modules of fewer dots.
        dots=st.integers(3, 10),
    )
    def test_any_modules_lie_on_the_dots(self, rows, dots):
        rows = tuple(map(bytes, rows))
        size = (len(rows[0]) * DOT * dots, len(rows) * DOT * dots)
        item = Matrix(5.0, 10.0, *size, 0, rows, DOT * dots, None)
        wanted = {
            (80 + down, 40 + right)
            for down in range(min(len(rows) * dots, 400))
            for right in range(min(len(rows[0]) * dots, 440))
            if not rows[down // dots][right // dots]
        }
        self.assertEqual(self.dots(item), wanted)

    def test_modules_that_look_like_the_end_of_a_picture(self):
        bits = b" EI " * 3
        row_of_byte = [bytes(255 if byte >> at & 1 else 0 for at in range(7, -1, -1))
                       for byte in bits]  # fmt: skip
        rows = tuple(row_of_byte)
        item = Matrix(5.0, 10.0, 4.0, 6.0, 0, rows, 4 * DOT, None)
        self.assertEqual(self.dots(item), self.wanted(rows, 0))
        pdf = render_pdf(Format(60, 60), [Drawing(60, 60, 203, (item,))])
        (page,) = PdfReader(io.BytesIO(pdf)).pages
        self.assertNotIn(b"BI", page.get_contents().get_data())

    def test_who_copies_the_text_of_a_page_finds_no_bars(self):
        form, template = TEMPLATES["crate"]
        values = short_values()
        (text,) = page_texts(render_pdf(form, [draw(form, template, values)]))
        known = {*values.texts.values(), *(block.caption for block in template)}
        words = {word for one in known for word in one.split()} | {"·"}
        rest = sorted(set(text.split()) - words)
        self.assertEqual([one[:4] for one in rest], ["(01)", "(10)", "(17)"])

    def test_symbols_between_the_dots_are_read_as_well(self):
        """On a screen, and on printers with other dots than those drawn for."""
        form, template = TEMPLATES["bunch"]
        drawing = draw(form, template, short_values())
        pdf = render_pdf(form, [drawing])
        wanted = scanned(pages(pdf)[0])
        for dpi in (250, 300, 360, 600):
            page = pypdfium2.PdfDocument(pdf)[0].render(scale=dpi / 72).to_pil()
            self.assertEqual(scanned(page), wanted, dpi)
