from hypothesis import given, settings
from odoo.tests import tagged

from .scan_common import ANY_TEXT, ScanCase

GTIN = "09501101530003"
KINDS = {
    "stock.lot": "lot",
    "product.product": "product",
    "stock.location": "location",
    "stock.package": "package",
    "stock.picking": "picking",
}


@tagged("post_install", "-at_install")
class TestReader(ScanCase):
    """What scans mean, for a picker."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.product.write({"barcode": GTIN[1:], "default_code": "BAN"})
        cls.lot = cls.make_lot("LOT-1", 30)
        cls.lot.lineage_code = "1G7400N6-HW"
        cls.hand = cls.make_lot("HAND-11", 30)
        cls.hand.lineage_code = "1G7400N6-0B-03-VJ"
        cls.tool = cls.make_product(tracking="serial", barcode="96385074")
        cls.serial = cls.env["stock.lot"].create(
            {"name": "SN/7", "product_id": cls.tool.id}
        )
        cls.place = cls.stock.create(
            {"name": "Cold 1", "location_id": cls.stock.id, "barcode": "COLD-1"}
        )
        cls.place.global_location_number = "0614141123452"
        cls.package = cls.env["stock.package"].create({"name": "106141412345678908"})
        cls.product.seller_ids = [
            (0, 0, {"partner_id": cls.env.user.partner_id.id, "product_code": "SUP-9"})
        ]
        cls.stock_up(cls.lot, 5)
        cls.picking = cls.make_delivery(2)

    def meanings(self, text, product=None):
        found = self.scan.look_up(text, product and product.id)["meanings"]
        return [(one["kind"], one["id"]) for one in found]

    def assertMeans(self, record, *texts, kind=None):
        for text in texts:
            with self.subTest(text):
                meant = (kind or KINDS[record._name], record.id)
                self.assertEqual(self.meanings(text), [meant])

    def test_lots(self):
        self.assertMeans(
            self.lot,
            *("LOT-1", "lot-1", " LOT-1\r", "]C0LOT-1", "]Q1LOT-1", "]d1LOT-1"),
            *("1G7400N6-HW", "1g7400n6-hw", "IG74OON6-HW", "]Q11G7400N6-HW"),
            f"01{GTIN}10LOT-1",
            f"\x1d01{GTIN}10LOT-1\x1d17290430",
            f"]C101{GTIN}1729043010LOT-1",
            f"]d201{GTIN}10LOT-1\x1d17290430",
            f"]Q301{GTIN}10LOT-1",
            f"]e001{GTIN}10LOT-1",
            f"(01){GTIN}(10)LOT-1",
            "]C110LOT-1",
            f"https://example.com/01/{GTIN}/10/LOT-1",
            f"]Q1https://id.gs1.org/01/{GTIN}/10/LOT-1?17=290430",
            f"]d1HTTPS://ID.GS1.ORG/01/{GTIN}/10/LOT%2D1",
            "urn:epc:class:lgtin:9501101.053000.LOT-1",
        )
        self.assertMeans(self.hand, "HAND-11", "1G7400N6-0B-03-VJ", "1g74oon6-ob-o3-vj")

    def test_serials(self):
        gtin = "00000096385074"
        self.assertMeans(
            self.serial,
            *("SN/7", f"]d201{gtin}21SN/7", f"01{gtin}21SN/7"),
            f"https://example.com/01/{gtin}/21/SN%2F7",
        )

    def test_products(self):
        self.assertMeans(
            self.product,
            *(GTIN, GTIN[1:], f"]E0{GTIN[1:]}", f"]I1{GTIN}", f"]C101{GTIN}", "BAN"),
            *("ban", "SUP-9", f"https://example.com/01/{GTIN}"),
        )
        self.assertMeans(self.tool, "96385074", "]E496385074", "0100000096385074")
        new = f"01{GTIN}10LOT-2"
        self.assertMeans(self.product, new, kind="new_lot")

    def test_places_packages_and_documents(self):
        self.assertMeans(
            self.place,
            *("COLD-1", "cold-1", self.place.complete_name, "]C14140614141123452"),
            "urn:epc:id:sgln:0614141.12345.0",
            "https://example.com/414/0614141123452",
        )
        self.assertMeans(
            self.package,
            *("00106141412345678908", "106141412345678908", "]C100106141412345678908"),
            "urn:epc:id:sscc:0614141.1234567890",
            "https://example.com/00/106141412345678908",
        )
        self.assertMeans(self.picking, self.picking.name, self.picking.name.lower())

    def test_the_same_name_on_two_products_is_asked(self):
        other = self.env["stock.lot"].create(
            {"name": "LOT-1", "product_id": self.make_product(tracking="lot").id}
        )
        both = [("lot", self.lot.id), ("lot", other.id)]
        self.assertCountEqual(self.meanings("LOT-1"), both)
        for lot in (self.lot, other):
            found = self.meanings("LOT-1", lot.product_id)
            self.assertEqual(found, [("lot", lot.id)])
        self.assertMeans(self.lot, f"01{GTIN}10LOT-1")

    def test_a_name_of_digits_may_look_like_a_number_of_gs1(self):
        self.assertMeans(self.make_lot("20260606"), "20260606")
        same = self.make_lot(GTIN[1:])
        found = [("product", self.product.id), ("lot", same.id)]
        self.assertCountEqual(self.meanings(GTIN[1:]), found)

    def test_a_lot_that_is_named_as_a_place_is_asked(self):
        named = self.make_lot("COLD-1")
        found = [("location", self.place.id), ("lot", named.id)]
        self.assertCountEqual(self.meanings("COLD-1"), found)

    def test_what_is_unknown_is_said_to_be(self):
        for text in ("nothing", "100%", "_____", "\\"):
            with self.subTest(text):
                answer = self.scan.look_up(text)
                self.assertEqual(answer["meanings"], [])
                self.assertIn(text, answer["problem"])

    def test_what_is_unknown_is_said_by_its_look(self):
        for text, look in (
            ("1G7400N6-0C-HW", "a lineage code"),
            ("(01)00000000000017(10)X", "a GS1 symbol"),
            ("https://example.com/01/00000000000017", "a GS1 Digital Link"),
            ("urn:epc:id:sscc:0614141.1234567899", "an EPC"),
            ("20260615-01", "is no lot"),
            ("https://example.com/hello", "is no lot"),
        ):
            with self.subTest(text):
                answer = self.scan.look_up(text)
                self.assertEqual(answer["meanings"], [])
                self.assertIn(look, answer["problem"])

    @settings(max_examples=150, deadline=None, derandomize=True)
    @given(ANY_TEXT)
    def test_anything_is_answered(self, text):
        answer = self.scan.look_up(text)
        self.assertTrue(answer["meanings"] or answer["problem"])
