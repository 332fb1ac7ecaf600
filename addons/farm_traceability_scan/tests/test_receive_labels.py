from odoo.tests import tagged

from .receive_common import GTIN, ReceiveCase
from .scan_common import ScanCase


@tagged("post_install", "-at_install")
class TestReceiveLabels(ReceiveCase, ScanCase):
    """A picker with no more than Inventory rights prints labels of what came."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["farm.label.printer"].search([]).active = False
        cls.before = cls.env["farm.label.job"].search([])

    @classmethod
    def make_printer(cls, **vals):
        return cls.env["farm.label.printer"].create(
            {"name": "Dock", "host": "127.0.0.1", "company_id": cls.env.company.id}
            | vals
        )

    @property
    def jobs(self):
        return self.env["farm.label.job"].search([]) - self.before

    def label(self, lot_name="NEW-1", **more):
        return self.receive(lot_name, kind="label", product_id=self.product.id, **more)

    def receive_lot(self, name="NEW-1", quantity=10):
        return self.received(f"(01){GTIN}(17)290430(10){name}", quantity=quantity)

    # -- a lot before it is there -----------------------------------------------------

    def test_a_new_lot_is_made_by_its_label(self):
        self.receive_lot()
        answer = self.label(quantity=3)
        self.assertEqual(answer["state"], "applied", answer["message"])
        lot = self.picking.move_line_ids.lot_id
        self.assertRecordValues(lot, [{"name": "NEW-1", "product_qty": 0}])
        self.assertEqual(str(lot.expiration_date.date()), "2029-04-30")
        self.assertRecordValues(
            self.jobs,
            [{"user_id": self.picker.id, "label_count": 3, "state": "made"}],
        )
        self.assertEqual(self.jobs.line_ids.lot_id, lot)
        job = self.jobs.with_user(self.picker)
        self.assertIn(f"/{job.id}/content/", answer["labels"]["url"])
        self.assertTrue(job.content)

    def test_the_lot_is_received_as_it_was_labelled(self):
        self.receive_lot()
        self.label()
        lot = self.picking.move_line_ids.lot_id
        self.receive_lot(quantity=5)
        self.received(kind="finish")
        self.assertEqual(self.done(), {"NEW-1": 15})
        self.assertEqual(self.picking.move_line_ids.lot_id, lot)
        self.assertEqual(lot.product_qty, 15)

    def test_a_lot_that_somebody_else_has_made_meanwhile_is_taken(self):
        self.receive_lot()
        lot = self.make_lot("NEW-1")
        self.assertEqual(self.label()["state"], "applied")
        self.assertEqual(self.picking.move_line_ids.lot_id, lot)

    def test_a_scan_taken_back_leaves_the_lot_for_the_next_one(self):
        event = self.event("receive", self.picking, f"(01){GTIN}(10)NEW-1", quantity=10)
        self.scan.post([event])
        self.label()
        lot = self.jobs.line_ids.lot_id
        self.received(kind="undo", of=event["uuid"])
        self.assertTrue(lot.exists())
        self.receive_lot()
        line = self.picking.move_line_ids.filtered("scanned_quantity")
        self.assertEqual(line.lot_id, lot)

    def test_only_what_came_has_a_label(self):
        self.picking.move_line_ids.lot_name = "EXPECTED"
        for name in ("EXPECTED", "FOREIGN", ""):
            with self.subTest(name):
                answer = self.label(name)
                self.assertEqual(answer["state"], "refused")
                self.assertIn("scan it first", answer["message"])
        self.assertFalse(self.jobs)

    def test_no_labels_are_no_number_of_labels(self):
        self.receive_lot()
        for copies in (0, -2):
            answer = self.label(quantity=copies)
            self.assertEqual(answer["state"], "refused")
        self.assertFalse(self.picking.move_line_ids.lot_id, "nothing is half done")

    def test_no_new_lots_where_the_operation_makes_none(self):
        self.receive_lot()
        self.picking.picking_type_id.use_create_lots = False
        answer = self.label()
        self.assertEqual(answer["state"], "refused")
        self.assertIn("makes no new lots", answer["message"])

    # -- once -------------------------------------------------------------------------

    def test_sent_again_it_prints_nothing(self):
        self.receive_lot()
        event = self.event(
            "receive", self.picking, "NEW-1", kind="label", product_id=self.product.id
        )
        [first] = self.scan.post([event])
        [again] = self.scan.post([event])
        self.assertEqual(again["labels"], first["labels"])
        self.assertEqual(len(self.jobs), 1)

    def test_a_second_label_is_a_reprint(self):
        self.receive_lot()
        self.label()
        self.label()
        self.assertEqual(self.jobs.sorted("id").mapped("is_reprint"), [False, True])

    def test_a_label_asked_for_before_a_colleague_finished_is_printed(self):
        self.receive_lot()
        self.received(kind="finish")
        self.assertEqual(self.label()["state"], "applied")
        self.assertEqual(len(self.jobs), 1)

    def test_a_receipt_of_another_warehouse_prints_nothing(self):
        self.receive_lot()
        self.received(kind="finish")
        other = self.env["stock.warehouse"].create({"name": "Far", "code": "FAR"})
        self.picker.scan_warehouse_ids = other
        answer = self.label()
        self.assertEqual(answer["state"], "refused")
        self.assertFalse(self.jobs)

    # -- where to ---------------------------------------------------------------------

    def test_the_companys_printer_gets_a_job(self):
        printer = self.make_printer()
        self.receive_lot()
        answer = self.label()
        self.assertIn("Dock", answer["message"])
        self.assertFalse(answer["labels"]["url"])
        self.assertRecordValues(
            self.jobs, [{"printer_id": printer.id, "state": "waiting"}]
        )

    def test_a_sheet_used_last_is_no_roll_for_the_printer(self):
        sheet = self.env.ref("farm_traceability.label_a4_24")
        lot = self.make_lot("OLD")
        self.stock_up(lot, 1)
        labels = self.env["farm.label.print"].with_user(self.picker)
        wizard = labels.with_context(
            active_model="stock.lot", active_ids=lot.ids
        ).create({"template_id": sheet.id})
        wizard.action_print()
        printer = self.make_printer()
        self.receive_lot()
        self.assertEqual(self.label()["state"], "applied")
        job = self.jobs[0]
        self.assertEqual((job.printer_id, job.template_id.paper), (printer, "roll"))

    # -- all, with the end ------------------------------------------------------------

    def test_all_labels_with_the_end(self):
        self.receive_lot("A")
        self.receive_lot("B", 20)
        answer = self.received(kind="finish", confirm="labels")
        self.assertEqual(self.picking.state, "done")
        self.assertTrue(answer["finished"])
        self.assertEqual(self.jobs.line_ids.mapped("name"), ["A", "B"])
        self.assertIn("is done", answer["message"])
        self.assertIn("A, B", answer["message"])

    def test_what_is_done_stays_done_without_labels(self):
        self.env["farm.label.template"].search([]).block_ids.unlink()
        crate = self.make_product(name="Crate", tracking="none", barcode="CRATE")
        picking = self.announce(crate, 3)
        self.received("CRATE", picking=picking, quantity=3)
        answer = self.received(picking=picking, kind="finish", confirm="labels")
        self.assertEqual(picking.state, "done")
        self.assertIn("labels are not printed", answer["message"])

    # -- with a harvest ---------------------------------------------------------------

    def test_a_harvest_on_a_label_is_not_taken_back(self):
        harvest = self.make_harvest()
        event = self.event("receive", self.picking, harvest.name)
        [answer] = self.scan.post([event])
        self.assertEqual(answer["state"], "applied", answer["message"])
        self.receive_lot()
        self.label()
        self.assertEqual(self.picking.move_line_ids.lot_id.harvest_id, harvest)
        answer = self.receive(kind="undo", of=event["uuid"])
        self.assertEqual(answer["state"], "refused")
        self.assertIn("NEW-1", answer["message"])

    def test_a_harvest_scanned_after_the_label_comes_with_the_end(self):
        harvest = self.make_harvest()
        self.receive_lot()
        self.label()
        self.received(harvest.name)
        self.received(kind="finish")
        self.assertEqual(self.picking.move_line_ids.lot_id.harvest_id, harvest)
