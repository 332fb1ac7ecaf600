from datetime import timedelta

from odoo.exceptions import UserError
from odoo.tests import tagged

from .scan_common import ScanCase


@tagged("post_install", "-at_install")
class TestPick(ScanCase):
    """A picker picks by scanning; the strategy's lot, or another one with a reason."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.category.removal_strategy_id = cls.strategy("fefo")
        cls.first = cls.make_lot("FIRST", 30)
        cls.second = cls.make_lot("SECOND", 60)
        for lot in (cls.first, cls.second):
            cls.stock_up(lot, 50)
        cls.picking = cls.make_delivery(20)
        cls.picking.action_assign()

    def pick(self, text="", **more):
        return self.post("pick", self.picking, text, **more)

    def scanned(self):
        lines = self.picking.move_line_ids
        return {line.lot_id.name: line.scanned_quantity for line in lines}

    def test_a_lot_is_picked_and_the_transfer_finished(self):
        answer = self.pick("FIRST", quantity=20)
        self.assertEqual(answer["state"], "applied", answer["message"])
        self.assertEqual(answer["sheet"]["lines"][0]["scanned"], 20)
        answer = self.pick(kind="finish")
        self.assertEqual((answer["state"], answer["finished"]), ("applied", True))
        self.assertEqual(self.picking.state, "done")

    def test_what_is_short_goes_into_a_backorder(self):
        self.pick("FIRST", quantity=12)
        answer = self.pick(kind="finish")
        self.assertEqual(answer["state"], "applied", answer["message"])
        self.assertEqual(self.picking.move_ids.quantity, 12)
        self.assertEqual(self.picking.backorder_ids.move_ids.product_uom_qty, 8)

    def test_the_same_event_is_applied_once(self):
        event = self.event("pick", self.picking, "FIRST", quantity=5)
        [first], [again] = self.scan.post([event]), self.scan.post([event])
        self.assertEqual(self.scanned(), {"FIRST": 5})
        self.assertEqual(first, again)
        twice = self.event("pick", self.picking, "FIRST", quantity=5)
        self.scan.post([twice, twice])
        self.assertEqual(self.scanned(), {"FIRST": 10})

    def test_another_lot_needs_a_reason(self):
        self.warehouse.out_type_id.deviation_policy = "reason"
        asked = self.pick("SECOND", quantity=5)
        self.assertEqual(asked["state"], "asked", asked["message"])
        self.assertIn("FIRST", asked["message"])
        self.assertEqual(self.picking.move_line_ids.lot_id, self.first)
        reason = next(
            one for one in asked["question"]["choices"] if not one["needs_note"]
        )
        answer = self.pick("SECOND", quantity=5, reason_id=int(reason["key"]))
        self.assertEqual(answer["state"], "applied", answer["message"])
        self.assertEqual(self.scanned(), {"FIRST": 0, "SECOND": 5})
        self.assertEqual(sum(self.picking.move_line_ids.mapped("quantity")), 20)

    def test_a_stop_names_the_lot_to_take(self):
        self.warehouse.out_type_id.deviation_policy = "stop"
        answer = self.pick("SECOND", quantity=5)
        self.assertEqual(answer["state"], "refused")
        self.assertIn("FIRST", answer["message"])
        self.assertEqual(self.picking.move_line_ids.lot_id, self.first)

    def test_undo_takes_back_also_another_lot(self):
        self.warehouse.out_type_id.deviation_policy = "free"
        event = self.event("pick", self.picking, "SECOND", quantity=5)
        [answer] = self.scan.post([event])
        self.assertEqual(self.scanned(), {"FIRST": 0, "SECOND": 5}, answer)
        answer = self.pick(kind="undo", of=event["uuid"])
        self.assertEqual(answer["state"], "applied", answer["message"])
        self.assertEqual(self.scanned(), {"FIRST": 0})
        self.assertEqual(self.picking.move_line_ids.quantity, 20)
        answer = self.pick(kind="undo", of=event["uuid"])
        self.assertEqual(answer["state"], "refused")

    def test_more_than_is_asked_is_refused(self):
        self.pick("FIRST", quantity=15)
        answer = self.pick("FIRST", quantity=6)
        self.assertEqual(answer["state"], "refused")
        self.assertIn("5", answer["message"])
        self.assertEqual(self.scanned(), {"FIRST": 15})

    def test_unknown_says_what_it_looks_like(self):
        answer = self.pick("https://id.gs1.org/01/09501101530003")
        self.assertEqual(answer["state"], "refused")
        self.assertIn("Digital Link", answer["message"])

    def test_the_same_name_on_two_products_is_asked(self):
        other = self.env["product.product"].create(
            {"name": "Papaya", "is_storable": True, "tracking": "lot"}
        )
        twin = self.make_lot("FIRST", 30, other)
        self.stock_up(twin, 5)
        asked = self.pick("FIRST", quantity=1)
        self.assertEqual(asked["state"], "asked")
        keys = {one["key"] for one in asked["question"]["choices"]}
        self.assertEqual(keys, {f"lot,{self.first.id}", f"lot,{twin.id}"})
        answer = self.pick("FIRST", quantity=1, choice=f"lot,{self.first.id}")
        self.assertEqual(answer["state"], "applied")

    def test_what_was_planned_for_an_earlier_day_is_late(self):
        [today] = self.scan.documents("pick")
        self.picking.scheduled_date -= timedelta(days=1)
        [yesterday] = self.scan.documents("pick")
        self.assertEqual([today["late"], yesterday["late"]], [False, True])

    def test_another_warehouse_is_not_this_pickers(self):
        elsewhere = self.env["stock.warehouse"].create({"name": "B", "code": "BB"})
        self.picker.scan_warehouse_ids = elsewhere
        answer = self.pick("FIRST", quantity=1)
        self.assertEqual(answer["state"], "refused")
        self.assertIn("not yours", answer["message"])
        self.assertEqual(self.scanned(), {"FIRST": 0})
        self.assertEqual(self.scan.documents("pick"), [])

    def test_somebody_elses_event_is_neither_answered_nor_taken_back(self):
        event = self.event("pick", self.picking, "FIRST", quantity=5)
        self.scan.post([event])
        other = self.make_user("stock")
        with self.assertRaisesRegex(UserError, "only .* sends it again"):
            self.scan.with_user(other).post([event])
        answer = self.post(
            "pick", self.picking, user=other, kind="undo", of=event["uuid"]
        )
        self.assertEqual(answer["state"], "refused")
        self.assertEqual(self.scanned(), {"FIRST": 5})

    def test_a_package_takes_what_was_scanned(self):
        self.pick("FIRST", quantity=12)
        answer = self.pick(kind="pack")
        self.assertEqual(answer["state"], "applied", answer["message"])
        lines = self.picking.move_line_ids
        packed = {bool(line.result_package_id): line.quantity for line in lines}
        self.assertEqual(packed, {True: 12, False: 8})
        self.pick(kind="finish")
        self.assertEqual(
            self.picking.move_line_ids.result_package_id.name, answer["package"]["name"]
        )

    def test_another_lot_is_taken_where_it_lies(self):
        self.warehouse.out_type_id.deviation_policy = "free"
        cold = self.stock.create({"name": "Cold", "location_id": self.stock.id})
        third = self.make_lot("THIRD", 90)
        self.stock_up(third, 20, cold)
        event = self.event("pick", self.picking, "THIRD", quantity=20)
        [answer] = self.scan.post([event])
        self.assertEqual(answer["state"], "applied", answer["message"])
        self.assertEqual(self.picking.move_line_ids.location_id, cold)
        self.pick(kind="undo", of=event["uuid"])
        line = self.picking.move_line_ids
        self.assertEqual((line.lot_id, line.location_id), (self.first, self.stock))

    def test_by_touch(self):
        line = self.picking.move_line_ids
        answer = self.pick(line_id=line.id, quantity=20)
        self.assertEqual(answer["state"], "applied", answer["message"])
        self.assertEqual(self.scanned(), {"FIRST": 20})
        answer = self.pick(line_id=line.id + 1000, quantity=20)
        self.assertEqual(answer["state"], "refused")

    def test_a_scan_of_a_piece_is_one(self):
        units = self.env.ref("uom.product_uom_unit")
        papaya = self.env["product.product"].create(
            {"name": "Papaya", "is_storable": True, "uom_id": units.id}
        )
        papaya.barcode = "PAPAYA"
        self.env["stock.quant"]._update_available_quantity(papaya, self.stock, 9)
        picking = self.make_delivery(6, papaya)
        picking.action_assign()
        self.post("pick", picking, "PAPAYA")
        self.assertEqual(picking.move_line_ids.scanned_quantity, 1)

    def test_a_batch_has_one_sheet(self):
        events = [
            self.event("pick", self.picking, "FIRST", quantity=2) for _n in range(3)
        ]
        answers = self.scan.post(events)
        self.assertEqual(["sheet" in one for one in answers], [False, False, True])
        self.assertEqual(answers[-1]["sheet"]["lines"][0]["scanned"], 6)
