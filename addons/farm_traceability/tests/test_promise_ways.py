from odoo.fields import Command
from odoo.tests import tagged

from .promise_common import PromiseCase


@tagged("post_install", "-at_install")
class TestPromiseWays(PromiseCase):
    """What a transfer says of itself does not open a way to a customer."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_term(partner_id=cls.shop)

    def test_a_line_that_goes_to_a_customer_from_a_transfer_inside(self):
        picking = self.make_transfer(
            self.older, 4, self.shelf, partner_id=self.shop.id
        ).with_user(self.picker)
        picking.action_confirm()
        with self.refused("takes no lot"):
            picking.move_line_ids.location_dest_id = self.customers
        picking.move_line_ids.lot_id = self.newer
        picking.move_line_ids.location_dest_id = self.customers
        self.ship(picking)
        self.assertEqual(picking.state, "done")

    def test_it_is_found_beside_an_ordinary_delivery(self):
        delivery = self.deliver(self.other)
        delivery.move_ids.move_line_ids.lot_id = self.newer
        inside = self.make_transfer(
            self.newer, 4, self.shelf, partner_id=self.shop.id
        ).with_user(self.picker)
        inside.action_confirm()
        lines = delivery.move_line_ids | inside.move_line_ids
        inside.move_line_ids.location_dest_id = self.customers
        with self.refused("takes no lot"):
            lines.write({"lot_id": self.older.id})

    def test_a_line_from_stock_of_a_move_that_says_it_comes_back(self):
        picking = self.deliver(self.shop)
        picking.with_user(self.picker).move_ids.location_id = self.customers
        move = picking.move_ids
        move.move_line_ids.unlink()
        with self.refused("takes no lot"):
            move.with_user(self.picker).move_line_ids = [
                Command.create(
                    {
                        "product_id": self.product.id,
                        "lot_id": self.older.id,
                        "quantity": 4,
                        "picking_id": picking.id,
                        "location_id": self.stock.id,
                        "location_dest_id": self.customers.id,
                    }
                )
            ]

    def test_a_picker_does_not_make_an_expired_lot_fresh(self):
        self.expire(self.older, -2)
        lot = self.older.with_user(self.picker)
        for date in ("2027-01-01", False):
            with self.refused("only a quality manager gives it a later date"):
                lot.expiration_date = date
        lot.expiration_date = "2026-06-12"
        lot.with_user(self.quality).expiration_date = "2026-07-01"
        lot.expiration_date = "2026-07-02"
        self.assertEqual(str(lot.expiration_date.date()), "2026-07-02")

    def test_a_name_that_no_lot_has_is_no_name(self):
        self.expire(self.older, -2)
        kind = self.warehouse.out_type_id
        kind.write({"use_existing_lots": False, "use_create_lots": False})
        picking = self.deliver(self.other, 20.0)
        move = picking.move_ids
        move.move_line_ids.unlink()
        move.move_line_ids = [
            Command.create(
                {
                    "product_id": self.product.id,
                    "lot_name": "Anything",
                    "quantity": 20,
                    "picking_id": picking.id,
                    "location_id": self.stock.id,
                    "location_dest_id": self.customers.id,
                }
            )
        ]
        with self.refused("name the lot that leaves"):
            self.ship(picking)

    def test_stock_says_what_its_lot_says(self):
        quant = self.older.quant_ids.filtered(lambda one: one.location_id == self.stock)
        for vals in ({"removal_date": "2026-06-14"}, {"is_certified": True}):
            with self.refused("from its lot"):
                quant.with_user(self.picker).write(vals)

    def test_who_got_goods_is_not_rewritten(self):
        self.shop.is_newer_only = True
        picking = self.deliver(self.shop).with_user(self.picker)
        self.assertEqual(self.promised(picking), self.newer)
        self.ship(picking)
        for record in (picking, picking.move_ids):
            for partner in (self.other, self.other.browse()):
                with self.refused("stays on record"):
                    record.partner_id = partner
        picking.partner_id = self.shop
        with self.refused("takes no"):
            self.type_in(self.deliver(self.shop), self.older)
