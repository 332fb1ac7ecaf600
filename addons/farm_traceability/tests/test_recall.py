from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import Form, tagged
from odoo.tools import mute_logger
from psycopg2 import IntegrityError

from .recall_common import RecallCase


@tagged("post_install", "-at_install")
class TestRecallScope(RecallCase):
    def scope_of(self, reach, *records):
        recall = self.start_recall(*records, reach=reach)
        return recall.lot_ids

    def test_down_is_what_was_made_of_it(self):
        self.assertEqual(self.scope_of("down", self.bunch), self.bunch | self.hands)

    def test_origins_find_the_sister_hands_of_one_hand(self):
        lots = self.scope_of("origins", self.hands[0])
        self.assertEqual(lots, self.bunch | self.hands)

    def test_harvests_find_the_sister_bunch_too(self):
        lots = self.scope_of("harvests", self.hands[0])
        self.assertEqual(lots, self.bunch | self.hands | self.sister)

    def test_a_loop_that_no_origin_leads_to_is_in_the_scope(self):
        a, b, c = (
            self.env["stock.lot"].create(
                {"name": name, "product_id": self.hand.id, "company_id": False}
            )
            for name in ("LOOP-A", "LOOP-B", "LOOP-C")
        )
        for used, made in ((a, b), (b, a), (b, c), (b, self.hands[0])):
            self.link(used, made)
        lots = self.scope_of("origins", self.hands[0])
        self.assertLessEqual(a | b | c | self.bunch, lots)

    def link(self, used, made):
        production = self.hand.property_stock_production
        ends = (self.stock, production, used), (production, self.stock, made)
        moves = self.env["stock.move"].create(
            [
                {
                    "product_id": lot.product_id.id,
                    "product_uom": lot.product_id.uom_id.id,
                    "product_uom_qty": 1,
                    "location_id": source.id,
                    "location_dest_id": target.id,
                    "picked": True,
                    "move_line_ids": [
                        Command.create(
                            {
                                "product_id": lot.product_id.id,
                                "lot_id": lot.id,
                                "quantity": 1,
                                "location_id": source.id,
                                "location_dest_id": target.id,
                            }
                        )
                    ],
                }
                for source, target, lot in ends
            ]
        )
        lines = moves.move_line_ids
        taken = lines.filtered(lambda line: line.lot_id == used)
        (lines - taken).consume_line_ids = taken
        moves._action_done()

    def test_plots_find_every_harvest_there(self):
        lots = self.scope_of("plots", self.hands[0])
        expected = self.bunch | self.hands | self.sister | self.early | self.late
        self.assertEqual(lots, expected)

    def test_the_numbers_show_before_anything_happens(self):
        recall = self.make_recall(self.hands[0])
        self.assertEqual(recall.state, "scoped")
        numbers = recall.numbers
        self.assertEqual(
            [numbers[name] for name in ("lots", "customers", "companies", "cut")],
            [10, 2, 1, False],
        )
        units = {row["unit"]: row for row in numbers["units"]}
        self.assertEqual(units["Units"]["delivered"], 2)
        self.assertEqual(units["Units"]["on_hand"], 6)
        self.assertEqual(units["kg"]["on_hand"], 12)
        self.assertIn("10", recall.scope_table)
        self.assertFalse(recall.line_ids)
        self.assertFalse(any(self.hands.mapped("is_on_hold")))

    def test_a_changed_start_takes_the_numbers_away(self):
        recall = self.make_recall(self.hands[0])
        recall.reach = "down"
        self.assertEqual((recall.state, recall.numbers), ("draft", False))

    def test_a_starting_point_added_by_itself_takes_the_numbers_away(self):
        recall = self.make_recall(self.hands[0])
        starts = self.env["farm.recall.start"].with_user(self.user)
        starts.create({"recall_id": recall.id, "record": f"stock.lot,{self.early.id}"})
        self.assertEqual((recall.state, recall.numbers), ("draft", False))

    def test_no_starting_point_moves_into_a_running_recall(self):
        running = self.start_recall(self.hands[0])
        start = self.make_recall(self.early).start_ids
        with self.assertRaisesRegex(UserError, "is frozen"):
            start.recall_id = running

    def test_nothing_to_begin_with_is_said(self):
        recall = self.make_recall(self.hands[0], scope=False)
        recall.start_ids.unlink()
        with self.assertRaisesRegex(UserError, "begins with nothing yet"):
            recall.action_scope()

    def test_a_start_without_lots_is_said(self):
        with self.assertRaisesRegex(UserError, "No lot ever came of"):
            self.make_recall(self.make_harvest(post=False))

    def test_every_kind_of_start_has_its_usual_meaning(self):
        kinds = {
            self.hands[0]: "lot",
            self.harvest: "harvest",
            self.plot: "plot",
            self.farmer: "farmer",
            self.shop: "supplier",
            self.certificate: "certificate",
            self.sold: "transfer",
            self.stock: "location",
        }
        recall = self.make_recall(*kinds, scope=False)
        self.assertEqual(recall.start_ids.mapped("kind"), list(kinds.values()))

    def test_a_new_recall_opens_from_other_screens(self):
        action = (
            self.env["farm.recall"].with_user(self.user).action_new_from(self.bunch)
        )
        recalls = self.env["farm.recall"].with_user(self.user)
        form = Form(recalls.with_context(**action["context"]))
        form.reason = "Smells"
        recall = form.save()
        self.assertEqual(recall.start_ids.record, self.bunch)
        self.assertEqual(recall.trigger, "trace")

    def test_a_complaint_shows_its_scope_in_one_step(self):
        complaint = (
            self.env["farm.recall.complaint"]
            .with_user(self.user)
            .create(
                {
                    "partner_id": self.shop.id,
                    "lot_id": self.hands[0].id,
                    "text": "Smells of petrol",
                }
            )
        )
        recall = self.env["farm.recall"].browse(complaint.action_show_scope()["res_id"])
        self.assertEqual((recall.state, recall.trigger), ("scoped", "complaint"))
        self.assertEqual(recall.complaint_partner_id, self.shop)


