from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from .hold_common import HoldCase


@tagged("post_install", "-at_install")
class TestHoldRights(HoldCase):
    """Who places and releases, and that what was placed stays as it is."""

    def holds(self, user=None):
        return self.env["farm.hold"].with_user(user or self.quality)

    def test_a_draft_is_written_placed_and_then_stays(self):
        hold = self.holds().create(
            {
                "kind": "legal",
                "reason": "Court order",
                "line_ids": [Command.create({"lot_id": self.early.id})],
            }
        )
        self.assertFalse(self.early.is_on_hold)
        hold.reason = "Court order 12"
        hold.action_place()
        hold.action_place()
        self.assertTrue(self.early.is_on_hold)
        self.assertEqual(hold.line_ids.placed_by_id, self.quality)
        for vals in (
            {"reason": "Another"},
            {"kind": "quality"},
            {"state": "draft"},
            {"line_ids": [Command.clear()]},
            {"line_ids": [Command.create({"lot_id": self.late.id})]},
        ):
            with self.refused("stays on record|never typed in"):
                hold.write(vals)
        for vals in (
            {"state": "released"},
            {"lot_id": self.late.id},
            {"placed_by_id": self.picker.id},
            {"released_at": "2026-01-01"},
        ):
            with self.refused("stays on record|never typed in"):
                hold.line_ids.write(vals)
        for record in (hold, hold.line_ids):
            with self.refused("stays on record"):
                record.unlink()

    def test_no_lot_slips_into_a_placed_hold(self):
        placed = self.place(self.early)
        draft = self.holds().create(
            {
                "kind": "legal",
                "reason": "Court order",
                "line_ids": [Command.create({"lot_id": self.late.id})],
            }
        )
        with self.refused("stays on record"):
            draft.line_ids.hold_id = placed

    def test_nobody_types_in_that_a_hold_is_open(self):
        for vals in ({"state": "open"}, {"foreign_count": 0}, {"promised_count": 1}):
            with self.refused("never typed in"):
                self.holds().create({"kind": "legal", "reason": "X"} | vals)

    def test_a_hold_needs_lots_and_a_reason_and_a_release_too(self):
        with self.refused("no lots"):
            self.place(self.env["stock.lot"])
        with self.refused("Say why"):
            self.place(self.early, reason="  ")
        hold = self.place(self.early)
        with self.refused("Say why"):
            hold._release(" ")
        self.assertTrue(self.early.is_on_hold)

    def test_a_second_person_releases_where_the_company_asks_for_it(self):
        self.env.company.hold_second_person = True
        hold = self.place(self.early)
        with self.refused("somebody else"):
            hold._release("Clean")
        other = self.make_user("quality")
        hold.with_user(other)._release("Clean")
        self.assertEqual(hold.line_ids.released_by_id, other)

    def test_the_setting_stands_in_inventorys_settings(self):
        settings = self.env["res.config.settings"].create({})
        settings.hold_second_person = True
        self.assertTrue(self.env.company.hold_second_person)

    def test_a_picker_reads_why_and_changes_nothing(self):
        hold = self.place(self.early)
        lot = self.early.with_user(self.picker)
        self.assertIn("Residues found", lot.hold_reason)
        self.assertEqual(hold.with_user(self.picker).line_ids.lot_id, lot)
        for mode in ("write", "create", "unlink"):
            self.assertFalse(self.holds(self.picker).has_access(mode))

    def test_another_companys_hold_is_hidden_but_its_reason_is_not(self):
        hold = self.place(self.early)
        company = self.env["res.company"].create({"name": "Neighbour"})
        picker = self.make_user(
            "stock", company_id=company.id, company_ids=[Command.set(company.ids)]
        )
        quality = self.make_user(
            "quality", company_id=company.id, company_ids=[Command.set(company.ids)]
        )
        self.assertFalse(self.holds(picker).search([("id", "=", hold.id)]))
        self.assertIn("Residues", self.early.with_user(picker).hold_reason)
        with self.assertRaises(AccessError):
            hold.with_user(quality)._release("Clean")

    def test_a_lot_that_cannot_be_opened_cannot_be_held(self):
        company = self.env["res.company"].create({"name": "Neighbour"})
        lot = self.env["stock.lot"].create(
            {"name": "N-1", "product_id": self.product.id, "company_id": company.id}
        )
        with self.assertRaises(AccessError):
            self.place(lot.with_user(self.quality))

    def test_wizards_place_add_and_release(self):
        wizard = Form(
            self.env["farm.hold.place"]
            .with_user(self.quality)
            .with_context(
                active_model="stock.quant", active_ids=self.early.quant_ids.ids
            )
        )
        self.assertEqual(wizard.lot_count, 1)
        wizard.kind, wizard.reason = "temperature", "Too warm"
        action = wizard.save().action_place()
        hold = self.holds().browse(action["res_id"])
        self.assertEqual(hold.held_lot_ids, self.early)
        adding = self.env["farm.hold.place"].with_user(self.quality)
        adding.create(
            {"hold_id": hold.id, "lot_ids": [Command.set(self.late.ids)]}
        ).action_place()
        releasing = self.env["farm.hold.release"].with_user(self.quality)
        releasing.create(
            {
                "hold_id": hold.id,
                "reason": "Cold again",
                "lot_ids": [Command.set(self.late.ids)],
            }
        ).action_release()
        self.assertEqual(hold.held_lot_ids, self.early)
        releasing.create({"hold_id": hold.id, "reason": "Cold"}).action_release()
        self.assertEqual(hold.state, "released")

    def test_lots_of_a_transfer_are_placed_from_it(self):
        picking = self.make_delivery(self.product, 15.0, self.picker)
        picking.action_assign()
        wizard = (
            self.env["farm.hold.place"]
            .with_user(self.quality)
            .with_context(active_model="stock.picking", active_ids=picking.ids)
            .create({"reason": "Broken crate"})
        )
        self.assertEqual(wizard.lot_ids, self.early | self.late)
        wizard.action_place()
        self.assertFalse(picking.move_line_ids.filtered("quantity"))
