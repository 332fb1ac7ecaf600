from odoo.tests import tagged

from .scan_common import ScanCase


@tagged("post_install", "-at_install")
class TestMove(ScanCase):
    """A picker moves what lies somewhere, without any document."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lot = cls.make_lot("FIRST", 30)
        cls.left, cls.right = cls.env["stock.location"].create(
            [
                {"name": name, "location_id": cls.stock.id, "barcode": name}
                for name in ("LEFT", "RIGHT")
            ]
        )
        cls.stock_up(cls.lot, 50, cls.left)

    def move(self, text, draft=None, **more):
        nothing = self.env["stock.picking"]
        return self.post("move", nothing, text, draft=draft, **more)

    def lying(self):
        quants = self.lot.quant_ids.filtered("quantity")
        return {quant.location_id.name: quant.quantity for quant in quants}

    def test_item_then_destination(self):
        draft = self.move("FIRST")["draft"]
        answer = self.move("RIGHT", draft, quantity=20)
        self.assertEqual(answer["state"], "applied", answer["message"])
        self.assertEqual(self.lying(), {"LEFT": 30, "RIGHT": 20})

    def test_source_first(self):
        self.stock_up(self.lot, 5, self.right)
        asked = self.move("FIRST")
        self.assertIn("LEFT", asked["message"])
        draft = self.move("RIGHT", asked["draft"])["draft"]
        answer = self.move("LEFT", draft)
        self.assertEqual(answer["state"], "applied", answer["message"])
        self.assertEqual(self.lying(), {"LEFT": 55})
        draft = self.move("LEFT")["draft"]
        draft = self.move("FIRST", draft)["draft"]
        self.move("RIGHT", draft)
        self.assertEqual(self.lying(), {"RIGHT": 55})

    def test_refused(self):
        draft = self.move("FIRST")["draft"]
        for text, quantity, words in (
            ("RIGHT", 51, "Only 50"),
            ("RIGHT", -1, "Only 50"),
            ("LEFT", 5, "already"),
        ):
            with self.subTest(text=text, quantity=quantity):
                answer = self.move(text, draft, quantity=quantity)
                self.assertEqual(answer["state"], "refused")
                self.assertIn(words, answer["message"])
        self.assertEqual(self.lying(), {"LEFT": 50})

    def test_what_devices_make_up_is_not_known(self):
        for draft in ("text", ["list"], {"lot_id": "x", "source_id": -5, "lot": {}}):
            with self.subTest(draft=draft):
                self.assertEqual(self.move("FIRST", draft)["state"], "applied")

    def test_without_network_a_scan_names_the_one_before(self):
        nothing = self.env["stock.picking"]
        for text, state, lying in (
            ("NEVER-SEEN", "refused", {"LEFT": 50}),
            ("FIRST", "applied", {"RIGHT": 50}),
        ):
            with self.subTest(text=text):
                first = self.event("move", nothing, text)
                second = self.event("move", nothing, "RIGHT", of=first["uuid"])
                answers = self.scan.post([first, second])
                self.assertEqual([one["state"] for one in answers], [state, state])
                self.assertEqual(self.lying(), lying)

    def test_what_is_moved_is_said_and_on_the_transfer(self):
        draft = self.move("FIRST")["draft"]
        self.assertEqual(draft["item_name"], "FIRST")
        answer = self.move("RIGHT", draft, quantity=20)
        self.assertIn("20", answer["message"])
        picking = self.env["stock.picking"].search([("name", "=", answer["done"])])
        self.assertEqual(picking.move_line_ids.quantity, 20)

    def test_a_place_above_several_is_asked_again(self):
        self.stock_up(self.lot, 5, self.right)
        draft = self.move("FIRST")["draft"]
        self.stock.barcode = "ALL"
        asked = self.move("ALL", draft)
        self.assertEqual(asked["state"], "applied", asked["message"])
        self.assertFalse(asked["draft"]["source_id"])
        near = [(one["id"], one["amount"][:2]) for one in asked["near"]]
        self.assertEqual(near, [(self.left.id, "50"), (self.right.id, "5 ")])
        draft = self.move("LEFT", asked["draft"])["draft"]
        self.assertEqual(self.move("RIGHT", draft)["state"], "applied")
        self.assertEqual(self.lying(), {"RIGHT": 55})

    def test_not_into_another_warehouse(self):
        other = self.env["stock.warehouse"].create({"name": "Other", "code": "OTH"})
        other.lot_stock_id.barcode = "OTHER-STOCK"
        self.picker.scan_warehouse_ids = self.warehouse
        draft = self.move("FIRST")["draft"]
        answer = self.move("OTHER-STOCK", draft)
        self.assertEqual(answer["state"], "refused")
        self.assertIn("no warehouse of yours", answer["message"])
        names = [place["name"] for place in self.scan.places()]
        self.assertIn(self.left.display_name, names)
        self.assertNotIn(other.lot_stock_id.display_name, names)
        self.assertEqual(self.scan.items(other.lot_stock_id.id), [])

    def test_what_lies_at_a_place_can_be_chosen(self):
        crate = self.make_product(name="Crate", tracking="none")
        package = self.env["stock.package"].create({"name": "PACK-1"})
        self.stock_up(self.lot, 5, self.left, package_id=package.id)
        self.env["stock.quant"]._update_available_quantity(crate, self.left, 7)
        items = {one["name"]: one for one in self.scan.items(self.left.id)}
        self.assertEqual(items.keys(), {"FIRST", "PACK-1", crate.display_name})
        draft = self.move("LEFT")["draft"]
        for name, item in items.items():
            with self.subTest(name):
                more = {"choice": item["key"], "product_id": item.get("product_id")}
                taken = self.move(item["text"], draft, **more)
                self.assertEqual(taken["state"], "applied", taken["message"])
                moved = self.move("RIGHT", taken["draft"])
                self.assertEqual(moved["state"], "applied", moved["message"])
        self.assertEqual(set(self.lying()), {"RIGHT"})
        self.assertFalse(self.scan.items(self.left.id))

    def test_a_held_lot_stays(self):
        self.env["farm.hold"]._place(self.lot, "quality", "Smells", False)
        draft = self.move("FIRST")["draft"]
        answer = self.move("RIGHT", draft, quantity=20)
        self.assertEqual(answer["state"], "refused")
        self.assertEqual(self.lying(), {"LEFT": 50})
