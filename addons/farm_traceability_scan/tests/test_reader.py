from hypothesis import given, settings
from odoo.tests import tagged

from .scan_common import ANY_TEXT, ScanCase

GTIN = "09501101530003"


@tagged("post_install", "-at_install")
class TestReader(ScanCase):
    """What scans mean, for a picker."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.product.write({"barcode": GTIN[1:], "default_code": "BAN"})
        cls.lot = cls.make_lot("LOT-1", 30)
        cls.lot.lineage_code = "7QF3"
        cls.place = cls.stock.create(
            {"name": "Cold 1", "location_id": cls.stock.id, "barcode": "COLD-1"}
        )
        cls.place.global_location_number = "9501100020017"
        cls.package = cls.env["stock.package"].create({"name": "395011000000000171"})
        cls.product.seller_ids = [
            (0, 0, {"partner_id": cls.env.user.partner_id.id, "product_code": "SUP-9"})
        ]

    def meanings(self, text):
        found = self.scan.look_up(text)["meanings"]
        return [(one["kind"], one["id"]) for one in found]

    def test_each_way_to_name_things(self):
        lot, product = ("lot", self.lot.id), ("product", self.product.id)
        for text, meant in (
            ("LOT-1", lot),
            ("lot-1", lot),
            ("7QF3", lot),
            (f"01{GTIN}10LOT-1", lot),
            (f"]C101{GTIN}10LOT-1", lot),
            (f"https://example.com/01/{GTIN}/10/LOT-1", lot),
            (f"01{GTIN}10LOT-2", ("new_lot", self.product.id)),
            (GTIN[1:], product),
            ("BAN", product),
            ("SUP-9", product),
            ("COLD-1", ("location", self.place.id)),
            ("]C14149501100020017", ("location", self.place.id)),
            ("00395011000000000171", ("package", self.package.id)),
            ("395011000000000171", ("package", self.package.id)),
        ):
            with self.subTest(text):
                self.assertEqual(self.meanings(text), [meant])

    def test_what_is_unknown_is_said_to_be(self):
        for text in ("nothing", "100%", "_____", "\\"):
            with self.subTest(text):
                answer = self.scan.look_up(text)
                self.assertEqual(answer["meanings"], [])
                self.assertIn(text, answer["problem"])

    @settings(max_examples=150, deadline=None, derandomize=True)
    @given(ANY_TEXT)
    def test_anything_is_answered(self, text):
        answer = self.scan.look_up(text)
        self.assertTrue(answer["meanings"] or answer["problem"])
