from odoo.exceptions import UserError
from odoo.tests import tagged

from .recall_common import RecallCase


@tagged("post_install", "-at_install")
class TestRecallLater(RecallCase):
    """What comes up after the scope was frozen."""

    def watch(self):
        with self.enter_registry_test_mode():
            self.env.ref("farm_traceability.cron_recall_watch").method_direct_trigger()

    def sell_in_spite_of_hold(self, recall, lot, customer):
        """Goods that were on the road, entered late: the hold was not there yet."""
        recall.hold_ids.with_user(self.user)._release("To be entered", lot)
        return self.sell(lot, customer)

    def test_a_delivery_found_later_is_a_line_and_a_warning(self):
        recall = self.start_recall()
        kiosk = self.make_customer("Kiosk", "kiosk@example.com")
        picking = self.sell_in_spite_of_hold(recall, self.hands[4], kiosk)
        picking.move_line_ids.date = "2026-06-01 00:00:00"
        recall.action_refresh()
        row = self.row(recall, kiosk)
        self.assertTrue(row.has_later)
        self.assertEqual(row.state, "to_tell")
        self.assertTrue(row.line_ids.is_later)
        self.assertEqual((row.line_ids.quantity, row.line_ids.later), (0, 1))
        self.assertIn("later", recall.event_ids.mapped("kind"))
        self.assertIn("Found later", " ".join(recall.activity_ids.mapped("summary")))
        balance = self.balance_of(recall, self.hand.uom_id)
        self.assertEqual((balance["found"], balance["unaccounted"]), (8, 3))

    def test_more_to_a_known_customer_shows_on_the_line(self):
        recall = self.start_recall()
        self.sell_in_spite_of_hold(recall, self.hands[4], self.shop)
        recall.action_refresh()
        lines = self.row(recall, self.shop).line_ids
        self.assertEqual(sorted(lines.mapped("is_later")), [False, True])

    def test_looking_twice_finds_it_once(self):
        recall = self.start_recall()
        self.sell_in_spite_of_hold(recall, self.hands[4], self.shop)
        recall.action_refresh()
        lines, events = recall.line_ids, recall.event_ids
        recall.action_refresh()
        self.assertEqual((recall.line_ids, recall.event_ids), (lines, events))

    def test_a_lot_that_moves_wakes_the_job(self):
        recall = self.start_recall()
        triggers = self.env["ir.cron.trigger"].search_count([])
        self.sell_in_spite_of_hold(recall, self.hands[4], self.shop)
        self.assertGreater(self.env["ir.cron.trigger"].search_count([]), triggers)

    def test_the_job_looks_at_every_running_recall(self):
        recall = self.start_recall()
        kiosk = self.make_customer("Kiosk")
        self.sell_in_spite_of_hold(recall, self.hands[4], kiosk)
        self.watch()
        self.assertTrue(self.row(recall, kiosk))

    def test_lots_made_later_are_taken_in_and_held(self):
        recall = self.start_recall()
        recall.hold_ids.with_user(self.user)._release("To be cut", self.sister)
        made = self.split(self.sister)
        recall.action_refresh()
        self.assertLessEqual(made, recall.lot_ids)
        self.assertTrue(all(made.mapped("is_on_hold")))
        amendment = recall.amendment_ids
        self.assertEqual(amendment.lot_ids, made)
        self.assertEqual(amendment.recall_id.line_ids.amendment_id, amendment)

    def test_a_lot_is_added_with_its_reason_and_its_own_hold(self):
        recall = self.start_recall()
        before = recall.line_ids
        self.env["farm.recall.addition"].with_user(self.user).create(
            {
                "recall_id": recall.id,
                "lot_ids": [(6, 0, self.early.ids)],
                "reason": "Same residue",
            }
        ).action_add()
        self.assertIn(self.early, recall.lot_ids)
        self.assertTrue(self.early.is_on_hold)
        self.assertEqual(len(recall.hold_ids), 2)
        self.assertEqual(recall.amendment_ids.reason, "Same residue")
        self.assertEqual(
            before, recall.line_ids - recall.line_ids.filtered("amendment_id")
        )

    def test_a_lot_is_added_once_and_never_without_reason(self):
        recall = self.start_recall()
        with self.assertRaisesRegex(UserError, "Say why"):
            recall._add_lots(self.early, " ")
        with self.assertRaisesRegex(UserError, "in the scope of .* already"):
            recall._add_lots(self.hands[0], "Again")

    def test_the_trigger_costs_nothing_for_other_lots(self):
        self.start_recall()
        triggers = self.env["ir.cron.trigger"].search_count([])
        self.receive(5.0)
        self.assertEqual(self.env["ir.cron.trigger"].search_count([]), triggers)

    def test_who_was_told_is_told_of_what_is_found_later(self):
        self.sell(self.hands[2], self.shop)
        recall = self.start_recall(self.hands[0], self.hands[1], reach="down")
        recall.action_notify()
        self.row(recall, self.market).action_all_there()
        states = {self.shop: "queued", self.market: "answered"}
        for partner, state in states.items():
            self.assertEqual(self.row(recall, partner).state, state)
        recall._add_lots(self.hands[2], "Same residue")
        self.assertEqual(self.row(recall, self.shop).state, "to_tell")
        self.assertEqual(self.row(recall, self.market).state, "answered")
        recall.action_notify()
        notices = self.row(recall, self.shop).notice_ids
        self.assertEqual(notices.sorted("number").mapped("kind"), ["first", "more"])
        self.assertEqual(len(self.row(recall, self.market).notice_ids), 1)

    def test_goods_that_went_to_nobody_are_said(self):
        sold = self.sell(self.hands[2], self.shop)
        sold.partner_id = sold.move_ids.partner_id = False
        recall = self.start_recall()
        self.assertIn(self.hands[2].name, " ".join(recall.activity_ids.mapped("note")))

    def test_one_recall_in_trouble_does_not_stop_the_job(self):
        bad = self.start_recall(self.early, reach="down")
        good = self.start_recall(self.hands[4], reach="down")
        kiosk = self.make_customer("Kiosk")
        self.sell_in_spite_of_hold(good, self.hands[4], kiosk)
        find, trouble = type(bad)._find_later, "Broken"

        def fail(recall):
            if recall == bad:
                raise UserError(trouble)
            return find(recall)

        self.patch(type(bad), "_find_later", fail)
        self.watch()
        self.assertTrue(self.row(good, kiosk))
        self.assertIn(trouble, bad.event_ids.mapped("text"))

    def test_a_transfer_that_loses_lots_again_says_how_much(self):
        picking = self.sell(self.hands[2] | self.hands[3], self.shop, validate=False)
        recall = self.start_recall(self.hands[2], reach="down")
        self.assertEqual(recall.picking_ids.quantity, 1.0)
        recall._add_lots(self.hands[3], "Same residue")
        self.assertEqual(recall.picking_ids.picking_id, picking)
        self.assertEqual(recall.picking_ids.quantity, 2.0)
