from datetime import datetime

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common import FarmCase

NAMES = ("SUP-1", "SUP-2")


@tagged("post_install", "-at_install")
class TestOrdinaryReceipt(FarmCase):
    """Receipts in Odoo's own way, with a harvest on the transfer or on the line."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user = cls.make_user("stock")
        cls.harvest = cls.make_harvest()

    def receipt(self, product=None, line_harvest=None, names=NAMES, **vals):
        product = product or self.product
        places = {
            "location_id": self.env.ref("stock.stock_location_suppliers").id,
            "location_dest_id": self.warehouse.lot_stock_id.id,
        }
        line = places | {
            "product_id": product.id,
            "quantity": 10,
            "harvest_id": line_harvest and line_harvest.id,
        }
        picking = (
            self.env["stock.picking"]
            .with_user(self.user)
            .create(places | {"picking_type_id": self.warehouse.in_type_id.id} | vals)
        )
        move = picking.move_ids.create(
            places
            | {
                "picking_id": picking.id,
                "product_id": product.id,
                "product_uom_qty": 20,
            }
        )
        picking.action_confirm()
        move.move_line_ids.unlink()
        for name in names:
            move.move_line_ids.create(
                line | {"move_id": move.id, "picking_id": picking.id, "lot_name": name}
            )
        move.picked = True
        picking.button_validate()
        return picking.move_line_ids.lot_id

    def test_a_harvest_on_the_transfer_gives_its_lots_their_provenance(self):
        lots = self.receipt(harvest_id=self.harvest.id)
        self.assertRecordValues(
            lots,
            [
                {
                    "harvest_id": self.harvest.id,
                    "provenance_farmer": self.farmer.name,
                    "harvest_date": self.day,
                    "expiration_date": datetime(2026, 7, 6, 16, 59, 59),
                }
            ]
            * 2,
        )

    def test_a_harvest_on_the_line_comes_before_the_transfers(self):
        other = self.make_harvest(date=self.days(-1))
        lots = self.receipt(line_harvest=other, harvest_id=self.harvest.id)
        self.assertEqual(lots.harvest_id, other)

    def test_other_goods_on_the_transfer_have_no_provenance(self):
        lots = self.receipt(
            self.make_product(farm_crop_id=False), harvest_id=self.harvest.id
        )
        self.assertFalse(lots.harvest_id)

    def test_a_harvest_that_is_not_posted_gives_no_provenance(self):
        draft = self.make_harvest(post=False)
        with self.assertRaisesRegex(UserError, "is not posted yet. Post it first"):
            self.receipt(harvest_id=draft.id)

    def test_lots_that_came_without_are_given_a_harvest_once(self):
        lots = self.receipt()
        self.assertFalse(lots.harvest_id)
        lots._set_harvest(self.harvest)
        self.assertEqual(set(lots.mapped("provenance_plot")), {self.plot.name})
        with self.assertRaisesRegex(UserError, "on record and cannot be changed"):
            lots._set_harvest(self.make_harvest())

    def test_lots_take_the_grade_of_the_harvest_and_keep_their_own(self):
        harvest = self.make_harvest(grade_id=self.grade_a.id)
        lots = self.receipt(harvest_id=harvest.id)
        self.assertEqual(lots.grade_id, self.grade_a)
        first, second = self.receipt(names=("SUP-3", "SUP-4"))
        first.grade_id = self.grade_b
        (first + second)._set_harvest(harvest)
        self.assertEqual(first.grade_id, self.grade_b)
        self.assertEqual(second.grade_id, self.grade_a)

    def test_a_lot_that_was_made_before_its_receipt_takes_the_harvest(self):
        lot = (
            self.env["stock.lot"]
            .with_user(self.user)
            .create({"product_id": self.product.id, "name": "SUP-1"})
        )
        self.assertIn(lot, self.receipt(harvest_id=self.harvest.id))
        self.assertEqual(lot.provenance_farmer, self.farmer.name)

    def test_a_lot_that_is_in_stock_already_keeps_what_it_has(self):
        lots = self.receipt()
        self.assertEqual(self.receipt(harvest_id=self.harvest.id), lots)
        self.assertFalse(lots.harvest_id)

    def test_a_line_refuses_the_harvest_of_another_crop(self):
        product = self.make_product(self.make_crop())
        with self.assertRaisesRegex(UserError, "is a harvest of .* is not. Choose"):
            self.receipt(product, line_harvest=self.harvest)

    def test_a_harvest_of_another_company_is_refused(self):
        other = self.env["res.company"].create({"name": "Other"})
        user = self.make_user(
            "stock", company_ids=[Command.set((self.env.company + other).ids)]
        )
        lots = self.receipt().with_user(user)
        theirs = self.make_harvest(company_id=other.id)
        wizard = self.env["farm.lot.harvest"].with_user(user)
        wizard = wizard.with_context(allowed_company_ids=user.company_ids.ids).create(
            {"lot_ids": [Command.set(lots.ids)], "harvest_id": theirs.id}
        )
        self.assertFalse(lots.company_id)
        with self.assertRaisesRegex(UserError, "Choose a harvest of"):
            wizard.action_apply()

    def test_a_new_lot_refuses_the_harvest_of_another_crop(self):
        product = self.make_product(self.make_crop())
        with self.assertRaisesRegex(UserError, "is not a product of"):
            self.env["stock.lot"].with_user(self.user).create(
                {
                    "product_id": product.id,
                    "name": "F-1",
                    "harvest_id": self.harvest.id,
                }
            )

    def test_lots_are_duplicated_without_their_provenance(self):
        plain = self.make_product(farm_crop_id=False)
        farm_lot = self.receive().lot_ids
        lots = farm_lot + farm_lot.create({"product_id": plain.id, "name": "P"})
        copies = lots.with_user(self.user).copy()
        self.assertEqual(copies.product_id, lots.product_id)
        self.assertFalse(copies.harvest_id)
        self.assertFalse(copies.treatment_ids)

    def test_provenance_is_never_typed_in(self):
        fresh = self.receipt()
        settled = self.receive().lot_ids.with_user(self.user)
        for vals in (
            {"harvest_id": self.harvest.id},
            {"provenance_certificate": "FAKE-1"},
            {"harvest_date": self.days(-1)},
            {"farmer_id": self.farmer.id},
            {"is_organic": True},
            {"fruit_age": 1},
            {"lineage_code": "FAKE-1"},
        ):
            for lots in (fresh, settled):
                with self.subTest(vals=vals), self.assertRaises(UserError):
                    lots.write(vals)
            if "harvest_id" not in vals:
                with self.subTest(create=vals), self.assertRaises(UserError):
                    fresh.create({"product_id": self.product.id, "name": "F"} | vals)

    def test_code_and_treatments_are_not_typed_in_with_a_harvest(self):
        treatment = self.env["farm.treatment"].create({"kind": "washing"})
        lots = self.env["stock.lot"].with_user(self.user)
        vals = {
            "product_id": self.product.id,
            "name": "F-1",
            "harvest_id": self.harvest.id,
        }
        for typed in (
            {"lineage_code": "FAKE-1"},
            {"treatment_ids": [Command.link(treatment.id)]},
        ):
            with self.subTest(typed=typed), self.assertRaises(UserError):
                lots.create(vals | typed)

    def test_a_new_lot_of_a_harvest_says_what_the_harvest_says(self):
        lot = (
            self.env["stock.lot"]
            .with_user(self.user)
            .with_context(default_provenance_plot="FAKE-2")
            .create(
                {
                    "product_id": self.product.id,
                    "name": "F-1",
                    "harvest_id": self.harvest.id,
                    "provenance_certificate": "FAKE-1",
                    "is_organic": True,
                }
            )
        )
        self.assertEqual(lot.provenance_certificate, self.certificate.name)
        self.assertEqual(lot.provenance_plot, self.plot.name)
        self.assertFalse(lot.is_organic)
