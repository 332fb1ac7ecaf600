import tracemalloc
from itertools import chain

from odoo.tests import BaseCase

from ..labels import Block, Format, Values, draw, render_pdf
from .label_common import expected, page_texts, pages, scanned
from .label_samples import SHEET_24, SHEET_65, TEMPLATES, elements, short_values

LOTS = [f"LOT-{number:04}" for number in range(29)]


def values_of(lot):
    values = short_values()
    values.texts["lot"] = lot
    values.elements = elements(lot)
    return values


class TestLabelPdf(BaseCase):
    def test_a_sheet_is_filled_row_by_row_from_its_start(self):
        form, template = SHEET_24
        drawings = (draw(form, template, values_of(lot)) for lot in LOTS)
        pdf = render_pdf(form, drawings, start=20)
        first, second, *others = pages(pdf)
        self.assertFalse(others)
        self.assertEqual(first.size, (1680, 2376))
        wanted = [expected(template, values_of(lot)) for lot in LOTS]
        # Five on the first page, in the seventh and eighth row.
        self.assertEqual(scanned(first), sorted(chain(*wanted[:5])))
        cell = first.crop((70 * 8, int(222.5 * 8), 140 * 8, int(259.5 * 8)))
        self.assertEqual(scanned(cell), wanted[0])
        cell = first.crop((0, int(259.5 * 8), 70 * 8, int(296.5 * 8)))
        self.assertEqual(scanned(cell), wanted[2])
        self.assertEqual(len(scanned(second)), 2 * 24)

    def test_every_label_of_a_full_sheet_is_read(self):
        form, template = SHEET_65
        lots = [f"PISANG-2026-{number:03}" for number in range(65)]
        pdf = render_pdf(form, [draw(form, template, values_of(one)) for one in lots])
        (page,) = pages(pdf)
        found = {text.partition("17261130")[2] for _code, text in scanned(page)}
        self.assertEqual(found, {f"10{lot}" for lot in lots})

    def test_a_roll_has_a_page_for_each_label(self):
        form, template = TEMPLATES["bunch"]
        pdf = render_pdf(form, (draw(form, template, values_of(x)) for x in LOTS[:3]))
        found = pages(pdf)
        self.assertEqual([page.size for page in found], [(800, 400)] * 3)
        for lot, page, text in zip(LOTS, found, page_texts(pdf), strict=False):
            self.assertEqual(scanned(page), expected(template, values_of(lot)))
            for part in (lot, "Best before", "Tawangmangu, Karanganyar", "12,5 kg"):
                self.assertIn(part, text)

    def test_a_turned_label_lies_on_its_page(self):
        form, template = TEMPLATES["bunch"]
        turned = Format(100, 50, 2, 2, 2, 2, rotated=True)
        drawing = draw(turned, template, values_of(LOTS[0]))
        (page,) = pages(render_pdf(turned, [drawing]))
        self.assertEqual(page.size, (400, 800))
        (upright,) = pages(render_pdf(form, [drawing]))
        differing = [
            abs(one - other)
            for one, other in zip(
                page.rotate(90, expand=True).convert("L").tobytes(),
                upright.convert("L").tobytes(),
                strict=True,
            )
        ]
        self.assertLess(sum(differing) / len(differing), 3)
        self.assertEqual(scanned(page), expected(template, values_of(LOTS[0])))

    def test_letters_of_many_languages(self):
        text = "Jeruk Keprok “Super” – Ünal Łódź Đặng Пётр €5 ½"
        block = Block("text", 2, 2, 90, 10, "{lot}", font_size=8)
        form = Format(100, 20)
        drawing = draw(form, [block], Values({"lot": text}))
        (found,) = page_texts(render_pdf(form, [drawing]))
        self.assertEqual(found.split(), text.split())

    def test_without_labels_there_is_an_empty_page(self):
        self.assertEqual(len(pages(render_pdf(Format(50, 30), []))), 1)

    def test_memory_grows_by_the_compressed_pages_alone(self):
        form, template = TEMPLATES["bunch"]
        drawing = draw(form, template, short_values())

        def peak(count):
            render_pdf(form, [drawing])
            tracemalloc.start()
            size = len(render_pdf(form, (drawing for _one in range(count))))
            _now, most = tracemalloc.get_traced_memory()
            tracemalloc.stop()
            return size, most

        little, few = peak(50)
        much, many = peak(400)
        self.assertLess(many - few, 12 * (much - little))
