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
        self.count("FIRST", quantity=8)
        answer = self.count("FIRST")
        self.assertEqual(self.counted(answer), {"FIRST": 9, "SECOND": None})
        self.assertEqual(answer["sheet"]["lines"][0]["difference"], -1)

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
        event = self.event("count", self.shelf, "FIRST")
        self.scan.post([event])
        answer = self.count(kind="undo", of=event["uuid"])
        self.assertEqual(self.counted(answer)["FIRST"], 8)
        line = answer["sheet"]["lines"][0]
        answer = self.count(kind="recount", line_id=line["id"])
        self.assertIsNone(self.counted(answer)["FIRST"])
