import csv
import io

from odoo.tests import HttpCase, tagged
from odoo.tools.pdf import PdfReader
from openpyxl import load_workbook

from ..trace import trace
from ..trace.export import Export
from ..trace.export_files import write_csv, write_pdf, write_xlsx
from .common import FarmCase
from .trace_common import TraceMakers


class ExportCase(TraceMakers, FarmCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user = cls.make_user("stock", name="Sri Lestari", password="Sri Lestari 1")
        cls.lot = cls.receive(10.0).lot_ids
        cls.carton = cls.make_lot("Carton 7", cls.hand)

    def setUp(self):
        super().setUp()
        self.operate([(self.lot, 8)], [(self.carton, 4)])
        self.deliver(self.carton, 3, self.shop)


@tagged("post_install", "-at_install")
class TestTraceExport(ExportCase):
    """A trace as files: complete, typed, and safe to open."""

    def export(self, lot, user=None, **options):
        env = self.env(user=user or self.user)
        return Export(env, trace(env, lot.ids, **options), lot.name)

    def read_csv(self, export):
        return list(csv.reader(io.StringIO(write_csv(export).decode("utf-8-sig"))))

    def table(self, rows, title):
        """Rows of a table as dictionaries."""
        start = rows.index([title])
        end = rows.index([], start) if [] in rows[start:] else len(rows)
        head, *body = rows[start + 1 : end]
        return [dict(zip(head, row, strict=True)) for row in body]

    def test_csv_has_everything(self):
        rows = self.read_csv(self.export(self.carton))
        facts = dict(row for row in rows[: rows.index([])] if len(row) == 2)
        self.assertEqual(facts["Trace of"], "Carton 7")
        self.assertEqual(facts["Made by"], "Sri Lestari")
        self.assertEqual(facts["Made on"], "2026-06-15 10:00:00")
        self.assertEqual((facts["Lots"], facts["Customers"]), ("2", "1"))
        first, second = self.table(rows, "Lots")
        self.assertEqual((first["Steps"], first["Lot"]), ("-1", self.lot.name))
        self.assertEqual(first["Share of Traced Lot"], "1.0")
        self.assertEqual((first["In all"], first["Unit"]), ("10.0", "kg"))
        self.assertEqual(first["Farmer"], self.farmer.name)
        self.assertEqual(first["Plot"], self.plot.name)
        self.assertEqual(first["Certificate"], self.certificate.name)
        self.assertEqual(first["Harvested"], "2026-06-15")
        self.assertEqual((second["Steps"], second["Delivered"]), ("0", "3.0"))
        [edge] = self.table(rows, "How They Were Made")
        self.assertEqual(edge["Share of New Lot"], "1.0")
        [customer] = self.table(rows, "Customers")
        self.assertEqual(
            (customer["Customer"], customer["Still There"]), (self.shop.name, "3.0")
        )
        self.assertEqual(len(self.table(rows, "On Hand")), 2)
        whats = {row["What"] for row in self.table(rows, "Events")}
        self.assertEqual(whats, {"Received", "Made into others", "Made", "Delivered"})

    def test_csv_runs_no_formula(self):
        names = ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "Fine"]
        lots = [self.make_lot(name) for name in names]
        self.operate([(self.lot, 1)], [(lot, 1) for lot in lots])
        rows = self.table(self.read_csv(self.export(self.lot)), "Lots")
        found = {row["Lot"] for row in rows}
        self.assertLessEqual({"'=1+1", "'+1", "'-1", "'@SUM(A1)", "Fine"}, found)
        self.assertFalse(found & set(names[:5]))

    def test_xlsx_has_a_sheet_for_each_table(self):
        book = load_workbook(io.BytesIO(write_xlsx(self.export(self.carton))))
        self.assertEqual(
            book.sheetnames,
            ["Summary", "Lots", "How They Were Made", "On Hand", "Customers", "Events"],
        )
        head, first, _second = book["Lots"].values
        row = dict(zip(head, first, strict=True))
        self.assertEqual((row["Steps"], row["In all"]), (-1, 10))
        self.assertEqual(row["Harvested"].date(), self.day)

    def test_pdf_has_the_same(self):
        reader = PdfReader(io.BytesIO(write_pdf(self.export(self.carton))))
        text = "\n".join(page.extract_text() for page in reader.pages)
        self.assertRegex(text, r"-1\s+" + self.lot.name)
        self.assertRegex(text, r"\b0\s+Carton 7")
        for word in ("Carton 7", self.lot.name, self.shop.name, "100.0 %", "3 Units"):
            self.assertIn(word.split(" Units")[0], text)

    def test_cut_is_said_in_every_file(self):
        lots = [self.make_lot(f"Part {n}") for n in range(3)]
        self.operate([(self.lot, 1)], [(lot, 1) for lot in lots])
        export = self.export(self.lot, limit=2)
        self.assertIn("only the nearest 2", write_csv(export).decode())
        book = load_workbook(io.BytesIO(write_xlsx(export)))
        self.assertIn("only the nearest 2", str(list(book["Summary"].values)))
        reader = PdfReader(io.BytesIO(write_pdf(export)))
        self.assertIn("only the nearest 2", reader.pages[0].extract_text())

    def test_lots_of_another_company_are_counted_and_not_named(self):
        other = self.env["res.company"].create({"name": "Other Fruit Company"})
        stranger = self.make_user(
            "stock", company_id=other.id, company_ids=[(6, 0, other.ids)]
        )
        lot = self.make_lot("Shared lot")
        lot.company_id = False
        self.buy(lot, 9)
        secret = self.make_lot("Secret lot")
        secret.company_id = self.env.company
        self.operate([(lot, 3)], [(secret, 3)])
        self.deliver(secret, 2, self.market)
        text = write_csv(self.export(lot, stranger)).decode()
        self.assertIn('"Lots of another company, not listed",1', text)
        for word in ("Secret", self.market.name):
            self.assertNotIn(word, text)


