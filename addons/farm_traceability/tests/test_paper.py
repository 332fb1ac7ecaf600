import base64
import io
from datetime import date, datetime
from unittest.mock import patch

from odoo.tests import tagged
from odoo.tools.pdf import PdfReader
from openpyxl import load_workbook
from PIL import Image

from ..letters import faces, width, wrap
from ..reports.paper import Paper
from ..reports.workbook import workbook
from .common import FarmCase

COLUMNS = [("Lot", 3, "left"), ("Quantity", 1, "right")]


def read(content):
    return PdfReader(io.BytesIO(content))


def texts(content):
    return [page.extract_text() for page in read(content).pages]


@tagged("post_install", "-at_install")
class TestPaper(FarmCase):
    """Documents drawn by hand: nothing is lost, whatever is written."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user = cls.make_user("stock", name="Sri Lestari")

    def paper(self, **options):
        return Paper(self.env(user=self.user), "Trace", "Lot 7", **options)

    def test_page_says_who_when_and_which(self):
        paper = self.paper()
        paper.heading("Lots")
        paper.table(COLUMNS, ((f"Lot {n}", f"{n} kg") for n in range(200)))
        pages = texts(paper.render())
        for number, page in enumerate(pages, start=1):
            self.assertIn(f"Page {number} of {len(pages)}", page)
            self.assertIn("Printed 15 June 2026, 10:00 by Sri Lestari", page)
            self.assertIn(self.env.company.name, page)
            self.assertIn("Quantity", page, "the head of the table is repeated")
        every = "\n".join(pages)
        for number in range(200):
            self.assertIn(f"{number} kg", every)

    def test_properties(self):
        self.env["res.lang"]._activate_lang("id_ID")
        env = self.env(user=self.user, context={"lang": "id_ID"})
        reader = read(Paper(env, "Trace", "Lot 7").render())
        self.assertEqual(reader.metadata.title, "Trace Lot 7")
        self.assertEqual(reader.metadata.author, self.env.company.name)
        self.assertEqual(reader.trailer["/Root"]["/Lang"], "id-ID")

    def test_letters_of_many_languages(self):
        words = "Łódź Çeşme Kraków Nguyễn Ħaż ₫ € – “tandan”"
        paper = self.paper()
        paper.paragraph(words)
        self.assertIn(words, texts(paper.render())[0])

    def test_letters_of_several_parts_of_a_font_in_a_long_table(self):
        letters = "".join(map(chr, [*range(0xC0, 0x24F), *range(0x391, 0x3C9)]))
        rows = [(letters[n:][:9], letters[n * 7 % 400 :][:5]) for n in range(300)]
        paper = self.paper()
        paper.table(COLUMNS, rows + rows)
        text = "".join("".join(texts(paper.render())).split())
        for row in rows:
            self.assertIn(row[0][:9], text)

    def test_row_higher_than_a_page_loses_nothing(self):
        paper = self.paper()
        paper.table(COLUMNS, [(" ".join(f"w{n}" for n in range(3000)), "1 kg")])
        words = " ".join(texts(paper.render())).split()
        self.assertLessEqual({f"w{n}" for n in range(3000)}, set(words))

    def test_all_blocks_together_on_both_shapes(self):
        for landscape in (False, True):
            paper = self.paper(landscape=landscape)
            paper.facts([("Lots", "12"), ("Customers", "3"), ("", "")] * 9)
            paper.paragraph("One.\nTwo.")
            paper.table(COLUMNS, [])
            paper.table(COLUMNS, [(None, "x\x00\ty")])
            paper.signatures(["Quality manager", "Witness", "Office", "Driver"])
            page = "\n".join(texts(paper.render()))
            for text in ("12", "Two.", "Witness", "Driver"):
                self.assertIn(text, page)

    def test_many_empty_pages_have_no_foot_missing(self):
        paper = self.paper()
        for number in range(60):
            paper.heading(f"Part {number}")
            paper.paragraph("word " * 200)
        content = paper.render()
        self.assertIn("Part 59", texts(content)[-1])

    def test_company_logo_and_colour(self):
        company = self.env.company
        picture = io.BytesIO()
        Image.new("RGBA", (300, 90), (200, 30, 30, 128)).save(picture, "PNG")
        company.logo = base64.b64encode(picture.getvalue())
        company.primary_color = "#aa3300"
        self.assertGreater(len(self.paper().render()), 1000)
        company.primary_color = "rgb(1,2,3)"
        self.paper().render()

    def test_wrapped_lines_fit_and_lose_nothing(self):
        font = faces().regular
        long = ("word " * 50, "x" * 300, "HV/2026/00012-A" * 5, "ÅÄÖ " * 30)
        for text in ("", "a b", "two\nlines", *long):
            lines = wrap(text, font, 9, 60)
            self.assertTrue(all(width(line, font, 9) <= 60 for line in lines))
            self.assertEqual("".join("".join(lines).split()), "".join(text.split()))


@tagged("post_install", "-at_install")
class TestWorkbook(FarmCase):
    def open_book(self, sheets):
        return load_workbook(io.BytesIO(workbook(sheets)))

    def test_cells_keep_their_kind(self):
        columns = [("Lot", 20), ("Kilograms", 10), ("Day", 12), ("Moment", 16)]
        row = ["0012", 2.5, date(2026, 6, 15), datetime(2026, 6, 15, 3, 30)]
        book = self.open_book([("Lots", columns, [row, [None, False, "", 0]])])
        sheet = book["Lots"]
        self.assertEqual([cell.value for cell in sheet[1]], [c[0] for c in columns])
        self.assertEqual(sheet["A2"].value, "0012")
        self.assertEqual(sheet["B2"].value, 2.5)
        self.assertEqual(sheet["C2"].value, datetime(2026, 6, 15))
        self.assertEqual(sheet["D2"].value, datetime(2026, 6, 15, 3, 30))
        self.assertEqual([cell.value for cell in sheet[3]], [None, None, None, 0])
        self.assertEqual((sheet.freeze_panes, sheet.auto_filter.ref), ("A2", "A1:D3"))

    def test_text_like_a_formula_or_a_link_stays_text(self):
        row = ["=1+1", "@SUM(A1)", "https://example.com", "+62 271"]
        book = self.open_book([("Sheet", [("x", 9)] * 4, [row])])
        cells = book["Sheet"][2]
        self.assertEqual([cell.value for cell in cells], row)
        self.assertEqual({cell.data_type for cell in cells}, {"s"})
        self.assertFalse(any(cell.hyperlink for cell in cells))

    def test_more_rows_than_a_sheet_takes_go_on_in_another(self):
        rows = [[number] for number in range(5)]
        with patch("odoo.addons.farm_traceability.reports.workbook.MOST_ROWS", 2):
            book = self.open_book([("Lots", [("x", 9)], rows)])
        self.assertEqual(book.sheetnames, ["Lots", "Lots 2", "Lots 3"])
        self.assertEqual([list(sheet.values)[1][0] for sheet in book], [0, 2, 4])

    def test_names_of_sheets_that_no_program_takes(self):
        long = "Customers / places [all]: " + "x" * 40
        titles = (long, long, "", "'a'")
        book = self.open_book([(title, [("x", 9)], []) for title in titles])
        self.assertEqual(len(set(book.sheetnames)), 4)
        self.assertTrue(all(len(name) <= 31 for name in book.sheetnames))
