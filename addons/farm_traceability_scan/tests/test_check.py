from odoo.tests import tagged

from .scan_common import ScanCase


@tagged("post_install", "-at_install")
class TestCheck(ScanCase):
    """What goes on the truck: nothing forgotten, nothing foreign."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.category.removal_strategy_id = cls.strategy("fefo")
        cls.first, cls.second, cls.foreign = (
            cls.make_lot(name, days)
            for name, days in (("FIRST", 30), ("SECOND", 60), ("FOREIGN", 90))
        )
        for lot in (cls.first, cls.second, cls.foreign):
            cls.stock_up(lot, 10)
        cls.picking = cls.make_delivery(20)
        cls.picking.action_assign()

    def check(self, text="", **more):
        return self.post("check", self.picking, text, **more)

    def test_all_is_loaded(self):
        for lot in ("SECOND", "FIRST"):
            answer = self.check(lot, quantity=10)
            self.assertEqual(answer["state"], "applied", answer["message"])
        self.assertTrue(self.check(kind="finish")["finished"])
        self.assertEqual(self.picking.state, "done")

    def test_foreign_is_refused(self):
        answer = self.check("FOREIGN", quantity=10)
        self.assertEqual(answer["state"], "refused")
        self.assertIn("off the truck", answer["message"])
        self.assertEqual(self.picking.move_line_ids.lot_id, self.first | self.second)

    def test_forgotten_is_named(self):
        self.check("FIRST", quantity=10)
        asked = self.check(kind="finish")
        self.assertEqual(asked["state"], "asked")
        self.assertIn("SECOND", asked["message"])
        self.assertEqual(self.picking.state, "assigned")
        self.check(kind="finish", confirm=asked["question"]["confirm"])
        self.assertEqual(self.picking.state, "done")
        self.assertEqual(self.picking.backorder_ids.move_ids.product_uom_qty, 10)

    def test_what_was_picked_is_still_to_be_checked(self):
        self.post("pick", self.picking, "FIRST", quantity=10)
        scanned = {
            line["lot"]["name"]: line["scanned"]
            for line in self.scan.open("check", self.picking.id)["lines"]
        }
        self.assertEqual(scanned, {"FIRST": 0, "SECOND": 0})
