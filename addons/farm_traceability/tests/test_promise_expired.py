from lxml import etree
from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import Form, tagged
from odoo.tools.safe_eval import safe_eval

from ..models.hold.stock_move import LATER
from .promise_common import PromiseCase


@tagged("post_install", "-at_install")
class TestExpired(PromiseCase):
    """What has expired goes to no customer, by whatever way; other ways stay open."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.expire(cls.older, -1)
        cls.sent = "has expired on 14 June 2026"

    def left_line(self, lot=None, user=None, **vals):
        """A line that was there before the lot expired."""
        picking = self.deliver(self.shop, user=user)
        picking.move_ids.move_line_ids.unlink()
        picking.move_ids.with_context(gate=LATER).move_line_ids = [
            Command.create(
                {
                    "product_id": self.product.id,
                    "lot_id": (lot or self.older).id,
                    "quantity": 4.0,
                    "picked": True,
                    "picking_id": picking.id,
                    "location_id": self.stock.id,
                    "location_dest_id": self.customers.id,
                }
                | vals
            )
        ]
        return picking

    def assertStays(self):
        self.env.invalidate_all()
        there = self.older.quant_ids.filtered(
            lambda quant: quant.location_id.usage == "internal"
        )
        self.assertEqual(sum(there.mapped("quantity")), 10.0)

    # -- never promised ----------------------------------------------------------------

    def test_it_is_not_reserved_also_for_what_is_late(self):
        """Core asks whether it was fresh on the day that was planned."""
        self.expire(self.older, -1)
        self.older.removal_date = False
        for day in (-3, 0, 3):
            with self.subTest(day=day):
                picking = self.deliver(self.shop, day=day)
                self.assertEqual(self.promised(picking), self.newer)
                picking.do_unreserve()

    def test_it_is_reserved_for_quarantine_scrap_and_return(self):
        for target in (self.quarantine, self.suppliers):
            with self.subTest(target=target.name):
                move = self.ask_for(target, 14.0)
                self.assertIn(self.older, move.move_line_ids.lot_id)
                quants = self.older.quant_ids.filtered("reserved_quantity")
                self.assertEqual(quants.location_id, self.stock)
                self.assertEqual(quants.quantity, 10.0)
                move._do_unreserve()
        scrap = self.env["stock.scrap"].with_user(self.picker)
        scrap = scrap.create(
            {
                "product_id": self.product.id,
                "lot_id": self.older.id,
                "scrap_qty": 3.0,
                "location_id": self.stock.id,
            }
        )
        scrap.do_scrap()
        self.assertEqual(scrap.state, "done")

    def ask_for(self, target, quantity):
        move = (
            self.env["stock.move"]
            .with_user(self.picker)
            .create(
                {
                    "product_id": self.product.id,
                    "product_uom_qty": quantity,
                    "location_id": self.stock.id,
                    "location_dest_id": target.id,
                    "picking_type_id": self.warehouse.int_type_id.id,
                }
            )
        )
        move._action_confirm()
        move._action_assign()
        return move

    def test_a_pick_does_not_hand_it_on(self):
        self.expire(self.older, 1)
        first = self.make_transfer(self.older, 4.0, self.shelf)
        second = self.deliver(self.shop).move_ids
        second.move_line_ids.unlink()
        second.location_id = self.shelf
        second.move_orig_ids = first.move_ids
        first.move_ids.picked = True
        self.expire(self.older, -1)
        with self.refused(self.sent):
            first.with_context(skip_expired=True).button_validate()
        second.move_orig_ids = False
        first.with_context(skip_expired=True).button_validate()
        second.move_orig_ids = first.move_ids
        second._action_assign()
        self.assertFalse(second.move_line_ids)

    # -- typed in ----------------------------------------------------------------------

    def test_a_picker_who_types_it_in_is_told_at_once(self):
        picking = self.deliver(self.shop)
        with self.refused(self.sent) as caught:
            self.type_in(picking, self.older)
        for text in (self.older.name, "Toko Segar", "quality manager"):
            self.assertIn(text, str(caught.exception))

    def test_expired_is_said_before_what_has_too_few_days(self):
        self.make_term(30, partner_id=self.shop)
        picking = self.left_line()
        picking.move_ids.with_context(gate=LATER).move_line_ids = [
            Command.create(
                picking.move_line_ids.copy_data()[0]
                | {"lot_id": self.newer.id, "quantity": 4.0, "picked": True}
            )
        ]
        with self.refused(self.sent) as caught:
            self.ship(picking)
        first, second = str(caught.exception).split("\n")
        self.assertIn(f"{self.older.name} of", first)
        self.assertIn(f"{self.newer.name} of", second)
        self.assertIn("less than 30 days left", second)
        said = picking._get_objections(self.newer | self.older).values()
        self.assertIn("has expired", next(iter(said)))

    def test_every_way_to_type_it_in(self):
        picking = self.deliver(self.shop)
        line, quant = picking.move_line_ids, self.older.quant_ids
        quant = quant.filtered(lambda quant: quant.location_id == self.stock)
        for way in (
            lambda: line.write({"lot_id": self.older.id}),
            lambda: line.write({"quant_id": quant.id}),
            lambda: picking.move_ids.write({"lot_ids": self.older.ids}),
            lambda: line.copy({"lot_id": self.older.id, "quantity": 0.0}),
        ):
            with self.refused(self.sent):
                way()

    def test_inside_the_house_it_is_moved_as_before(self):
        picking = self.make_transfer(self.older, 4.0, self.shelf)
        self.ship(picking)
        self.assertEqual(picking.state, "done")

    def test_what_is_past_its_removal_date_only_goes(self):
        self.expire(self.older, 1)
        self.older.removal_date = self.older.create_date
        picking = self.deliver(self.shop)
        self.type_in(picking, self.older)
        self.ship(picking)
        self.assertEqual(picking.state, "done")

    def test_a_product_without_expiry_is_not_asked(self):
        picking = self.left_line()
        self.product.use_expiration_date = False
        self.ship(picking)
        self.assertEqual(picking.state, "done")

    # -- what happens ------------------------------------------------------------------

    def test_no_way_leads_to_a_customer(self):
        forged = {
            "skip_expired": True,
            "skip_sanity_check": True,
            "gate": "LATER",
            "promise": {},
            "allowed_lots": [self.older.id],
            "happening": False,
            "happened": "2026-06-01 00:00:00",
        }
        for user in (self.picker, self.quality):
            for way in (
                lambda one: one.button_validate(),
                lambda one: one._action_done(),
                lambda one: one.move_ids._action_done(),
                lambda one: one.move_line_ids._action_done(),
            ):
                picking = self.left_line().with_user(user).with_context(**forged)
                with self.subTest(user=user.login), self.refused(self.sent):
                    way(picking)
                picking.sudo().action_cancel()
        self.assertStays()

    def test_many_transfers_at_once(self):
        pickings = self.left_line() | self.deliver(self.other)
        pickings.move_ids.picked = True
        with self.refused(self.sent):
            pickings.with_context(skip_expired=True).button_validate()
        self.assertStays()

    def test_a_done_transfer_takes_no_more_of_it(self):
        self.expire(self.older, 1)
        picking = self.left_line()
        self.ship(picking)
        self.expire(self.older, -1)
        line = picking.move_line_ids
        for user in (self.picker, self.quality):
            with self.refused(self.sent):
                line.with_user(user).quantity = 5.0
            with self.refused(self.sent):
                self.env["stock.move.line"].with_user(user).create(
                    {
                        "picking_id": picking.id,
                        "move_id": line.move_id.id,
                        "product_id": self.product.id,
                        "lot_id": self.older.id,
                        "quantity": 2.0,
                        "location_id": self.stock.id,
                        "location_dest_id": self.customers.id,
                    }
                )
        gram = self.env.ref("uom.product_uom_gram")
        line.write({"quantity": 3000.0, "product_uom_id": gram.id})
        self.assertEqual(line.quantity_product_uom, 3.0)
        with self.refused(self.sent):
            line.product_uom_id = self.product.uom_id

    def test_a_lot_named_by_text_is_found_out(self):
        for user in (self.picker, self.quality):
            picking = self.left_line(lot_id=False, lot_name=self.older.name)
            picking.picking_type_id.sudo().use_create_lots = True
            with self.refused(self.sent):
                self.ship(picking, user)
            picking.sudo().action_cancel()

    def test_goods_without_a_lots_name_do_not_slip_out(self):
        picking = self.left_line(lot_id=False)
        picking.picking_type_id.sudo().write(
            {"use_create_lots": False, "use_existing_lots": False}
        )
        with self.refused("name the lot that leaves"):
            self.ship(picking)

    def test_straight_from_the_supplier(self):
        move = self.ask_for(self.customers, 4.0)
        move._do_unreserve()
        move.location_id = self.suppliers
        move.with_context(gate=LATER).move_line_ids = [
            Command.create(
                {
                    "product_id": self.product.id,
                    "lot_id": self.older.id,
                    "quantity": 4.0,
                    "picked": True,
                    "location_id": self.suppliers.id,
                    "location_dest_id": self.customers.id,
                }
            )
        ]
        with self.refused(self.sent):
            move._action_done()

    def test_stock_is_not_relocated_to_a_customer(self):
        quant = self.older.quant_ids.filtered(
            lambda quant: quant.location_id == self.stock
        )
        with self.refused(self.sent):
            quant.sudo().move_quants(self.customers)

    def test_a_return_of_it_comes_in(self):
        self.expire(self.older, 1)
        picking = self.left_line()
        self.ship(picking)
        self.expire(self.older, -1)
        wizard = self.env["stock.return.picking"].create({"picking_id": picking.id})
        wizard.product_return_moves.quantity = 4.0
        back = self.env["stock.picking"].browse(
            wizard.action_create_returns()["res_id"]
        )
        back.move_ids.quantity = 4.0
        self.ship(back)
        self.assertEqual(back.state, "done")
        self.assertStays()

    # -- Odoo's own question -----------------------------------------------------------

    def confirm(self, user, reason=None):
        picking = self.left_line().with_user(user)
        action = picking.button_validate()
        self.assertEqual(action["res_model"], "expiry.picking.confirmation")
        form = Form(
            self.env[action["res_model"]]
            .with_user(user)
            .with_context(**action["context"])
        )
        if reason:
            form.reason = reason
        return picking, form

    def test_a_picker_who_confirms_is_refused(self):
        _picking, form = self.confirm(self.picker)
        self.assertIn(self.sent, form.stopped_text)
        self.assertFalse(form.may_allow)
        wizard = form.save()
        with self.refused(self.sent):
            wizard.process()
        wizard.reason = "I may, because I say so"
        with self.assertRaisesRegex(AccessError, "Only a quality manager"):
            wizard.process()

    def test_who_may_not_confirm_can_only_close(self):
        for user, shown in (
            (self.picker, ["Close"]),
            (self.quality, ["process", "process_no_expired", "Discard"]),
        ):
            _picking, form = self.confirm(user)
            view = form._record.get_view()
            values = {name: bool(form[name]) for name in form._view["fields"]}
            buttons = [
                button.get("name") or button.get("string")
                for button in etree.fromstring(view["arch"]).iter("button")
                if not safe_eval(button.get("invisible", "False"), values)
            ]
            self.assertEqual(buttons, shown)

    def test_a_quality_manager_confirms_with_a_reason(self):
        picking, form = self.confirm(self.quality, "Feed for the zoo")
        form.save().process()
        self.assertEqual(picking.state, "done")
        waiver = picking.promise_waiver_ids
        self.assertEqual(waiver.lot_ids, self.older)
        self.assertEqual(waiver.user_id, self.quality)
        self.assertIn(self.sent, waiver.rules)

    def test_a_quality_manager_without_a_reason_is_refused(self):
        picking, form = self.confirm(self.quality)
        with self.assertRaisesRegex(AssertionError, "reason"):
            form.save()
        with self.refused(self.sent):
            wizard = self.env["expiry.picking.confirmation"].with_user(self.quality)
            wizard.with_context(button_validate_picking_ids=picking.ids).create(
                {"picking_ids": picking.ids, "lot_ids": self.older.ids}
            ).with_context(default_lot_ids=[]).process()
