from odoo.tests import Form, freeze_time, tagged

from .hold_common import HoldCase


@tagged("post_install", "-at_install")
class TestWaysThatStayOpen(HoldCase):
    """Quarantine, scrap, back to the supplier; and whatever brings a lot in."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lot = cls.early
        cls.hold = (
            cls.env["farm.hold"]
            .with_user(cls.quality)
            ._place(cls.lot, "quality", "Residues found")
        )

    def validate(self, picking):
        picking.move_ids.picked = True
        picking.button_validate()
        self.assertEqual(picking.state, "done")

    def test_to_quarantine_and_from_there_only_after_release(self):
        self.validate(self.make_transfer(self.lot, 10.0, self.quarantine))
        self.assertEqual(self.lot.location_id, self.quarantine)
        self.assertTrue(all(self.lot.quant_ids.mapped("is_on_hold")))
        with self.refused():
            self.make_transfer(self.lot, 1.0, self.stock, self.quarantine)
        self.hold._release("Clean")
        self.validate(self.make_transfer(self.lot, 10.0, self.stock, self.quarantine))

    def reserve(self, target, quantity=10.0):
        move = self.make_delivery(self.product, quantity, self.picker).move_ids
        move.location_dest_id = target
        move._action_assign()
        return move

    def test_moves_to_quarantine_find_held_and_expired_lots(self):
        self.lot.removal_date = self.days(-1)
        self.lot.expiration_date = self.days(-1)
        move = self.reserve(self.quarantine)
        self.assertPromised(move, self.lot)
        self.assertEqual(move.state, "assigned")

    def test_a_promise_to_quarantine_is_kept(self):
        move = self.reserve(self.quarantine)
        self.env["farm.hold"]._cron_take_back()
        self.place(self.lot, "legal", "Court")
        self.assertPromised(move, self.lot)

    def test_scrap(self):
        scrap = (
            self.env["stock.scrap"]
            .with_user(self.picker)
            .create(
                {
                    "product_id": self.product.id,
                    "lot_id": self.lot.id,
                    "scrap_qty": 4.0,
                    "location_id": self.stock.id,
                }
            )
        )
        scrap.action_validate()
        self.assertEqual((scrap.state, self.lot.product_qty), ("done", 6.0))

    def test_a_scrap_order_to_a_customer_is_none(self):
        scrap = (
            self.env["stock.scrap"]
            .with_user(self.picker)
            .create(
                {
                    "product_id": self.product.id,
                    "lot_id": self.lot.id,
                    "scrap_qty": 4.0,
                    "location_id": self.stock.id,
                    "scrap_location_id": self.customers.id,
                }
            )
        )
        with self.refused():
            scrap.action_validate()

    def make_return(self, picking, quantity):
        wizard = Form(
            self.env["stock.return.picking"]
            .with_user(self.picker)
            .with_context(active_model="stock.picking", active_ids=picking.ids,
                          active_id=picking.id)
        ).save()  # fmt: skip
        wizard.product_return_moves.quantity = quantity
        return self.env["stock.picking"].browse(
            wizard.action_create_returns()["res_id"]
        )

    def test_back_to_the_supplier_who_delivered_it(self):
        receipt = self.lot.harvest_id.picking_ids
        back = self.make_return(receipt, 10.0).with_user(self.picker)
        back.action_assign()
        self.assertEqual(back.move_line_ids.lot_id, self.lot)
        self.validate(back)
        self.assertEqual(self.lot.product_qty, 0.0)

    def test_not_to_another_supplier(self):
        stranger = self.env["res.partner"].create({"name": "Stranger"})
        self.assertTrue(self.lot._suppliers())
        with self.refused():
            self.make_transfer(
                self.lot,
                4.0,
                self.suppliers,
                picking_type_id=self.warehouse.out_type_id.id,
                partner_id=stranger.id,
            )
        move = self.reserve(self.suppliers, 15.0)
        self.assertPromised(move, self.late)

    def test_a_receipt_entered_after_the_hold_opens_no_way_out(self):
        stranger = self.env["res.partner"].create({"name": "Stranger"})
        with freeze_time("2026-06-16 03:00:00"):
            receipt = self.make_transfer(
                self.lot,
                4.0,
                self.stock,
                self.suppliers,
                picking_type_id=self.warehouse.in_type_id.id,
                partner_id=stranger.id,
            )
            self.validate(receipt)
            back = self.make_return(receipt, 4.0).with_user(self.picker)
            back.action_assign()
            self.assertNotIn(self.lot, back.move_line_ids.lot_id)

    def test_what_a_customer_brings_back_stays_held(self):
        self.hold._release("Clean")
        delivery = self.make_transfer(self.lot, 4.0, self.customers)
        self.validate(delivery)
        self.place(self.lot)
        back = self.make_return(delivery, 4.0).with_user(self.picker)
        self.validate(back)
        self.assertEqual(self.lot.product_qty, 10.0)
        self.assertTrue(all(self.lot.quant_ids.mapped("is_on_hold")))
        self.assertPromised(self.reserve(self.customers, 15.0), self.late)

    def test_goods_on_a_lorry_arrive_and_stay_held(self):
        self.hold._release("Clean")
        lorry = self.env["stock.location"].create(
            {"name": "Lorry", "usage": "transit", "company_id": self.env.company.id}
        )
        self.validate(self.make_transfer(self.lot, 10.0, lorry))
        self.place(self.lot)
        self.validate(self.make_transfer(self.lot, 10.0, self.stock, lorry))
        self.assertEqual(self.lot.location_id, self.stock)
        self.assertPromised(self.reserve(self.customers, 15.0), self.late)

    def test_a_receipt_of_a_held_lot_stays_held(self):
        receipt = self.make_transfer(
            self.lot,
            5.0,
            self.shelf,
            self.suppliers,
            picking_type_id=self.warehouse.in_type_id.id,
        )
        self.validate(receipt)
        self.assertTrue(all(self.lot.quant_ids.mapped("is_on_hold")))
