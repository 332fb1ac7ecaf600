from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, freeze_time, tagged

from .promise_common import PromiseCase


@tagged("post_install", "-at_install")
class TestWaiver(PromiseCase):
    """A quality manager allows lots on a transfer, with a reason; holds stay holds."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_term(10, partner_id=cls.shop)

    def test_a_picker_takes_what_was_allowed(self):
        picking = self.deliver(self.branch, 14.0)
        self.allow(picking, self.older)
        self.type_in(picking, self.older)
        self.ship(picking)
        self.assertEqual(picking.state, "done")

    def test_another_transfer_takes_nothing_of_it(self):
        self.allow(self.deliver(self.branch), self.older)
        with self.refused("takes no lot"):
            self.type_in(self.deliver(self.branch), self.older)

    def test_the_wizard_names_what_speaks_against_and_reserves(self):
        picking = self.deliver(self.branch, 14.0).with_user(self.quality)
        self.assertTrue(picking.has_objections)
        action = picking.action_allow_lots()
        form = Form(
            self.env[action["res_model"]]
            .with_user(self.quality)
            .with_context(**action["context"])
        )
        self.assertFalse(form.lot_ids)
        self.assertIn(self.older, form.there_ids)
        form.lot_ids.add(self.older)
        self.assertIn("takes no lot", form.objections)
        form.reason = "Agreed by telephone"
        form.save().action_allow()
        lines = picking.move_line_ids.sorted("quantity")
        self.assertEqual(lines.lot_id, self.older | self.newer)
        self.assertEqual(lines.mapped("quantity"), [4.0, 10.0])
        self.assertEqual(picking.state, "assigned")
        self.assertFalse(picking.has_objections)
        self.ship(picking)
        self.assertEqual(picking.state, "done")

    def test_the_wizard_reserves_what_has_expired_once_it_is_allowed(self):
        self.expire(self.older, -1)
        picking = self.deliver(self.other, 14.0).with_user(self.quality)
        wizard = self.env["farm.promise.allow"].with_user(self.quality)
        wizard.create(
            {"picking_id": picking.id, "lot_ids": self.older.ids, "reason": "Compost"}
        ).action_allow()
        self.assertEqual(picking.state, "assigned")
        quants = self.older.quant_ids.filtered("reserved_quantity")
        self.assertEqual(quants.quantity, 10.0)
        self.ship(picking, self.picker)
        self.assertEqual(picking.state, "done")

    def test_it_stays_on_record(self):
        picking = self.deliver(self.branch)
        waiver = self.allow(picking, self.older)
        self.assertRecordValues(
            waiver,
            [
                {
                    "picking_id": picking.id,
                    "lot_ids": self.older.ids,
                    "reason": "Agreed by telephone",
                    "user_id": self.quality.id,
                }
            ],
        )
        self.assertIn("takes no lot", waiver.rules)
        talk = picking.message_ids.mapped("body")
        self.assertTrue(any("Agreed by telephone" in body for body in talk))
        self.assertEqual(waiver.with_user(self.picker).reason, "Agreed by telephone")

    def test_nobody_else_allows_anything(self):
        picking = self.deliver(self.branch)
        keeper = self.make_user("internal")
        keeper.group_ids += self.env.ref("stock.group_stock_manager")
        for user in (self.picker, self.make_user("manager"), keeper):
            with self.assertRaises(AccessError):
                picking.with_user(user).env["farm.promise.waiver"]._allow(
                    picking.with_user(user), self.older, "Because"
                )
            with self.assertRaises(AccessError):
                self.env["farm.promise.allow"].with_user(user).create(
                    {"picking_id": picking.id, "lot_ids": self.older.ids, "reason": "x"}
                )

    def test_it_is_not_typed_in_changed_or_deleted(self):
        picking = self.deliver(self.branch)
        waiver = self.allow(picking, self.older)
        for user in (self.quality, self.picker):
            mine = waiver.with_user(user)
            vals = {
                "picking_id": picking.id,
                "lot_ids": self.newer.ids,
                "reason": "x",
                "user_id": user.id,
                "date": waiver.date,
            }
            for way in (
                lambda mine=mine, vals=vals: mine.create(vals),
                lambda mine=mine: mine.write({"lot_ids": self.newer.ids}),
                lambda mine=mine: mine.write({"reason": "Another"}),
                lambda mine=mine: mine.unlink(),
            ):
                with self.assertRaises(UserError):
                    way()
            with self.assertRaises(UserError):
                picking.with_user(user).promise_waiver_ids = [Command.create(vals)]

    def test_a_reason_and_lots_are_asked_for(self):
        picking = self.deliver(self.branch)
        for lots, reason in ((self.older, "  "), (self.older[:0], "Agreed")):
            with self.refused("Name the lots to allow"):
                self.allow(picking, lots, reason)
        self.ship(picking)
        with self.refused("nothing to allow"):
            self.allow(picking, self.older)

    def test_a_hold_is_never_waived(self):
        picking = self.deliver(self.branch)
        self.allow(picking, self.older)
        self.place(self.older)
        with self.refused("on hold"):
            self.type_in(picking, self.older)

    def test_it_counts_for_the_steps_that_follow(self):
        first = self.make_transfer(self.older, 4.0, self.shelf)
        second = self.deliver(self.branch).move_ids
        second.move_line_ids.unlink()
        second.location_id = self.shelf
        second.move_orig_ids = first.move_ids
        first.move_ids.picked = True
        with self.refused("takes no lot"):
            first._action_done()
        self.allow(first, self.older)
        first._action_done()
        self.assertEqual(second.move_line_ids.lot_id, self.older)
        self.ship(second.picking_id)
        self.assertEqual(second.state, "done")

    def test_it_is_not_for_another_customer(self):
        self.make_term(10, partner_id=self.other)
        picking = self.deliver(self.branch)
        self.allow(picking, self.older)
        self.type_in(picking, self.older)
        picking.with_user(self.picker).partner_id = self.other
        with self.refused("Pasar Gede takes no lot"):
            self.ship(picking)
        self.allow(picking, self.older)
        self.ship(picking)
        self.assertEqual(picking.state, "done")

    def test_it_is_not_for_others_who_get_of_the_same_pick(self):
        self.make_term(10, partner_id=self.other)
        mine, theirs = self.deliver(self.branch), self.deliver(self.other)
        moves = mine.move_ids | theirs.move_ids
        moves.move_line_ids.unlink()
        moves.location_id = self.shelf
        pick = self.make_transfer(self.older, 8.0, self.shelf)
        pick.move_ids.move_dest_ids = moves
        pick.action_confirm()
        self.allow(mine, self.older)
        self.ship(pick)
        self.assertEqual(mine.move_line_ids.lot_id, self.older)
        self.assertFalse(theirs.move_line_ids)
        self.ship(mine)
        with self.refused("Pasar Gede takes no lot"):
            self.type_in(theirs, self.older)

    def test_what_was_allowed_does_not_go_once_it_has_expired(self):
        picking = self.deliver(self.branch)
        self.allow(picking, self.older)
        self.type_in(picking, self.older)
        with freeze_time("2026-06-25 03:00:00"):
            with self.refused("has expired"):
                self.ship(picking)
            self.allow(picking, self.older)
            self.ship(picking)
        self.assertEqual(picking.state, "done")


@tagged("post_install", "-at_install")
class TestNote(PromiseCase):
    """The pick list names the rule when stock is there but does not qualify."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_term(10, partner_id=cls.shop)

    def test_it_says_how_much_of_how_much_and_why(self):
        picking = self.deliver(self.shop, 14.0)
        self.assertEqual(
            picking.move_ids.promise_note,
            "10 kg of free stock do not qualify: Toko Segar takes no lot with less"
            " than 10 days left on arrival (15 June 2026).",
        )
        self.assertEqual(
            picking.promise_text,
            f"{self.product.display_name}: {picking.move_ids.promise_note}",
        )

    def test_it_says_what_has_expired(self):
        self.expire(self.older, -1)
        note = self.deliver(self.other, 14.0).move_ids.promise_note
        self.assertEqual(note, "10 kg have expired.")

    def test_expired_is_expired_and_does_not_count_as_not_qualifying(self):
        self.expire(self.older, -1)
        stale = self.older.copy({"name": "STALE-1"})
        self.expire(stale, 5)
        stale.removal_date = self.older.removal_date
        self.env["stock.quant"]._update_available_quantity(
            self.product, self.stock, 3.0, lot_id=stale
        )
        self.expire(self.newer, 9)
        self.assertEqual(
            self.deliver(self.shop).move_ids.promise_note,
            "10 kg have expired. 3 kg are past their removal date. 10 kg of free stock"
            " do not qualify: Toko Segar takes no lot with less than 10 days left on"
            " arrival (15 June 2026).",
        )

    def test_it_is_silent_where_there_is_nothing_to_say(self):
        enough = self.deliver(self.shop)
        self.assertFalse(enough.move_ids.promise_note)
        self.assertFalse(self.deliver(self.other, 30.0).move_ids.promise_note)
        enough.do_unreserve()
        self.assertFalse(enough.move_ids.promise_note)
        enough.action_assign()
        self.ship(enough)
        self.assertFalse(enough.move_ids.promise_note)
        inside = self.make_transfer(self.older, 1.0, self.shelf).move_ids
        self.assertFalse(inside.promise_note)

    def test_it_is_printed_on_the_pick_list(self):
        picking = self.deliver(self.shop, 14.0)
        report = self.env["ir.actions.report"].with_user(self.picker)
        page, _kind = report._render_qweb_html("stock.report_picking", picking.ids)
        self.assertIn(b"takes no lot with less than 10 days", page)
        self.ship(picking)
        page, _kind = report._render_qweb_html("stock.report_picking", picking.ids)
        self.assertNotIn(b"takes no lot", page)

    def test_it_takes_as_many_queries_for_many_lots_as_for_few(self):
        lots = self.env["stock.lot"].create(
            [{"name": f"L{n}", "product_id": self.product.id} for n in range(40)]
        )
        for lot in lots:
            self.expire(lot, 5)
            self.env["stock.quant"]._update_available_quantity(
                self.product, self.stock, 1.0, lot_id=lot
            )
        move = self.deliver(self.shop, 90.0).move_ids
        move.promise_note  # noqa: B018 - read what is read once
        self.env.flush_all()
        move.invalidate_recordset(["promise_note"])
        with self.assertQueryCount(8):
            self.assertIn("50 kg", move.promise_note)
