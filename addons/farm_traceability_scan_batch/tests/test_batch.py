from odoo.exceptions import UserError
from odoo.tests import tagged

from .batch_common import BatchCase


@tagged("post_install", "-at_install")
class TestBatch(BatchCase):
    """A batch is picked in one walk, and each transfer gets its own."""

    def test_the_list_has_the_batch_in_place_of_its_transfers(self):
        alone = self.make_delivery(2)
        alone.action_assign()
        self.assertEqual(
            [(one.get("scenario"), one["name"]) for one in self.scan.documents("pick")],
            [("pick_batch", self.batch.name), (None, alone.name)],
        )
        entries = {one["code"]: one for one in self.scan.menu()}
        self.assertEqual(entries["pick"]["count"], 2)
        self.assertEqual(entries["pick_batch"]["within"], "pick")

    def test_a_batch_of_somebody_else_is_not_in_the_list_but_helped_with(self):
        self.batch.user_id = self.make_user("stock")
        self.assertEqual(self.scan.documents("pick"), [])
        self.pick("FIRST", quantity=6)
        self.batch.user_id = self.picker
        [entry] = self.scan.documents("pick")
        self.assertEqual(entry["who"], self.picker.name)

    def test_the_sheet_says_for_whom_each_line_is(self):
        lines = self.scan.open("pick_batch", self.batch.id)["lines"]
        self.assertEqual(
            [
                (one["lot"]["name"], one["quantity"], one["into"]["name"])
                for one in lines
            ],
            [
                ("FIRST", 6, self.for_shop.name),
                ("FIRST", 4, self.for_hotel.name),
                ("SECOND", 4, self.for_hotel.name),
            ],
        )
        self.assertEqual(lines[0]["into"]["partner"], "Shop")

    def test_a_lot_goes_to_the_next_transfer_when_one_has_enough(self):
        answer = self.pick("FIRST")
        self.assertIn(f"into {self.for_shop.name}", answer["message"])
        answer = self.pick("FIRST")
        self.assertIn(f"into {self.for_hotel.name}", answer["message"])
        self.assertEqual(self.scanned(self.for_shop), {"FIRST": 6})
        self.assertEqual(self.scanned(self.for_hotel), {"FIRST": 4, "SECOND": 0})

    def test_a_quantity_is_split_between_transfers_and_taken_back_from_both(self):
        event = self.event("pick_batch", self.batch, "FIRST", quantity=9)
        [answer] = self.scan.post([event])
        self.assertIn(f"6 kg of FIRST into {self.for_shop.name}", answer["message"])
        self.assertIn(f"3 kg of FIRST into {self.for_hotel.name}", answer["message"])
        self.assertEqual(self.scanned(self.for_hotel), {"FIRST": 3, "SECOND": 0})
        self.pick(kind="undo", of=event["uuid"])
        self.assertEqual(self.scanned(self.for_shop), {"FIRST": 0})
        self.assertEqual(self.scanned(self.for_hotel), {"FIRST": 0, "SECOND": 0})
        answer = self.pick("FIRST", state="refused", quantity=11)
        self.assertIn("Only 10 ", answer["message"])

    def test_the_name_of_a_transfer_says_which_one_is_meant(self):
        answer = self.pick(self.for_hotel.name)
        self.assertEqual(answer["picking_id"], self.for_hotel.id)
        self.pick("FIRST", quantity=2, picking_id=self.for_hotel.id)
        self.assertEqual(self.scanned(self.for_hotel)["FIRST"], 2)
        answer = self.pick(
            "FIRST", state="refused", quantity=7, picking_id=self.for_shop.id
        )
        self.assertIn("Only 6 ", answer["message"])
        elsewhere = self.make_delivery(1)
        answer = self.pick(elsewhere.name, state="refused")
        self.assertIn("not in", answer["message"])

    def test_the_line_that_is_touched_is_meant(self):
        line = self.for_hotel.move_line_ids.filtered(
            lambda one: one.lot_id == self.first
        )
        self.pick("FIRST", quantity=1, line_id=line.id)
        self.assertEqual(self.scanned(self.for_hotel)["FIRST"], 1)

    def test_another_lot_is_asked_for_its_reason(self):
        self.warehouse.out_type_id.deviation_policy = "reason"
        self.stock_up(self.make_lot("LAST", 90), 5)
        asked = self.pick("LAST", state="asked", quantity=2)
        choices = asked["question"]["choices"]
        reason = next(one for one in choices if not one["needs_note"])
        event = self.event(
            "pick_batch", self.batch, "LAST", quantity=2, reason_id=int(reason["key"])
        )
        self.scan.post([event])
        self.assertEqual(self.scanned(self.for_shop), {"FIRST": 0, "LAST": 2})
        self.pick(kind="undo", of=event["uuid"])
        self.assertEqual(self.scanned(self.for_shop), {"FIRST": 0})

    def test_a_held_lot_is_refused(self):
        held = self.make_lot("HELD", 5)
        self.stock_up(held, 5)
        self.env["farm.hold"]._place(held, "quality", "Soft")
        self.env.flush_all()
        answer = self.pick("HELD", state="refused", quantity=2)
        self.assertIn("FIRST", answer["message"])

    def test_finished_each_transfer_has_its_backorder(self):
        self.pick("FIRST", quantity=9)
        answer = self.pick(kind="finish")
        self.assertTrue(answer["finished"])
        self.assertEqual(self.for_shop.state, "done")
        self.assertEqual(self.for_hotel.state, "done")
        self.assertEqual(self.batch.state, "done")
        self.assertFalse(self.for_shop.backorder_ids)
        self.assertEqual(self.for_hotel.backorder_ids.move_ids.product_uom_qty, 5)
        self.assertIn(self.for_hotel.backorder_ids.name, answer["message"])

    def test_of_which_nothing_is_taken_leaves_the_batch(self):
        self.pick("FIRST", quantity=6)
        answer = self.pick(kind="finish")
        self.assertIn(self.for_hotel.name, answer["message"])
        self.assertEqual(self.for_shop.state, "done")
        self.assertEqual(self.batch.state, "done")
        self.assertFalse(self.for_hotel.batch_id)
        self.assertEqual(self.for_hotel.state, "assigned")
        [entry] = self.scan.documents("pick")
        self.assertEqual(entry["name"], self.for_hotel.name)

    def test_nothing_is_scanned(self):
        answer = self.pick(kind="finish", state="refused")
        self.assertIn(self.batch.name, answer["message"])

    def test_a_wave_is_picked_as_well(self):
        lines = (self.for_shop | self.for_hotel).move_line_ids
        (self.for_shop | self.for_hotel).batch_id = False
        lines.filtered(lambda line: line.lot_id == self.first)._add_to_wave()
        wave = self.env["stock.picking.batch"].search([("is_wave", "=", True)], limit=1)
        self.batch = wave
        entries = self.scan.documents("pick")
        self.assertIn(wave.name, [one["name"] for one in entries])
        self.pick("FIRST", quantity=10)
        self.pick(kind="finish")
        self.assertEqual(wave.state, "done")
        self.assertEqual(sum(wave.move_line_ids.mapped("quantity")), 10)

    def test_a_transfer_cancelled_meanwhile_is_left_out(self):
        self.pick("FIRST", quantity=9)
        self.for_hotel.action_cancel()
        sheet = self.scan.open("pick_batch", self.batch.id)
        self.assertEqual(
            [one["into"]["name"] for one in sheet["lines"]], [self.for_shop.name]
        )
        self.pick(kind="finish")
        self.assertEqual((self.for_shop.state, self.batch.state), ("done", "done"))

    def test_another_warehouse_is_not_this_pickers(self):
        elsewhere = self.env["stock.warehouse"].create({"name": "B", "code": "BB"})
        self.picker.scan_warehouse_ids = elsewhere
        self.assertEqual(self.scan.documents("pick"), [])
        answer = self.pick("FIRST", state="refused", quantity=1)
        self.assertIn("not yours", answer["message"])
        with self.assertRaisesRegex(UserError, "not yours"):
            self.scan.open("pick_batch", self.batch.id)
        self.assertEqual(self.scanned(self.for_shop), {"FIRST": 0})

    def test_events_say_which_batch_and_which_transfer(self):
        self.pick("FIRST", quantity=6)
        event = self.env["farm.scan.event"].search([("batch_id", "=", self.batch.id)])
        self.assertEqual(event.picking_id, self.for_shop)
        self.assertEqual(event.user_id, self.picker)

    def test_pack_gives_each_transfer_its_own_package(self):
        self.pick("FIRST", quantity=9)
        answer = self.pick(kind="pack")
        self.assertIn(f"for {self.for_hotel.name}", answer["message"])
        shop = self.for_shop.move_line_ids.result_package_id
        hotel = self.for_hotel.move_line_ids.result_package_id
        self.assertTrue(shop and hotel and shop != hotel)

    def test_for_which_transfer_a_package_is_is_asked(self):
        box = self.env["stock.package"].create({"name": "BOX-1"})
        self.pick("FIRST", quantity=9)
        asked = self.pick("BOX-1", state="asked")
        keys = {one["key"] for one in asked["question"]["choices"]}
        wanted = f"picking,{self.for_hotel.id}"
        self.assertEqual(keys, {wanted, f"picking,{self.for_shop.id}"})
        self.pick("BOX-1", choice=wanted)
        self.assertEqual(box.move_line_ids.picking_id, self.for_hotel)
        answer = self.pick("BOX-1", state="refused")
        self.assertIn(self.for_hotel.name, answer["message"])


@tagged("post_install", "-at_install")
class TestCheckBatch(BatchCase):
    """The load of a truck: several deliveries of a batch."""

    def load(self, text="", **more):
        return self.pick(text, scenario="check_batch", **more)

    def test_by_package_and_by_lot_nothing_forgotten_nothing_foreign(self):
        self.pick("FIRST", quantity=6)
        box = self.pick(kind="pack")["package"]["name"]
        foreign = self.env["stock.package"].create({"name": "FOREIGN"})
        self.assertIn(
            self.batch.name, [one["name"] for one in self.scan.documents("check")]
        )
        self.load(box)
        answer = self.load(foreign.name, state="refused")
        self.assertIn("off the truck", answer["message"])
        self.load("FIRST", quantity=4)
        asked = self.load(kind="finish", state="asked")
        self.assertIn("SECOND", asked["message"])
        self.load("SECOND", quantity=4)
        self.assertTrue(self.load(kind="finish")["finished"])
        self.assertEqual(self.batch.state, "done")
        self.assertFalse((self.for_shop | self.for_hotel).backorder_ids)
