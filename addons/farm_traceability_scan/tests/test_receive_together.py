from odoo.fields import Command
from odoo.tests import tagged

from .receive_common import GTIN, ReceiveCase
from .scan_common import ScanCase

SCAN = f"(01){GTIN}(10)"


@tagged("post_install", "-at_install")
class TestReceiveTogether(ReceiveCase, ScanCase):
    """Two pickers at one receipt, and the office that changes it meanwhile."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.colleague = cls.make_user("stock")

    def sheet(self, user=None):
        scan = self.scan.with_user(user or self.picker)
        return scan.open("receive", self.picking.id)

    def scanned(self, sheet):
        return {
            line["lot_name"]: line["scanned"]
            for line in sheet["lines"]
            if line["scanned"]
        }

    # -- a colleague ------------------------------------------------------------------

    def test_both_see_what_both_have_received(self):
        self.received(f"{SCAN}A", quantity=10)
        answer = self.received(f"{SCAN}A", user=self.colleague, quantity=5)
        self.assertEqual(self.scanned(answer["sheet"]), {"A": 15})
        answer = self.received(f"{SCAN}B", quantity=5)
        self.assertEqual(self.scanned(answer["sheet"]), {"A": 15, "B": 5})
        self.assertEqual(self.scanned(self.sheet(self.colleague)), {"A": 15, "B": 5})

    def test_both_together_are_told_that_it_is_more_than_was_ordered(self):
        self.received(f"{SCAN}A", quantity=20)
        answer = self.receive(f"{SCAN}B", user=self.colleague, quantity=20)
        self.assertEqual(answer["state"], "asked")

    def test_undo_takes_back_what_its_own_picker_has_scanned(self):
        event = self.event("receive", self.picking, f"{SCAN}A", quantity=10)
        self.scan.post([event])
        self.received(f"{SCAN}A", user=self.colleague, quantity=5)
        answer = self.received(kind="undo", of=event["uuid"])
        self.assertEqual(self.scanned(answer["sheet"]), {"A": 5})
        self.assertEqual(sum(self.picking.move_line_ids.mapped("quantity")), 30)

    def test_whoever_scans_after_the_end_is_told_where(self):
        self.received(f"{SCAN}A", quantity=10)
        self.received(user=self.colleague, kind="finish")
        answer = self.receive(f"{SCAN}B", quantity=5)
        self.assertEqual(answer["state"], "refused")
        self.assertIn(self.picking.backorder_ids.name, answer["message"])
        answer = self.receive(kind="finish")
        self.assertEqual(answer["state"], "refused")
        self.assertEqual(len(self.picking.backorder_ids), 1)

    def test_whoever_scans_after_all_has_come_is_told(self):
        self.received(f"{SCAN}A", quantity=30)
        self.received(user=self.colleague, kind="finish")
        answer = self.receive(f"{SCAN}B", quantity=5)
        self.assertIn("finished in the meantime", answer["message"])
        self.assertEqual(self.done(), {"A": 30})

    # -- the office -------------------------------------------------------------------

    def test_less_is_ordered_than_was_scanned(self):
        self.received(f"{SCAN}A", quantity=12)
        self.picking.move_ids.product_uom_qty = 10
        sheet = self.sheet()
        self.assertEqual(self.scanned(sheet), {"A": 12})
        self.assertEqual(sheet["expected"][0]["quantity"], 10)
        self.received(kind="finish")
        self.assertEqual(self.done(), {"A": 12})
        self.assertFalse(self.picking.backorder_ids)

    def test_less_is_ordered_and_the_rest_is_less(self):
        self.received(f"{SCAN}A", quantity=12)
        self.picking.move_ids.product_uom_qty = 20
        self.assertEqual(self.scanned(self.sheet()), {"A": 12})
        self.assertEqual(self.receive(f"{SCAN}B", quantity=9)["state"], "asked")
        self.received(f"{SCAN}B", quantity=3)
        self.received(kind="finish")
        self.assertEqual(self.done(), {"A": 12, "B": 3})
        self.assertEqual(self.picking.backorder_ids.move_ids.product_qty, 5)

    def test_more_is_ordered(self):
        self.received(f"{SCAN}A", quantity=30)
        self.picking.move_ids.product_uom_qty = 40
        self.assertEqual(self.sheet()["expected"][0]["quantity"], 40)
        self.received(f"{SCAN}B", quantity=10)
        self.received(kind="finish")
        self.assertEqual(self.done(), {"A": 30, "B": 10})

    def test_a_new_product_is_ordered(self):
        crate = self.make_product(name="Crate", tracking="none", barcode="CRATE")
        self.received(f"{SCAN}A", quantity=30)
        goods = {"product_id": crate.id, "product_uom_qty": 5}
        self.picking.write({"move_ids": [Command.create(self.places | goods)]})
        self.picking.action_confirm()
        self.assertEqual([one["quantity"] for one in self.sheet()["expected"]], [30, 5])
        self.received("CRATE", quantity=5)
        self.received(kind="finish")
        self.assertEqual(self.done(), {"A": 30, False: 5})

    def test_a_line_is_deleted(self):
        event = self.event("receive", self.picking, f"{SCAN}A", quantity=10)
        self.scan.post([event])
        self.picking.move_line_ids.filtered("scanned_quantity").unlink()
        self.assertFalse(self.scanned(self.sheet()))
        answer = self.receive(kind="undo", of=event["uuid"])
        self.assertEqual(answer["state"], "refused")
        self.received(f"{SCAN}A", quantity=10)
        self.received(kind="finish")
        self.assertEqual(self.done(), {"A": 10})

    def test_all_lines_are_deleted(self):
        self.received(f"{SCAN}A", quantity=10)
        self.picking.move_line_ids.unlink()
        self.assertEqual(self.sheet()["expected"][0]["quantity"], 30)
        self.received(f"{SCAN}B", quantity=12)
        self.received(kind="finish")
        self.assertEqual(self.done(), {"B": 12})

    def test_it_is_cancelled(self):
        self.received(f"{SCAN}A", quantity=10)
        self.picking.action_cancel()
        answer = self.receive(f"{SCAN}B", quantity=5)
        self.assertEqual(answer["state"], "refused")
        self.assertIn("cancelled", answer["message"])
        self.assertFalse(self.picking.move_line_ids.filtered("quantity"))

    def test_the_office_finishes_it_with_what_was_scanned(self):
        self.received(f"{SCAN}A", quantity=10)
        self.picking.with_context(skip_backorder=True).button_validate()
        self.assertEqual(self.picking.state, "done")
        self.assertEqual(self.done(), {"A": 10})
        self.assertEqual(self.picking.backorder_ids.move_ids.product_qty, 20)
