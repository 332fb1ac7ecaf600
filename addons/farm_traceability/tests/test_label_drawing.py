from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from odoo.tests import BaseCase

from ..labels import (
    Block,
    Format,
    LabelError,
    Values,
    draw,
    render_pdf,
    render_png,
    render_zpl,
)
from ..labels.blocks import ALIGNMENTS, KINDS, TURNS
from ..labels.primitives import Bars, Matrix, Picture, Rule, Text
from .label_samples import TEMPLATES, long_values, short_values

PATIENT = settings(
    deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow]
)
LENGTHS = st.floats(0.1, 160)
CONTENTS = {
    "text": st.sampled_from(["{lot}", "{product} {farmer}", "Tanggal panen"]),
    "image": st.just("logo"),
    **dict.fromkeys(("line", "box"), st.just("")),
    "ean13": st.just("01"),
}


@st.composite
def blocks(draw):
    kind = draw(st.sampled_from(KINDS))
    codes = st.sampled_from(["01 17? 10", "01 10", "00", "02 37 00 17 10"])
    return Block(
        kind,
        draw(st.floats(0, 60)),
        draw(st.floats(0, 60)),
        draw(LENGTHS),
        draw(LENGTHS),
        draw(CONTENTS.get(kind, codes)),
        font_size=draw(st.floats(4, 40)),
        align=draw(st.sampled_from(ALIGNMENTS)),
        rotation=draw(st.sampled_from(TURNS)),
        caption=draw(st.sampled_from(["", "Lot", "{lot}"])),
        may_cut=draw(st.booleans()),
        module=draw(st.sampled_from([None, 0.495, 2.0])),
    )


@st.composite
def formats(draw):
    margin = draw(st.floats(0, 4))
    size = (draw(st.floats(10, 220)), draw(st.floats(10, 220)))
    return Format(*size, margin, margin, margin, margin, rotated=draw(st.booleans()))


