from odoo.tests import tagged

from .scan_common import ScanCase


@tagged("post_install", "-at_install")
class TestPickChanged(ScanCase):
    """The office changes what is picked: everybody sees it, nothing is lost."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.category.removal_strategy_id = cls.strategy("fefo")
        cls.first, cls.second = cls.make_lot("FIRST", 30), cls.make_lot("SECOND", 60)
        for lot in (cls.first, cls.second):
            cls.stock_up(lot, 20)
        cls.picking = cls.make_delivery(20)
        cls.picking.action_assign()
        cls.move = cls.picking.move_ids

    def pick(self, text="", **more):
        return self.post("pick", self.picking, text, **more)

    def sheet(self):
        return self.scan.open("pick", self.picking.id)

    def scanned(self):
        lines = self.picking.move_line_ids
        return {line.lot_id.name: line.scanned_quantity for line in lines}

    def test_less_is_asked_for_than_is_scanned(self):
        self.pick("FIRST", quantity=15)
        self.move.product_uom_qty = 10
        self.assertEqual(self.scanned(), {"FIRST": 15})
        [text] = self.sheet()["missing"]
        self.assertIn("Put 5 ", text)
        asked = self.pick(kind="finish")
        self.assertEqual(asked["state"], "asked", asked["message"])
        self.assertIn("Put 5 ", asked["message"])
        self.assertEqual(self.picking.state, "assigned")
        answer = self.pick(kind="finish", confirm=asked["question"]["confirm"])
        self.assertEqual(answer["state"], "applied", answer["message"])
        self.assertEqual(self.move.quantity, 10)
        self.assertFalse(self.picking.backorder_ids)

    def test_less_is_asked_for_but_not_less_than_is_scanned(self):
        self.pick("FIRST", quantity=12)
        self.move.product_uom_qty = 15
        self.assertEqual(self.scanned(), {"FIRST": 12})
        [text] = self.sheet()["missing"]
        self.assertIn("3 ", text)
        self.picking.action_assign()
        self.assertEqual(self.sheet()["missing"], [])
        self.pick("FIRST", quantity=3)
        self.pick(kind="finish")
        self.assertEqual((self.picking.state, self.move.quantity), ("done", 15))

    def test_the_office_lessens_a_line(self):
        self.pick("FIRST", quantity=15)
        self.picking.move_line_ids.quantity = 10
        [text] = [one for one in self.sheet()["missing"] if "Put" in one]
        self.assertIn("Put 5 ", text)
        asked = self.pick(kind="finish")
        self.assertEqual(asked["state"], "asked")
        self.pick(kind="finish", confirm=asked["question"]["confirm"])
        self.assertEqual(self.move.quantity, 10)

    def test_unreserved_in_the_office(self):
        self.pick("FIRST", quantity=15)
        self.picking.do_unreserve()
        self.assertRecordValues(
            self.picking.move_line_ids, [{"quantity": 15, "scanned_quantity": 15}]
        )
        self.assertEqual(self.sheet()["lines"][0]["scanned"], 15)

    def test_another_lot_is_reserved_in_the_office(self):
        event = self.event("pick", self.picking, "FIRST", quantity=12)
        self.scan.post([event])
        self.picking.move_line_ids.lot_id = self.second
        self.assertEqual(self.scanned(), {"SECOND": 0})
        [text] = self.sheet()["missing"]
        self.assertIn("FIRST", text)
        self.assertIn("12", text)
        answer = self.pick(kind="undo", of=event["uuid"])
        self.assertEqual(answer["state"], "applied", answer["message"])
        self.assertEqual((self.scanned(), self.sheet()["missing"]), ({"SECOND": 0}, []))

    def test_a_line_is_removed_in_the_office(self):
        self.pick("FIRST", quantity=12)
        self.picking.move_line_ids.unlink()
        texts = " ".join(self.sheet()["missing"])
        self.assertIn("12 ", texts)
        self.assertIn("FIRST", texts)
        answer = self.pick("FIRST", quantity=5)
        self.assertEqual(answer["state"], "refused")
        self.picking.action_assign()
        answer = self.pick("FIRST", quantity=5)
        self.assertEqual(answer["state"], "applied", answer["message"])

    def test_it_is_cancelled_in_the_office(self):
        self.pick("FIRST", quantity=12)
        self.picking.action_cancel()
        answer = self.pick("FIRST", quantity=2)
        self.assertEqual(answer["state"], "refused")
        self.assertIn("cancelled", answer["message"])
        quant = self.env["stock.quant"].search(
            [("lot_id", "=", self.first.id), ("location_id", "=", self.stock.id)]
        )
        self.assertEqual(quant.reserved_quantity, 0)

    def test_a_held_lot_leaves_the_transfer_and_it_is_told(self):
        self.pick("FIRST", quantity=12)
        self.env["farm.hold"]._place(self.first, "quality", "Soft")
        self.env.flush_all()
        self.assertNotIn("FIRST", self.scanned())
        self.assertIn("FIRST", " ".join(self.sheet()["missing"]))

    def test_the_sheet_of_one_shows_what_the_other_has_scanned(self):
        other = self.make_user("stock")
        self.pick("FIRST", quantity=12, user=other)
        self.assertEqual(self.sheet()["lines"][0]["scanned"], 12)
        answer = self.pick("FIRST", quantity=12)
        self.assertEqual(answer["state"], "refused")
        self.assertIn("8", answer["message"])
