from odoo.tests import tagged

from .scan_common import ScanCase


@tagged("post_install", "-at_install")
class TestCount(ScanCase):
    """A picker counts a place; a manager applies what was counted."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.shelf = cls.env["stock.location"].create(
            {"name": "Shelf", "location_id": cls.stock.id, "barcode": "SHELF"}
        )
        cls.first, cls.second = (cls.make_lot(name, 30) for name in ("FIRST", "SECOND"))
        cls.stock_up(cls.first, 10, cls.shelf)
        cls.stock_up(cls.second, 4, cls.shelf)
        cls.boss = cls.make_user("stock")
        cls.boss.group_ids += cls.env.ref("stock.group_stock_manager")

    def count(self, text="", **more):
        return self.post("count", self.shelf, text, **more)

    def counted(self, answer):
        return {
            line["lot"]["name"]: line["counted"] for line in answer["sheet"]["lines"]
        }

    def test_scans_add_up_and_differences_are_seen(self):
        self.product.uom_id = self.env.ref("uom.product_uom_unit")
        self.count("FIRST", quantity=8)
        answer = self.count("FIRST")
        self.assertEqual(self.counted(answer), {"FIRST": 9, "SECOND": None})
        self.assertEqual(answer["sheet"]["lines"][0]["difference"], -1)

    def test_of_what_is_weighed_the_amount_is_asked(self):
        asked = self.count("FIRST")
        self.assertEqual(asked["state"], "asked")
        self.assertEqual(asked["question"]["kind"], "quantity")
        self.assertIn("kg", asked["message"])
        answer = self.count("FIRST", quantity=9.5)
        self.assertEqual(self.counted(answer)["FIRST"], 9.5)

    def test_blind_shows_only_what_was_counted(self):
        self.warehouse.scan_counts_blind = True
        answer = self.count("FIRST", quantity=8)
        self.assertEqual(self.counted(answer), {"FIRST": 8})
        for line in answer["sheet"]["lines"]:
            self.assertFalse({"quantity", "difference"} & line.keys())

    def test_a_lot_that_should_not_be_there(self):
        third = self.make_lot("THIRD", 30)
        answer = self.count("THIRD", quantity=2)
        self.assertEqual(self.counted(answer)["THIRD"], 2)
        self.assertFalse(third.quant_ids.filtered("quantity"))

    def test_what_is_missing_is_asked_then_none(self):
        self.count("FIRST", quantity=10)
        asked = self.count(kind="finish")
        self.assertEqual(asked["state"], "asked")
        self.assertIn("SECOND", asked["message"])
        answer = self.count(kind="finish", confirm=asked["question"]["confirm"])
        self.assertEqual(self.counted(answer), {"FIRST": 10, "SECOND": 0})

    def test_only_a_manager_applies(self):
        self.count("FIRST", quantity=8)
        answer = self.count(kind="apply")
        self.assertEqual(answer["state"], "refused")
        answer = self.post("count", self.shelf, kind="apply", user=self.boss)
        self.assertEqual(answer["state"], "applied", answer["message"])
        self.assertEqual(self.first.product_qty, 8)

    def test_undo_and_recount(self):
        self.count("FIRST", quantity=8)
        event = self.event("count", self.shelf, "FIRST", quantity=9)
        self.scan.post([event])
        answer = self.count(kind="undo", of=event["uuid"])
        self.assertEqual(self.counted(answer)["FIRST"], 8)
        line = answer["sheet"]["lines"][0]
        answer = self.count(kind="recount", line_id=line["id"])
        self.assertIsNone(self.counted(answer)["FIRST"])

    def test_a_bunch_is_counted_by_its_hands(self):
        self.first.write({"piece_count": 8, "remaining_count": 8})
        line = self.scan.open("count", self.shelf.id)["lines"][0]
        self.assertEqual((line["lot"]["name"], line["hands"]), ("FIRST", 8))
        answer = self.count(kind="hands", line_id=line["id"], quantity=6)
        self.assertEqual(self.counted(answer)["FIRST"], 7.5)
        for hands in (-1, 2.5, None):
            with self.subTest(hands):
                answer = self.count(kind="hands", line_id=line["id"], quantity=hands)
                self.assertEqual(answer["state"], "refused")
        other = self.scan.open("count", self.shelf.id)["lines"][1]
        answer = self.count(kind="hands", line_id=other["id"], quantity=1)
        self.assertIn("not known", answer["message"])

    def test_blind_tells_no_hands_and_no_names(self):
        self.warehouse.scan_counts_blind = True
        self.first.write({"piece_count": 8, "remaining_count": 8})
        answer = self.count("FIRST", quantity=8)
        [line] = answer["sheet"]["lines"]
        self.assertTrue(line["has_hands"])
        self.assertNotIn("hands", line)
        asked = self.count(kind="finish")
        self.assertEqual(asked["state"], "asked")
        self.assertNotIn("SECOND", asked["message"])

    def test_a_picker_is_told_who_may_apply(self):
        self.count("FIRST", quantity=10)
        answer = self.count(kind="finish", confirm="empty")
        self.assertIn(self.boss.name, answer["message"])
        self.assertIn(self.boss.name, self.count(kind="apply")["message"])

    def test_nothing_is_applied_twice(self):
        self.count("FIRST", quantity=8)
        self.post("count", self.shelf, kind="apply", user=self.boss)
        answer = self.post("count", self.shelf, kind="apply", user=self.boss)
        self.assertEqual(answer["state"], "refused")
        self.assertIn("No count", answer["message"])

    def test_what_moved_meanwhile_is_counted_again(self):
        self.count("FIRST", quantity=8)
        quants = self.env["stock.quant"]
        quants._update_available_quantity(
            self.product, self.shelf, -3, lot_id=self.first
        )
        answer = self.post("count", self.shelf, kind="apply", user=self.boss)
        self.assertEqual(answer["state"], "refused")
        self.assertIn("moved", answer["message"])
