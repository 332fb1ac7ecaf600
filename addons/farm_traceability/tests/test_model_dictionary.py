from pathlib import Path
from unittest import SkipTest

from odoo.tests import TransactionCase, tagged

TABLE = Path(__file__).parents[3] / "docs" / "model.md"
HEAD = ["Item", "In English", "Model", "Field", "Record"]
# Table 1 of the paper, item by item.
ITEMS = """
Nama tanaman; Ukuran; volume; nisbah diameter panjang / lebar; kehalusan; kepadatan;
keseragaman; warna; kilap; cacat; patologis; Kekokohan; kekerasan; kelembutan;
kerenyahan; sifat berair; terasa bertepung; terasa berpasir; keliatan; terasa berserat;
Kemanisan; keasaman; kesepetan; kepahitan; aroma; cita-rasa asing; bau asing;
Karbohidrat; serat makanan; protein; lemak; vitamin; mineral; Buah super; Kelas A;
Kelas B; Organik / nonorganik (panduan); jenis pupuk (panduan);
waktu pemupukan (panduan); Alat panen; umur kematangan buah; Pencucian (panduan);
curing (panduan); degreening (panduan); waxing (panduan); penyimpanan (panduan);
Wadah pengangkutan; kendaraan angkut; lama distribusi; Organik / nonorganik;
waktu pemupukan; jenis pupuk; desa; kelompok tani; Tanggal penanaman;
tanggal mulai berbuah; Tanggal panen; Estimasi umur buah; Pencucian; curing;
degreening; waxing; zat aditif; organik / nonorganik (zat aditif); Nama lokasi;
nama pihak pendistribusi; tanggal jual beli
"""


@tagged("post_install", "-at_install")
class TestModelDictionary(TransactionCase):
    """``docs/model.md`` says where every item of the paper's table 1 lives."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if not TABLE.exists():
            raise SkipTest(f"{TABLE} is not there: the add-on stands alone")
        cls.rows = list(cls.read_rows(TABLE.read_text(encoding="utf-8")))

    @staticmethod
    def read_rows(text):
        for line in text.splitlines():
            cells = [cell.strip() for cell in line.split("|")[1:-1]]
            if cells and cells != HEAD and set(line) - set("|-: "):
                item, _english, *codes = cells
                model, field, record = (code.strip("`") for code in codes)
                yield {"item": item, "model": model, "field": field, "record": record}

    def test_the_tables_are_found(self):
        self.assertGreater(len(self.rows), 70)

    def test_every_item_of_the_paper_has_its_row(self):
        items = {" ".join(item.split()) for item in ITEMS.split(";")}
        self.assertFalse(items - {row["item"] for row in self.rows})

    def test_every_field_and_value_exists(self):
        for row in self.rows:
            with self.subTest(row=row):
                name, _equals, value = row["field"].partition("=")
                field = self.env[row["model"]]._fields[name]
                if value:
                    self.assertIn(value, field.get_values(self.env))

    def test_every_record_exists(self):
        for row in self.rows:
            if row["record"]:
                with self.subTest(row=row):
                    self.assertTrue(self.env.ref(f"farm_traceability.{row['record']}"))

    def test_every_trait_that_comes_with_the_add_on_has_its_row(self):
        data = self.env["ir.model.data"].search(
            [("module", "=", "farm_traceability"), ("model", "=", "farm.trait")]
        )
        self.assertEqual(
            set(data.mapped("name")),
            {row["record"] for row in self.rows if row["field"] == "trait_id"},
        )