class TestLabelDrawing(BaseCase):
    def texts(self, block, values=None):
        drawing = draw(Format(200, 200), [block], values or short_values())
        return [item for item in drawing.items if isinstance(item, Text)]

    def lines(self, block, values=None):
        return [item.text for item in self.texts(block, values)]

    # -- texts

    def test_a_long_text_is_wrapped_then_shrunk_then_cut(self):
        product = "Pisang Cavendish Organik Pilihan"
        values = Values({"product": product})

        def block(height, **look):
            look = {"font_size": 10, **look}
            return Block("text", 0, 0, 30, height, "{product}", **look)

        self.assertEqual(
            self.lines(block(10), values), ["Pisang Cavendish", "Organik Pilihan"]
        )
        shrunk = self.texts(block(6), values)
        self.assertEqual(" ".join(one.text for one in shrunk), product)
        self.assertLess(shrunk[0].size, self.texts(block(10), values)[0].size)
        self.assertEqual(
            self.lines(block(3.5, least_size=8, may_cut=True), values),
            ["Pisang Cavendish Org…"],
        )
        with self.assertRaises(LabelError):
            self.lines(block(3.5, least_size=8), values)

    def test_a_field_without_value_leaves_nothing_behind(self):
        values = Values({"farmer": "", "group": "KT Makmur", "lot": ""})
        block = Block("text", 0, 0, 60, 12, "{farmer} · {group}", caption="Farmer")
        self.assertEqual(self.lines(block, values), ["Farmer", "KT Makmur"])
        block = Block("text", 0, 0, 60, 12, "{lot}", caption="Lot")
        self.assertEqual(self.lines(block, values), [])

    def test_a_value_is_no_template(self):
        values = Values({"lot": "{farmer} {0.__class__}", "farmer": "Bu Sri"})
        block = Block("text", 0, 0, 100, 12, "{lot}")
        self.assertEqual(self.lines(block, values), ["{farmer} {0.__class__}"])

    def test_a_picture_keeps_its_shape(self):
        values = short_values()
        block = Block("image", 10, 10, 30, 30, "logo", align="right")
        item = draw(Format(100, 100), [block], values).items[0]
        self.assertIsInstance(item, Picture)
        self.assertEqual(item[:4], (10, 10, 30, 15))
        self.assertFalse(draw(Format(100, 100), [block], Values()).items)

    # -- symbols

    def test_modules_are_whole_dots_and_not_below_the_least(self):
        least = {"gs1_128": 0.25, "ean13": 0.264, "gs1_datamatrix": 0.254}
        least["digital_link"] = 0.396
        for name, (form, template) in TEMPLATES.items():
            for dpi, step in ((None, None), (300, 25.4 / 300), (600, 25.4 / 600)):
                with self.subTest(name, dpi=dpi):
                    drawing = draw(form, template, long_values(), dpi)
                    step = step or (25.4 / 300 if form.is_sheet else 0.125)
                    for item in drawing.items:
                        if not isinstance(item, Bars | Matrix):
                            continue
                        dots = item.module / step
                        self.assertAlmostEqual(dots, round(dots), 6)
                        self.assertAlmostEqual(item.x / step, round(item.x / step), 6)
                        if item.symbol:
                            self.assertGreaterEqual(
                                item.module + 1e-9, least[item.symbol.kind]
                            )

    def test_logistic_labels_are_as_gs1_wants_them(self):
        form, template = TEMPLATES["pallet"]
        for dpi in (203, 300, 600):
            drawing = draw(form, template, long_values(), dpi)
            bars = [item for item in drawing.items if isinstance(item, Bars)]
            self.assertEqual(len(bars), 2)
            for item in bars:
                self.assertGreaterEqual(item.module, 0.495)
                self.assertGreaterEqual(item.height, 31.75)
                # Quiet zones of ten modules within the label.
                self.assertGreaterEqual(item.x, 10 * item.module)
                right = form.width - item.x - item.width
                self.assertGreaterEqual(right, 10 * item.module)

    def test_quiet_zones_are_empty(self):
        """Blocks do not overlap in the templates, so a symbol keeps its zones."""
        for name, (_form, template) in TEMPLATES.items():
            for one in template:
                for other in template:
                    if one is other:
                        continue
                    apart = (
                        one.right <= other.x + 1e-6
                        or other.right <= one.x + 1e-6
                        or one.bottom <= other.y + 1e-6
                        or other.bottom <= one.y + 1e-6
                    )
                    self.assertTrue(apart, (name, one, other))

    # -- any geometry

    @PATIENT
    @given(form=formats(), block=blocks(), dpi=st.sampled_from([203, 300, 600]))
    def test_a_label_is_whole_within_its_margins_or_refused(self, form, block, dpi):
        values = long_values()
        try:
            drawing = draw(form, [block], values, dpi)
        except LabelError as error:
            self.assertTrue(str(error).endswith("."))
            return
        left, top, right, bottom = form.inner
        for item in drawing.items:
            self.assertGreaterEqual(item.x, max(left, block.x) - 1e-6)
            self.assertGreaterEqual(item.y, max(top, block.y) - 1e-6)
            self.assertLessEqual(item.x + item.width, min(right, block.right) + 1e-6)
            self.assertLessEqual(item.y + item.height, min(bottom, block.bottom) + 1e-6)
        self.assertTrue(render_png(form, drawing).startswith(b"\x89PNG"))
        self.assertTrue(render_pdf(form, [drawing]).startswith(b"%PDF"))
        self.assertIn(b"^XZ", render_zpl(form, [drawing], dpi))

    def test_a_turned_label_is_the_same_a_quarter_on(self):
        form = Format(60, 30, rotated=True)
        template = [Block("line", 5, 2, 40, 1), Block("line", 5, 2, 1, 20)]
        turned = draw(form, template, Values()).turned()
        self.assertEqual((turned.width, turned.height), (30, 60))
        self.assertEqual(turned.items, (Rule(27, 5, 1, 40, 90), Rule(8, 5, 20, 1, 90)))
