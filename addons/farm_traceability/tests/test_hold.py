from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger
from psycopg2.errors import UniqueViolation

from ..models.stock_move_hold import LATER
from .hold_common import HoldCase


@tagged("post_install", "-at_install")
class TestHold(HoldCase):
    def test_a_held_lot_is_not_promised_and_the_next_one_is(self):
        self.place(self.early)
        move = self.make_delivery(self.product, 8.0, self.picker).move_ids
        move._action_assign()
        self.assertPromised(move, self.late)

    def test_placing_takes_back_promises_and_fefo_finds_another_lot(self):
        move = self.make_delivery(self.product, 8.0, self.picker).move_ids
        move._action_assign()
        self.assertPromised(move, self.early)
        self.place(self.early)
        self.assertPromised(move, self.late)
        self.assertEqual(move.state, "assigned")
        self.assertNothingHeldIsPromised()

    def test_the_owner_of_a_transfer_is_told_once(self):
        picking = self.make_delivery(self.product, 15.0, self.picker)
        picking.action_assign()
        self.place(self.early | self.late)
        self.assertEqual(picking.move_ids.state, "confirmed")
        activity = picking.activity_ids
        self.assertEqual(activity.user_id, self.picker)
        for text in (self.early.name, self.late.name, "Residues found"):
            self.assertIn(text, activity.note)

    def test_what_was_picked_already_is_said(self):
        picking = self.make_delivery(self.product, 8.0, self.picker)
        picking.action_assign()
        picking.move_ids.picked = True
        self.place(self.early)
        self.assertFalse(picking.move_line_ids.filtered("quantity").lot_id & self.early)
        self.assertIn("picked already", picking.activity_ids.note)

    def test_only_quality_managers_place_and_release(self):
        hold = self.place(self.early)
        for role in ("stock", "manager", "collector"):
            user = self.make_user(role)
            with self.assertRaises(AccessError):
                self.env["farm.hold"].with_user(user)._place(self.late, "legal", "X")
            with self.assertRaises(AccessError):
                hold.with_user(user)._release("Clean")
            self.assertEqual(hold.with_user(user).lot_count, 1)

    def test_released_lots_are_promised_again(self):
        hold = self.place(self.early)
        hold._release("Analysed, clean")
        self.assertEqual(hold.state, "released")
        self.assertFalse(self.early.is_on_hold)
        move = self.make_delivery(self.product, 8.0, self.picker).move_ids
        move._action_assign()
        self.assertPromised(move, self.early)

    def test_some_lots_are_released_and_others_stay(self):
        hold = self.place(self.early | self.late)
        hold._release("Clean", self.late)
        self.assertEqual(hold.state, "open")
        self.assertEqual((self.early | self.late).mapped("is_on_hold"), [True, False])

    def test_another_open_hold_keeps_the_lot(self):
        first, second = self.place(self.early), self.place(self.early, "legal", "Court")
        first._release("Clean")
        self.assertTrue(self.early.is_on_hold)
        self.assertIn("Court", self.early.hold_reason)
        second._release("Clean")
        self.assertFalse(self.early.is_on_hold)

    def test_more_lots_are_added_to_an_open_hold(self):
        hold = self.place(self.early)
        hold._add_lots(self.early | self.late)
        self.assertEqual(hold.lot_count, 2)
        self.assertTrue(self.late.is_on_hold)
        hold._release("Clean")
        with self.refused("is not open"):
            hold._add_lots(self.late)

    def test_a_lot_released_is_held_again_by_the_same_hold(self):
        hold = self.place(self.early | self.late)
        hold._release("Clean", self.late)
        hold._add_lots(self.late)
        self.assertEqual(len(hold.line_ids), 3)
        self.assertTrue(self.late.is_on_hold)

    def test_a_lot_stands_in_a_hold_once(self):
        lines = [Command.create({"lot_id": self.early.id})] * 2
        holds = self.env["farm.hold"].with_user(self.quality)
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(UniqueViolation),
        ):
            holds.create({"kind": "legal", "reason": "X", "line_ids": lines})

    def test_what_is_on_hold_is_there_but_neither_free_nor_forecast(self):
        def quantities():
            self.env.invalidate_all()
            product = self.product
            return product.qty_available, product.free_qty, product.virtual_available

        self.assertEqual(quantities(), (20.0, 20.0, 20.0))
        hold = self.place(self.early)
        self.assertEqual(quantities(), (20.0, 10.0, 10.0))
        self.assertEqual(self.early.quant_ids.mapped("available_quantity"), [0.0, 0.0])
        hold._release("Clean")
        self.assertEqual(quantities(), (20.0, 20.0, 20.0))

    def test_a_move_without_a_document_is_told_on_the_hold(self):
        move = self.make_delivery(self.product, 8.0, self.picker).move_ids
        move.picking_id = False
        move._action_assign()
        hold = self.place(self.early)
        self.assertIn(self.early.name, hold.activity_ids.note)

    def test_a_crate_with_a_held_lot_is_not_moved_as_a_whole(self):
        crate = self.env["stock.package"].create({"name": "Crate"})
        both = (self.early | self.late).quant_ids
        both.filtered(lambda quant: quant.location_id == self.stock).package_id = crate
        picking = self.make_delivery(self.product, 20.0, self.picker)
        picking.action_assign()
        lines = picking.move_line_ids
        self.assertEqual(lines.mapped("result_package_id"), crate)
        self.place(self.early)
        self.assertEqual(picking.move_line_ids.lot_id, self.late)
        self.assertFalse(picking.move_line_ids.result_package_id)
        picking.move_ids.picked = True
        picking._action_done()
        self.assertEqual(picking.state, "done")
        self.assertEqual(self.early.location_id, self.stock)

    def test_an_empty_line_of_a_held_lot_does_not_stop_the_others(self):
        picking = self.make_delivery(self.product, 8.0, self.picker)
        picking.move_ids.with_context(gate=LATER).move_line_ids = [
            Command.create(
                {
                    "product_id": self.product.id,
                    "lot_id": self.early.id,
                    "quantity": 0.0,
                    "picking_id": picking.id,
                }
            )
        ]
        picking.action_assign()
        self.env["stock.lot"].browse(self.early.ids).sudo()._close_gate()
        lines = picking.move_line_ids
        lines.filtered("quantity").with_context(gate=LATER).lot_id = self.late
        picking.move_ids.picked = True
        picking._action_done()
        self.assertEqual(picking.state, "done")
