import io

from odoo.tests import tagged
from odoo.tools.pdf import PdfReader
from openpyxl import load_workbook

from ..models.card import farm_stock_card_read
from ..reports.stock_card_paper import StockCardPaper
from .stock_card_common import StockCardCase


@tagged("post_install", "-at_install")
class TestStockCardFiles(StockCardCase):
    """Paper and sheet say what the screen says."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Steps so short that every file takes several.
        cls.classPatch(farm_stock_card_read, "STEP", 3)
        for day in range(-30, 0, 3):
            cls.move(10.5, cls.suppliers, cls.shelf, day=day)
            cls.move(4, cls.shelf, cls.customers, day=day)
        cls.move(7, cls.suppliers, cls.shelf, lot_id=cls.lot.id, day=-1)

    def card(self, user=None, **values):
        values = {
            "product_ids": (self.boxes | self.product).ids,
            "date_from": self.day_of(-20),
        } | values
        return self.env["farm.stock.card"].with_user(user or self.keeper).create(values)

    def content(self, action):
        number = int(action["url"].split("/")[3].split("?")[0])
        return self.env["ir.attachment"].browse(number).raw

    def screen(self, card):
        """Opening, rows and closing of each section, as texts."""
        values = {"product_ids": card.product_ids.ids, "date_from": self.day_of(-20)}
        sections = self.cards(self.keeper, **values)["sections"]
        return {
            section["title"]: [
                [cell["text"] for cell in row["cells"]][-3:]
                for row in section["page"]["rows"]
            ]
            for section in sections
        }

    def test_the_sheet_has_the_rows_of_the_screen(self):
        card = self.card()
        book = load_workbook(io.BytesIO(self.content(card.action_sheet())))
        head, *rows = book["Movements"].values
        told = {}
        for row in rows:
            told.setdefault(row[0], []).append(row)
        places = [head.index(name) for name in ("In", "Out", "Running Balance")]
        for product, expected in self.screen(card).items():
            found = [
                [card._number(row[at]) if row[at] is not None else "" for at in places]
                for row in told[product]
            ]
            self.assertEqual(found, expected[:-1])
        sums = {row[0]: row for row in list(book["Stock Card"].values)[1:]}
        self.assertEqual(sums["Boxes"][2:6], (26, 73.5 - 10.5, 28 - 4, 65))

    def test_the_paper_has_the_rows_of_the_screen(self):
        card = self.card()
        reader = PdfReader(io.BytesIO(self.content(card.action_paper())))
        text = "\n".join(page.extract_text() for page in reader.pages)
        for product, rows in self.screen(card).items():
            self.assertIn(product, text)
            for row in rows:
                self.assertIn(row[-1], text)
        paper = StockCardPaper(card)
        for section in card._read_sections():
            expected = self.screen(card)[card._product_name(section)]
            drawn = [row[-3:] for row in paper._rows(section)]
            self.assertEqual(drawn[1:-1], expected[1:-1])
            self.assertEqual(drawn[0][-1], expected[0][-1])
            self.assertEqual(drawn[-1][-1], expected[-1][-1])

    def test_an_empty_card_is_a_paper_too(self):
        card = self.card(product_ids=self.product.ids, date_to=self.day_of(-19))
        reader = PdfReader(io.BytesIO(self.content(card.action_paper())))
        self.assertIn("Nothing was there", reader.pages[0].extract_text())

    def test_only_managers_get_values(self):
        for user, has in ((self.keeper, False), (self.manager, True)):
            card = self.card(user=user)
            book = load_workbook(io.BytesIO(self.content(card.action_sheet())))
            heads = [next(iter(sheet.values)) for sheet in book.worksheets[:2]]
            self.assertEqual("Closing Value" in heads[0], has)
            self.assertEqual("Value" in heads[1], has)