@tagged("post_install", "-at_install")
class TestTraceExportRoute(ExportCase, HttpCase):
    freeze_time = None  # a session has a clock of its own

    def get(self, path, user=None):
        user = user or self.user
        self.authenticate(user.login, user.login)
        return self.url_open(f"/farm_traceability/trace/{path}")

    def test_each_format_is_a_download(self):
        kinds = {"csv": b"\xef\xbb\xbf", "xlsx": b"PK", "pdf": b"%PDF"}
        for extension, start in kinds.items():
            answer = self.get(f"stock.lot/{self.carton.id}.{extension}")
            self.assertEqual(answer.status_code, 200)
            self.assertTrue(answer.content.startswith(start))
            self.assertIn(f".{extension}", answer.headers["Content-Disposition"])

    def test_what_is_not_there(self):
        for path, words in (
            (f"stock.lot/{self.carton.id}.docx", "not as docx"),
            ("stock.lot/999999999.csv", "no record here"),
            (f"res.users/{self.user.id}.csv", "no record here"),
            ("no.such/1.csv", "no record here"),
            ("farm.traceable/1.csv", "no record here"),
            ("stock.lot/99999999999999999999.csv", "no record here"),
        ):
            answer = self.get(path)
            self.assertEqual(answer.status_code, 404, path)
            self.assertIn(words, answer.text, path)

    def test_who_may_not_read_the_lot(self):
        for role in ("internal", "portal"):
            answer = self.get(f"stock.lot/{self.carton.id}.csv", self.make_user(role))
            self.assertEqual(answer.status_code, 403, role)
            self.assertIn("You may not read", answer.text)

    def test_nobody_is_sent_to_log_in(self):
        url = f"/farm_traceability/trace/stock.lot/{self.carton.id}.csv"
        answer = self.url_open(url, allow_redirects=False)
        self.assertIn("/web/login", answer.headers["Location"])
