from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, tagged

from ..models.stock_move_hold import LATER
from .hold_common import HoldCase


@tagged("post_install", "-at_install")
class TestWaysOut(HoldCase):
    """Every way by which core takes a lot away, by the weakest user who may go it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.stock_manager = cls.make_user("internal")
        cls.stock_manager.group_ids += cls.env.ref("stock.group_stock_manager")
        cls.lot = cls.early
        cls.hold = (
            cls.env["farm.hold"]
            .with_user(cls.quality)
            ._place(cls.lot, "quality", "Residues found")
        )
        cls.quant = cls.lot.quant_ids.filtered(
            lambda quant: quant.location_id == cls.stock
        )

    def assertStays(self):
        self.env.invalidate_all()
        quants = self.lot.quant_ids.filtered(
            lambda quant: quant.location_id.usage in ("internal", "transit")
        )
        self.assertEqual(sum(quants.mapped("quantity")), 10.0)
        self.assertEqual(quants.filtered("quantity").location_id, self.stock)

    def as_user(self, record, user=None):
        return record.with_user(user or self.picker)

    def left_line(self, target=None):
        """A line that a race left there: not seen when it was made."""
        places = {
            "location_id": self.stock.id,
            "location_dest_id": (target or self.customers).id,
        }
        picking = self.make_delivery(self.product, 4.0, self.picker)
        picking.move_ids.with_context(gate=LATER).move_line_ids = [
            Command.create(
                places
                | {
                    "product_id": self.product.id,
                    "lot_id": self.lot.id,
                    "quantity": 4.0,
                    "picked": True,
                    "picking_id": picking.id,
                }
            )
        ]
        return picking

    # -- transfers ----------------------------------------------------------------

    def test_a_transfer_says_lot_hold_reason_and_what_to_do(self):
        picking = self.left_line()
        with self.refused() as caught:
            picking.button_validate()
        for text in (
            self.lot.name,
            self.hold.name,
            "Residues found",
            "take another lot",
        ):
            self.assertIn(text, str(caught.exception))
        self.assertStays()

    def test_a_held_lot_typed_in_is_refused_at_once(self):
        with self.refused():
            self.make_transfer(self.lot, 1.0, self.shelf)
        picking = self.make_transfer(self.late, 1.0, self.shelf)
        with self.refused():
            picking.move_line_ids.lot_id = self.lot
        with self.refused():
            picking.move_line_ids.quant_id = self.as_user(self.quant)
        with self.refused():
            picking.move_ids.lot_ids = self.lot
        with self.refused():
            self.left_line().move_line_ids.quantity = 5.0

    def test_a_context_from_outside_opens_nothing(self):
        forged = {"held_lots": {"lot_ids": None}, "gate": "LATER"}
        move = self.make_delivery(self.product, 8.0, self.picker).move_ids
        move.with_context(**forged)._action_assign()
        self.assertPromised(move, self.late)
        with self.refused():
            move.move_line_ids.with_context(**forged).lot_id = self.lot

    def test_a_line_turned_elsewhere_is_refused(self):
        picking = self.make_transfer(self.lot, 4.0, self.quarantine)
        with self.refused():
            picking.move_line_ids.location_dest_id = self.shelf

    def test_a_chain_does_not_hand_the_lot_on(self):
        first = self.make_transfer(self.late, 4.0, self.shelf)
        first.move_ids.picked = True
        second = self.make_delivery(self.product, 4.0, self.picker).move_ids
        second.location_id = self.shelf
        second.move_orig_ids = first.move_ids
        first._action_done()
        self.assertPromised(second, self.late)
        self.place(self.late)
        self.assertFalse(second.move_line_ids)
        second._action_assign()
        self.assertFalse(second.move_line_ids)
        self.assertEqual(second.state, "confirmed")

    def test_done_lines_are_not_edited_nor_added(self):
        picking = self.make_transfer(self.late, 4.0, self.shelf)
        picking.move_ids.picked = True
        picking.button_validate()
        line = picking.move_line_ids
        with self.refused():
            line.lot_id = self.lot
        with self.refused():
            self.env["stock.move.line"].with_user(self.picker).create(
                {
                    "picking_id": picking.id,
                    "move_id": line.move_id.id,
                    "product_id": self.product.id,
                    "lot_id": self.lot.id,
                    "quantity": 4.0,
                    "location_id": self.stock.id,
                    "location_dest_id": self.shelf.id,
                }
            )
        self.place(self.late)
        for vals in ({"quantity": 0.0}, {"lot_id": self.lot.id}):
            with self.refused("is not edited|on hold"):
                line.write(vals)
        self.assertStays()

    def test_goods_without_a_lots_name_do_not_slip_out(self):
        picking = self.make_delivery(self.product, 4.0, self.picker)
        picking.picking_type_id.sudo().write(
            {"use_create_lots": False, "use_existing_lots": False}
        )
        picking.move_ids.move_line_ids = [
            Command.create(
                {
                    "product_id": self.product.id,
                    "quantity": 4.0,
                    "picking_id": picking.id,
                }
            )
        ]
        picking.move_ids.picked = True
        with self.refused("name the lot that leaves"):
            picking.button_validate()

    def test_a_lot_named_by_text_is_found_out(self):
        picking = self.make_delivery(self.product, 4.0, self.picker)
        picking.picking_type_id.sudo().use_create_lots = True
        picking.move_ids.move_line_ids = [
            Command.create(
                {
                    "product_id": self.product.id,
                    "quantity": 4.0,
                    "lot_name": self.lot.name,
                    "picking_id": picking.id,
                }
            )
        ]
        picking.move_ids.picked = True
        with self.refused():
            picking.button_validate()
        self.assertStays()

    # -- counting, quants, packages, lots --------------------------------------------

    def test_a_count_below_what_is_there_is_refused(self):
        quant = self.as_user(self.quant).with_context(inventory_mode=True)
        quant.inventory_quantity = 2.0
        with self.refused():
            quant.action_apply_inventory()
        managed = self.as_user(self.quant, self.stock_manager)
        with self.refused():
            managed.with_context(inventory_mode=True).inventory_quantity_auto_apply = 2
        with self.assertRaises(AccessError):
            managed.unlink()

    def test_more_found_at_a_count_comes_in_and_stays_held(self):
        quant = self.as_user(self.quant).with_context(inventory_mode=True)
        quant.inventory_quantity = 12.0
        quant.action_apply_inventory()
        self.assertEqual(self.lot.product_qty, 12.0)
        self.assertTrue(self.quant.is_on_hold)

    def test_stock_of_a_held_lot_is_not_written_by_rpc(self):
        quant = self.as_user(self.quant)
        for vals in (
            {"quantity": 0.0},
            {"reserved_quantity": 5.0},
            {"lot_id": self.late.id},
            {"location_id": self.customers.id},
            {"is_on_hold": False},
        ):
            with self.refused("not edited"):
                quant.write(vals)
            with self.assertRaises(UserError):
                quant.with_context(inventory_mode=True).write(vals)
        vals = {
            "product_id": self.product.id,
            "location_id": self.stock.id,
            "lot_id": self.lot.id,
            "quantity": -10.0,
        }
        for mode in (False, True):
            with self.refused("not edited"):
                quant.with_context(inventory_mode=mode).create(vals)
        other = self.as_user(self.late.quant_ids[:1])
        with self.refused("not edited"):
            other.lot_id = self.lot
        self.assertStays()

    def test_relocating_stock_packages_and_lots_is_refused(self):
        relocation = (
            self.env["stock.quant.relocate"]
            .with_user(self.stock_manager)
            .create({"quant_ids": self.quant.ids, "dest_location_id": self.shelf.id})
        )
        with self.refused():
            relocation.action_relocate_quants()
        with self.refused():
            self.as_user(self.lot).location_id = self.shelf
        self.assertStays()

    def test_a_package_stays_and_may_be_unpacked_where_it_is(self):
        package = self.env["stock.package"].create({"name": "Crate"})
        self.quant.sudo().package_id = package
        with self.refused():
            self.as_user(package).location_id = self.shelf
        self.as_user(package).unpack()
        self.assertStays()
        self.assertTrue(all(self.lot.quant_ids.mapped("is_on_hold")))

    def test_quants_that_core_merges_stay_held(self):
        self.env["stock.quant"].create(
            {
                "product_id": self.product.id,
                "location_id": self.stock.id,
                "lot_id": self.lot.id,
                "quantity": 1.0,
            }
        )
        self.env["stock.quant"]._quant_tasks()
        quants = self.lot.quant_ids.filtered(lambda q: q.location_id == self.stock)
        self.assertEqual(quants.mapped("quantity"), [11.0])
        self.assertTrue(quants.is_on_hold)

    def test_the_lot_itself_stays_what_it_is(self):
        lot = self.as_user(self.lot)
        other = self.make_product(name="Other")
        for vals in (
            {"is_on_hold": False},
            {"hold_line_ids": [Command.clear()]},
            {"name": "NEW-NAME"},
            {"product_id": other.id},
            {"company_id": self.env.company.id},
        ):
            with self.refused("on hold|typed in"):
                lot.write(vals)
        with self.refused("typed in"):
            lot.create({"name": "X", "product_id": self.product.id, "is_on_hold": True})
        for vals in ({"tracking": "none"}, {"is_storable": False}):
            with self.refused("stays as it is"):
                self.as_user(self.product, self.env.user).sudo(False).write(vals)

    def test_only_quality_makes_a_quarantine(self):
        with self.assertRaises(AccessError):
            self.as_user(self.shelf, self.stock_manager).is_quarantine = True
        self.quality.group_ids += self.env.ref("stock.group_stock_manager")
        self.as_user(self.shelf, self.quality).is_quarantine = True
        box = self.env["stock.location"].create(
            {"name": "Box", "location_id": self.shelf.id}
        )
        self.assertTrue(box.in_quarantine)

    def test_a_split_of_a_held_lot_is_refused(self):
        self.make_product(name="Hand")
        split = self.env["farm.lot.split"].with_user(self.picker)
        wizard = Form(split.with_context(default_lot_id=self.lot.id))
        with self.refused():
            wizard.save().action_split()
        self.assertStays()
