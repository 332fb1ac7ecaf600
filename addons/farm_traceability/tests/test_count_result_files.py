import io

from odoo.tests import tagged
from odoo.tools.pdf import PdfReader
from openpyxl import load_workbook

from .count_common import CountCase


@tagged("post_install", "-at_install")
class TestCountResultFiles(CountCase):
    """Paper and sheet say what the screen says."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.move(10, cls.suppliers, cls.shelf, day=-10)
        cls.move(6, cls.suppliers, cls.shelf, lot_id=cls.lot.id, day=-10)
        cls.count(10, cls.shelf, day=-9)
        cls.move(3, cls.shelf, cls.customers, day=-8)
        cls.count(5, cls.shelf, day=-7)
        cls.count(6, cls.shelf, cls.product, lot=cls.lot, day=-7)
        cls.count(2, cls.other_shelf, day=-6)

    def file(self, answer):
        number = answer["url"].split("/")[3].split("?")[0]
        return io.BytesIO(self.env["ir.attachment"].browse(int(number)).raw)

    def paper_text(self, user, **values):
        asks = self.env["farm.count.ask"].with_user(user)
        ask = asks.create({"date_from": False} | values)
        reader = PdfReader(self.file(ask.action_paper()))
        return "\n".join(page.extract_text() for page in reader.pages)

    def test_the_paper_has_places_sums_reasons_and_who_signs(self):
        count = self.results(("difference", "=", -2)).count_id
        reason = self.env.ref("farm_traceability.count_reason_weight")
        count.with_user(self.head).write({"reason_id": reason.id, "note": "Dry"})
        text = self.paper_text(self.head)
        for words in (
            "Stock Count Results", "Shelf A", "Shelf B", "CARD-1", "Boxes",
            "Together: 3, with a", "never counted", "Weight loss in storage: Dry",
            "Head of the store", "Not Investigated", "Counted by", "Checked by",
        ):  # fmt: skip
            self.assertIn(words, text)
        self.assertLess(text.index("Shelf A"), text.index("Shelf B"))
        self.assertIn("100.00", text)

    def test_the_paper_of_a_keeper_has_no_values(self):
        self.assertNotIn("Value", self.paper_text(self.keeper))

    def test_a_paper_of_what_is_being_entered_is_offered_with_the_count_sheets(self):
        quant = self.enter(4, self.shelf)
        reader = PdfReader(self.file(quant.action_count_result_paper()))
        self.assertIn("Boxes", reader.pages[0].extract_text())

    def test_the_sheet_has_the_figures_of_the_screen(self):
        rows = self.results(user=self.head)
        book = load_workbook(self.file(rows.action_sheet()))
        head, *lines = book.worksheets[0].iter_rows(values_only=True)
        cells = [dict(zip(head, line, strict=True)) for line in lines]
        self.assertEqual(len(cells), len(rows))
        for row, cell in zip(rows, cells, strict=True):
            for label, name in (
                ("By the Books", "book_quantity"), ("Counted", "counted_quantity"),
                ("Difference", "difference"), ("Out", "went"),
                ("Counted Then", "last_quantity"), ("Value of the Difference", "value"),
            ):  # fmt: skip
                self.assertEqual(cell[label], row[name], label)
