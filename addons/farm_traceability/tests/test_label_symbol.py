import math
import string

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from odoo.tests import BaseCase

from ..gs1 import Element, read, read_link
from ..labels import Block, Format, draw, render_pdf, render_png
from ..labels.formats import DOTS
from ..labels.symbols import SIZES, make_symbol
from .label_common import expected, pages, scanned
from .label_samples import GTIN, TEMPLATES, bare_values, long_values, short_values

PATIENT = settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow]
)
#: set 82 of GS1, of which lot names are
LETTERS = string.ascii_letters + string.digits + "!\"%&'()*+,-./:;<=>?_"
LOTS = st.text(LETTERS, min_size=1, max_size=20)
FORM = Format(130, 90, 2, 2, 2, 2)
ALL = (
    Block("gs1_128", 2, 2, 126, 20, "01 17 10"),
    Block("gs1_datamatrix", 2, 30, 24, 24, "01 17 10"),
    Block("digital_link", 30, 30, 50, 50, "01 10 17"),
    Block("ean13", 82, 30, 46, 30, "01"),
)


def values_of(lot):
    values = short_values()
    values.elements |= {"10": lot}
    return values


class TestLabelSymbol(BaseCase):
    @PATIENT
    @given(lot=LOTS)
    def test_any_lot_name_is_read_from_every_symbol(self, lot):
        values = values_of(lot)
        drawing = draw(FORM, ALL, values)
        wanted = expected(ALL, values)
        self.assertEqual(scanned(render_png(FORM, drawing)), wanted)
        (page,) = pages(render_pdf(FORM, [drawing]))
        self.assertEqual(scanned(page), wanted)

    @PATIENT
    @given(
        lot=LOTS,
        kind=st.sampled_from(sorted(SIZES)),
        rotation=st.sampled_from([0, 90, 180, 270]),
        dpi=st.sampled_from([203, 300]),
    )
    def test_the_smallest_symbol_is_read_at_any_turn(self, lot, kind, rotation, dpi):
        """Modules of the least width that the printer has, above that of GS1."""
        content = "01" if kind == "ean13" else "01 10"
        values = values_of(lot)
        symbol = make_symbol(Block(kind, 0, 0, 1, 1, content), values)
        block = self.smallest(kind, content, symbol, rotation, dpi)
        dots = DOTS[dpi]
        form = Format(
            math.ceil((block.right + 2) * dots) / dots,
            math.ceil((block.bottom + 2) * dots) / dots,
        )
        drawing = draw(form, [block], values, dpi)
        wanted = expected([block], values)
        self.assertEqual(scanned(render_png(form, drawing)), wanted)
        (page,) = pages(render_pdf(form, [drawing]), dots * 25.4)
        self.assertEqual(scanned(page), wanted)

    def smallest(self, kind, content, symbol, rotation, dpi):
        dots = DOTS[dpi]
        module = math.ceil(SIZES[kind].least * dots - 1e-6) / dots
        width = symbol.full_columns * module + 0.01
        height = 30 if symbol.is_bars else symbol.full_rows * module + 0.01
        if rotation in (90, 270):
            width, height = height, width
        place = 16 / dots
        return Block(kind, place, place, width, height, content, rotation=rotation)

    def test_what_is_read_are_the_elements(self):
        values = long_values()
        given_ = {code: values.elements[code] for code in ("01", "17", "10")}
        drawing = draw(FORM, ALL[:3], values)
        for identifier, text in scanned(render_png(FORM, drawing)):
            found = read_link(text) if identifier == "]Q1" else read(text)
            self.assertEqual(dict(found), given_, identifier)

    def test_what_may_be_missing_is_left_out(self):
        values = values_of("A1")
        values.elements.pop("17")
        block = Block("gs1_datamatrix", 2, 2, 20, 20, "01 17? 10")
        drawing = draw(FORM, [block], values)
        self.assertEqual(scanned(render_png(FORM, drawing)), [("]d2", f"01{GTIN}10A1")])
        block = Block("gs1_datamatrix", 2, 2, 20, 20, "17? 15?")
        self.assertFalse(draw(FORM, [block], values).items)

    def test_a_separator_stands_where_it_must(self):
        values = values_of("A-1")
        values.elements["21"] = "7"
        block = Block("gs1_128", 2, 2, 126, 20, "10 21 01")
        found = scanned(render_png(FORM, draw(FORM, [block], values)))
        self.assertEqual(found, [("]C1", f"01{GTIN}10A-1\x1d217")])

    def test_people_read_below_bars_what_these_carry(self):
        items = draw(FORM, ALL[:1], short_values()).items
        self.assertEqual(
            items[1].text, f"(01){GTIN} (17)261130 (10){short_values().texts['lot']}"
        )

    def test_the_domain_of_a_link_is_the_companys(self):
        values = short_values()
        block = Block("digital_link", 2, 2, 60, 60, "01 10")
        for domain, stem in (
            ("lacak.example.id", "https://lacak.example.id"),
            ("https://example.id/lacak/", "https://example.id/lacak"),
        ):
            values.domain = domain
            link = make_symbol(block, values).data
            self.assertEqual(link, f"{stem}/01/{GTIN}/10/{values.elements['10']}")
            self.assertIn(Element("01", GTIN), read_link(link))

    def test_every_template_is_read_from_png_and_pdf(self):
        for name, (form, template) in TEMPLATES.items():
            for make in (short_values, long_values, bare_values):
                with self.subTest(name, values=make.__name__):
                    values = make()
                    drawing = draw(form, template, values)
                    wanted = expected(template, values)
                    self.assertEqual(scanned(render_png(form, drawing, 203)), wanted)
                    (page,) = pages(render_pdf(form, [drawing]))
                    self.assertEqual(scanned(page), wanted)
