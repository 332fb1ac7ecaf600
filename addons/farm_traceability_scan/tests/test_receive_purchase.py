from odoo.fields import Command
from odoo.tests import tagged

from .receive_common import GTIN, ReceiveCase
from .scan_common import ScanCase

SCAN = f"(01){GTIN}(10)"


@tagged("post_install", "-at_install")
class TestReceivePurchase(ReceiveCase, ScanCase):
    """Receipts of purchase orders, where purchases are installed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if "purchase.order" not in cls.env or not hasattr(
            cls.env["purchase.order"], "picking_ids"
        ):
            cls.skipTest(cls, "There are no purchases with receipts here")
        cls.order = cls.env["purchase.order"].create(
            {
                "partner_id": cls.env["res.partner"].create({"name": "Supplier"}).id,
                "picking_type_id": cls.warehouse.in_type_id.id,
                "order_line": [
                    Command.create({"product_id": cls.product.id, "product_qty": 20})
                ],
            }
        )
        cls.order.button_confirm()
        cls.picking = cls.order.picking_ids

    def test_it_is_in_the_list_by_its_supplier(self):
        entries = {one["id"]: one for one in self.scan.documents("receive")}
        self.assertEqual(entries[self.picking.id]["title"], "Supplier")

    def test_all_of_it(self):
        self.received(f"{SCAN}A", quantity=20)
        self.received(kind="finish")
        self.assertEqual(self.order.order_line.qty_received, 20)
        self.assertFalse(self.picking.backorder_ids)

    def test_less_leaves_a_backorder_of_the_order(self):
        self.received(f"{SCAN}A", quantity=12)
        answer = self.received(kind="finish")
        rest = self.order.picking_ids - self.picking
        self.assertIn(rest.name, answer["message"])
        self.assertEqual(self.order.order_line.qty_received, 12)
        self.received(f"{SCAN}B", picking=rest, quantity=8)
        self.received(picking=rest, kind="finish")
        self.assertEqual(self.order.order_line.qty_received, 20)
        self.assertEqual(self.order.receipt_status, "full")

    def test_more_is_asked_and_counts_for_the_order(self):
        asked = self.receive(f"{SCAN}A", quantity=25)
        self.assertEqual(asked["state"], "asked")
        self.received(f"{SCAN}A", quantity=25, confirm=asked["question"]["confirm"])
        self.received(kind="finish")
        self.assertEqual(self.done(), {"A": 25})
        self.assertEqual(self.order.order_line.qty_received, 25)

    def test_the_order_is_changed_meanwhile(self):
        self.received(f"{SCAN}A", quantity=12)
        self.order.order_line.product_qty = 30
        answer = self.received(f"{SCAN}B", quantity=18)
        self.assertEqual(answer["sheet"]["expected"][0]["quantity"], 30)
        self.received(kind="finish")
        self.assertEqual(self.done(), {"A": 12, "B": 18})
        self.assertEqual(self.order.order_line.qty_received, 30)

    def test_what_was_not_ordered_is_received_by_whoever_may_change_orders(self):
        crate = self.make_product(name="Crate", tracking="none", barcode="CRATE")
        self.picker.group_ids += self.env.ref("purchase.group_purchase_user")
        asked = self.receive("CRATE", quantity=2)
        self.assertEqual(asked["state"], "asked")
        self.received("CRATE", quantity=2, confirm=asked["question"]["confirm"])
        self.received(f"{SCAN}A", quantity=20)
        self.received(kind="finish")
        self.assertEqual(self.done(), {"A": 20, False: 2})
        self.assertEqual(crate.qty_available, 2)

    def test_what_was_not_ordered_is_refused_before_the_receipt_cannot_be_finished(
        self,
    ):
        self.make_product(name="Crate", tracking="none", barcode="CRATE")
        answer = self.receive("CRATE", quantity=2)
        self.assertEqual(answer["state"], "refused")
        self.assertIn("is not on the purchase order", answer["message"])
        self.received(f"{SCAN}A", quantity=20)
        self.received(kind="finish")