@tagged("post_install", "-at_install")
class TestRecallStart(RecallCase):
    def test_one_button_freezes_holds_and_lists(self):
        picking = self.sell(self.hands[2], self.shop, validate=False)
        recall = self.start_recall()
        self.assertEqual(recall.state, "running")
        self.assertTrue(
            all((self.bunch | self.hands | self.sister).mapped("is_on_hold"))
        )
        self.assertFalse(self.early.is_on_hold)
        self.assertEqual(recall.customer_ids.partner_id, self.shop | self.market)
        row = self.row(recall, self.shop)
        self.assertEqual(row.line_ids.mapped("delivered"), [1.0])
        self.assertTrue(row.first_date)
        self.assertEqual(recall.picking_ids.picking_id, picking)
        self.assertEqual(recall.picking_ids.quantity, 1.0)
        self.assertFalse(picking.move_line_ids.lot_id & recall.lot_ids)
        self.assertNotEqual(picking.state, "cancel")
        self.assertTrue(picking.activity_ids)

    def test_the_lines_say_what_was_where(self):
        recall = self.start_recall()
        kinds = {
            kind: sum(lines.mapped("quantity"))
            for (kind, unit), lines in recall.line_ids.grouped(
                lambda line: (line.kind, line.uom_id.name)
            ).items()
            if unit == "Units"
        }
        self.assertEqual(kinds, {"on_hand": 6, "delivered": 2})
        consumed = recall.line_ids.filtered(lambda line: line.kind == "consumed")
        self.assertEqual(consumed.lot_id, self.bunch)
        self.assertEqual(consumed.quantity, 10.0)

    def test_the_frozen_scope_is_nobodys_to_edit(self):
        recall = self.start_recall()
        for vals in (
            {"lot_ids": [(5,)]},
            {"reason": "Other"},
            {"frozen_at": "2020-01-01"},
            {"state": "closed"},
            {"line_ids": [(5,)]},
        ):
            with self.subTest(vals=vals), self.assertRaises(UserError):
                recall.write(vals)
        with self.assertRaises(UserError):
            recall.unlink()
        for records in (recall.line_ids, recall.event_ids, recall.notice_ids):
            self.assertFalse(records.has_access("write"))
            self.assertFalse(records.has_access("create"))

    def test_a_double_click_is_harmless(self):
        recall = self.start_recall()
        holds, lines = recall.hold_ids, recall.line_ids
        with self.assertRaisesRegex(UserError, "this step is not possible now"):
            recall.action_start()
        self.assertEqual((recall.hold_ids, recall.line_ids), (holds, lines))

    def test_two_people_with_the_same_recall_are_told(self):
        first = self.start_recall()
        with self.assertRaisesRegex(
            UserError, f"{first.name} of .* exactly these lots"
        ):
            self.start_recall()

    @mute_logger("odoo.sql_db")
    def test_two_running_recalls_of_the_same_lots_are_kept_apart_by_the_database(self):
        first, second = self.start_recall(), self.make_recall()
        with self.assertRaises(IntegrityError), self.env.cr.savepoint():
            second.sudo().write({"state": "running", "scope_key": first.scope_key})
            self.env.flush_all()

    def test_another_recall_of_some_of_the_lots_is_possible(self):
        self.start_recall()
        other = self.start_recall(self.bunch, reach="down")
        self.assertEqual(other.state, "running")

    def test_a_second_recall_of_the_same_lots_after_the_first_is_closed(self):
        self.start_recall()._close("False alarm")
        self.assertEqual(self.start_recall().state, "running")

    def test_a_draft_is_cancelled_and_a_running_one_is_not(self):
        recall = self.make_recall()
        recall.action_cancel()
        self.assertEqual(recall.state, "cancelled")
        with self.assertRaises(UserError):
            self.start_recall().action_cancel()

    def test_the_timeline_says_who_did_what(self):
        recall = self.start_recall()
        kinds = recall.event_ids.sorted("id").mapped("kind")
        self.assertEqual(kinds, ["opened", "scoped", "frozen", "held"])
        self.assertEqual(recall.event_ids.user_id, self.user)

    def test_authorities_come_from_the_certificates(self):
        recall = self.start_recall()
        recall.action_add_authorities()
        rows = recall.customer_ids.filtered(lambda one: one.kind == "authority")
        self.assertEqual(rows.partner_id, self.authority)

    def test_a_customer_is_not_typed_in(self):
        recall = self.start_recall()
        with self.assertRaisesRegex(UserError, "follow from the deliveries"):
            recall.write(
                {
                    "customer_ids": [
                        (0, 0, {"partner_id": self.group.id, "kind": "customer"})
                    ]
                }
            )
