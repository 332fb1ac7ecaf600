from odoo.tests import tagged

from .scan_common import ScanCase


@tagged("post_install", "-at_install")
class TestLookUp(ScanCase):
    """Any scan is answered, and nothing is done; a quality manager may hold."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lot = cls.make_lot("FIRST", 30, provenance_farmer="Suparno")
        cls.stock_up(cls.lot, 10)
        cls.nothing = cls.env["stock.picking"]

    def look_up(self, text, **more):
        return self.post("look_up", self.nothing, text, **more)

    def test_each_kind_has_a_card(self):
        package = self.env["stock.package"].create({"name": "PACK-9"})
        self.stock_up(self.lot, 5, package_id=package.id)
        self.stock.barcode = "STOCK-9"
        picking = self.make_delivery(5)
        for text, kind, places in (
            ("FIRST", "lot", 2),
            (self.product.display_name, None, 0),
            ("PACK-9", "package", 1),
            ("STOCK-9", "location", 2),
            (picking.name, "picking", 0),
        ):
            with self.subTest(text):
                answer = self.look_up(text)
                if not kind:
                    self.assertEqual(answer["state"], "refused")
                    continue
                self.assertEqual(answer["state"], "applied", answer["message"])
                self.assertEqual(answer["card"]["kind"], kind)
                self.assertEqual(len(answer["card"]["stock"]), places)

    def test_a_hold_is_seen_and_placed_by_who_may(self):
        codes = {one["code"] for one in self.scan.menu()}
        self.assertNotIn("hold", codes)
        answer = self.post("hold", self.nothing, "FIRST", note="Smells")
        self.assertEqual(answer["state"], "refused")
        quality = self.make_user("quality")
        asked = self.post("hold", self.nothing, "FIRST", user=quality)
        self.assertEqual(asked["state"], "asked")
        answer = self.post("hold", self.nothing, "FIRST", user=quality, note="Smells")
        self.assertEqual(answer["state"], "applied", answer["message"])
        self.assertTrue(self.lot.is_on_hold)
        self.assertIn("Smells", self.look_up("FIRST")["card"]["warning"])
