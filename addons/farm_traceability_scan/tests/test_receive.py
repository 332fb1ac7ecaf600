from odoo.exceptions import UserError
from odoo.tests import tagged

from .receive_common import GTIN, ReceiveCase
from .scan_common import ScanCase


@tagged("post_install", "-at_install")
class TestReceive(ReceiveCase, ScanCase):
    """A picker receives what was ordered, by the symbols on it."""

    def test_one_symbol_has_it_all(self):
        answer = self.receive(f"01{GTIN}1729043010NEW-1", quantity=30)
        self.assertEqual(answer["state"], "applied", answer["message"])
        answer = self.receive(kind="finish")
        self.assertEqual(answer["state"], "applied", answer["message"])
        self.assertEqual(self.picking.state, "done")
        self.assertEqual(self.done(), {"NEW-1": 30})
        lot = self.picking.move_line_ids.lot_id
        self.assertEqual(str(lot.expiration_date.date()), "2029-04-30")

    def test_product_then_a_new_name(self):
        answer = self.receive(GTIN[1:])
        self.assertEqual(answer["product_id"], self.product.id)
        answer = self.receive("HAND-WRITTEN", product_id=self.product.id, quantity=10)
        self.assertEqual(answer["state"], "applied", answer["message"])
        self.receive(f"(01){GTIN}(10)OTHER", quantity=5)
        self.receive(kind="finish")
        self.assertEqual(self.done(), {"HAND-WRITTEN": 10, "OTHER": 5})
        self.assertEqual(self.picking.backorder_ids.move_ids.product_uom_qty, 15)

    def test_more_than_ordered_is_asked(self):
        scan = f"(01){GTIN}(10)NEW-1"
        self.receive(scan, quantity=28)
        asked = self.receive(scan, quantity=5)
        self.assertEqual(asked["state"], "asked")
        self.assertIn("2", asked["message"])
        answer = self.receive(scan, quantity=5, confirm=asked["question"]["confirm"])
        self.assertEqual(answer["state"], "applied", answer["message"])
        self.receive(kind="finish")
        self.assertEqual(self.done(), {"NEW-1": 33})

    def test_what_has_no_symbol_is_touched(self):
        crate = self.make_product(name="Crate", tracking="none")
        touched = {"product_id": crate.id, "choice": f"product,{crate.id}"}
        answer = self.receive("Crate", quantity=2, confirm="more", **touched)
        self.assertEqual(answer["state"], "applied", answer["message"])
        line = self.picking.move_line_ids.filtered("scanned_quantity")
        self.assertEqual((line.product_id, line.quantity), (crate, 2))

    def test_undo(self):
        event = self.event("receive", self.picking, f"(01){GTIN}(10)N", quantity=3)
        expected = sum(self.picking.move_line_ids.mapped("quantity"))
        [answer] = self.scan.post([event])
        self.assertEqual(answer["state"], "applied", answer["message"])
        answer = self.receive(kind="undo", of=event["uuid"])
        self.assertEqual(answer["state"], "applied", answer["message"])
        lines = self.picking.move_line_ids
        self.assertFalse(any(lines.mapped("scanned_quantity")))
        self.assertEqual(sum(lines.mapped("quantity")), expected)
        answer = self.receive(kind="finish")
        self.assertEqual(answer["state"], "refused")

    def test_what_nobody_announced(self):
        picking_id = self.scan.begin("receive")["document"]["id"]
        picking = self.env["stock.picking"].browse(picking_id)
        scan = f"(01){GTIN}(10)SURPRISE"
        answer = self.post("receive", picking, scan, quantity=7)
        self.assertEqual(answer["state"], "applied", answer["message"])
        answer = self.post("receive", picking, kind="finish")
        self.assertEqual(answer["state"], "applied", answer["message"])
        self.assertEqual(picking.move_line_ids.lot_id.name, "SURPRISE")
        self.assertEqual(picking.move_line_ids.lot_id.product_qty, 7)

    def test_undo_of_all_that_nobody_announced_leaves_nothing(self):
        picking_id = self.scan.begin("receive")["document"]["id"]
        picking = self.env["stock.picking"].browse(picking_id)
        event = self.event("receive", picking, f"(01){GTIN}(10)OOPS", quantity=7)
        self.scan.post([event])
        sheet = self.received(picking=picking, kind="undo", of=event["uuid"])["sheet"]
        self.assertFalse(sheet["lines"] or sheet["expected"])
        self.received(f"(01){GTIN}(10)RIGHT", picking=picking, quantity=7)
        self.received(picking=picking, kind="finish")
        self.assertEqual(self.done(picking), {"RIGHT": 7})

    def test_somebody_elses_beginning_is_not_seen(self):
        picking_id = self.scan.begin("receive")["document"]["id"]
        other = self.make_user("stock")
        with self.assertRaisesRegex(UserError, "not yours"):
            self.scan.with_user(other).open("receive", picking_id)

    def test_into_a_package(self):
        self.receive(f"(01){GTIN}(10)NEW-1", quantity=10)
        event = self.event("receive", self.picking, kind="pack")
        [answer] = self.scan.post([event])
        self.assertEqual(answer["state"], "applied", answer["message"])
        self.assertEqual(self.receive(kind="pack")["state"], "refused")
        self.receive(kind="undo", of=event["uuid"])
        answer = self.receive(kind="pack")
        self.receive(kind="finish")
        package = self.env["stock.package"].browse(answer["package"]["id"])
        self.assertEqual(package.quant_ids.quantity, 10)

    def test_more_of_a_packed_lot_is_a_line_of_its_own(self):
        scan = f"(01){GTIN}(10)NEW-1"
        self.received(f"(01){GTIN}(17)290430(10)NEW-1", quantity=10)
        package = self.received(kind="pack")["package"]
        event = self.event("receive", self.picking, scan, quantity=4)
        [answer] = self.scan.post([event])
        lines = [line for line in answer["sheet"]["lines"] if line["scanned"]]
        shown = [(one["lot_name"], one["packed"], one["scanned"]) for one in lines]
        self.assertEqual(shown, [("NEW-1", package["name"], 10), ("NEW-1", "", 4)])
        self.assertEqual({one["expiry"] for one in lines}, {"2029-04-30"})
        self.received(kind="undo", of=event["uuid"])
        self.received(scan, quantity=5)
        self.received(kind="finish")
        lot = self.picking.move_line_ids.lot_id
        self.assertEqual(lot.mapped("product_qty"), [15])
        packed = self.env["stock.package"].browse(package["id"]).quant_ids
        self.assertEqual(packed.quantity, 10)

    def test_more_of_a_packed_product_without_lots_is_a_line_of_its_own(self):
        crate = self.make_product(name="Crate", tracking="none", barcode="CRATE")
        picking = self.announce(crate, 10)
        self.received("CRATE", picking=picking, quantity=4)
        self.received(picking=picking, kind="pack")
        self.received("CRATE", picking=picking, quantity=6)
        lines = picking.move_line_ids.filtered("scanned_quantity")
        self.assertEqual(sorted(lines.mapped("scanned_quantity")), [4, 6])
        self.assertEqual(sum(picking.move_line_ids.mapped("quantity")), 10)

    def test_what_was_ordered_by_the_dozen_is_received_by_the_piece(self):
        piece = self.env.ref("uom.product_uom_unit")
        crate = self.make_product(
            name="Crate", tracking="none", barcode="CRATE", uom_id=piece.id
        )
        dozen = self.env.ref("uom.product_uom_dozen")
        picking = self.announce(crate, 2, product_uom=dozen.id)
        [expected] = self.scan.open("receive", picking.id)["expected"]
        self.assertEqual(expected["quantity"], 24)
        answer = self.received("CRATE", picking=picking, quantity=18)
        scanned = [(one["scanned"], one["unit"]) for one in answer["sheet"]["lines"]]
        self.assertIn((18, piece.name), scanned)
        self.received(picking=picking, kind="finish")
        self.assertEqual(picking.backorder_ids.move_ids.product_qty, 6)

    def test_undo_leaves_the_lot_that_the_office_has_named(self):
        line = self.picking.move_line_ids
        line.write({"lot_name": "NAMED", "quantity": 30})
        event = self.event("receive", self.picking, f"(01){GTIN}(10)NAMED", quantity=3)
        self.scan.post([event])
        self.assertEqual(line.scanned_quantity, 3)
        self.received(kind="undo", of=event["uuid"])
        self.assertRecordValues(
            line, [{"quantity": 30, "scanned_quantity": 0, "picked": False}]
        )
