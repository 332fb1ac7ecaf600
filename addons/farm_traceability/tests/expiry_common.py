from contextlib import contextmanager
from datetime import timedelta

from odoo import fields
from odoo.exceptions import UserError
from odoo.fields import Command

from .common import FarmCase


class ExpiryCase(FarmCase):
    """Fruit in stock that expires in so many days; a store keeper and a manager."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.stock = cls.warehouse.lot_stock_id
        cls.shelf, cls.outlet = cls.env["stock.location"].create(
            [
                {"name": "Shelf", "location_id": cls.stock.id},
                {"name": "Outlet", "location_id": cls.stock.id},
            ]
        )
        cls.product.write({"standard_price": 1000, "list_price": 1990})
        cls.keeper = cls.make_user("stock")
        cls.manager = cls.make_user("manager")
        cls.quality = cls.make_user("quality")
        cls.board = cls.env["farm.expiry.board"]
        cls.digests = cls.env["farm.expiry.digest"]
        cls.reason = cls.env["stock.scrap.reason.tag"].create({"name": "Too old, test"})

    @classmethod
    def make_lot(cls, days=None, quantity=10.0, place=None, product=None, **vals):
        """Put a lot into stock that expires so many days from now, or never."""
        product = product or cls.product
        lot = cls.env["stock.lot"].create(
            {"name": f"EXP-{next(cls.numbers)}", "product_id": product.id}
            | ({} if days is None else {"expiration_date": cls.moment(days)})
            | vals
        )
        if days is None:
            lot.expiration_date = False
        if quantity:
            cls.stock_up(lot, quantity, place)
        return lot

    @classmethod
    def moment(cls, days):
        return fields.Datetime.now() + timedelta(days=days)

    @classmethod
    def stock_up(cls, lot, quantity, place=None, **keys):
        cls.env["stock.quant"]._update_available_quantity(
            lot.product_id, place or cls.shelf, quantity, lot_id=lot, **keys
        )

    def rows(self, lots, user=None):
        """The lots' rows on the board, as somebody sees them now."""
        self.env.flush_all()
        self.env.invalidate_all()
        board = self.board.with_user(user or self.keeper)
        return board.search([("lot_id", "in", lots.ids)])

    def work(self, kind, lots, user=None, **vals):
        """Choose rows on the board and press a button."""
        rows = self.rows(lots, user)
        action = getattr(rows, f"action_{kind}")()
        self.assertEqual(action["res_model"], "farm.expiry.work")
        return (
            self.env["farm.expiry.work"]
            .with_user(user or self.keeper)
            .with_context(**action["context"])
            .create(vals)
        )

    def scrap(self, lots, **kwargs):
        return self.work(
            "scrap", lots, reason_tag_ids=[Command.set(self.reason.ids)], **kwargs
        )

    def reserve(self, lot, quantity, customer="Hospital"):
        """A delivery to a customer that has so much of the lot."""
        picking = self.make_delivery(lot.product_id, quantity, customer=customer)
        self.env["stock.move.line"].create(
            {
                "picking_id": picking.id,
                "move_id": picking.move_ids.id,
                "product_id": lot.product_id.id,
                "lot_id": lot.id,
                "quantity": quantity,
                "location_id": lot.quant_ids.filtered("quantity").location_id.id,
                "location_dest_id": picking.location_dest_id.id,
            }
        )
        return picking

    @contextmanager
    def refused(self, text):
        with self.assertRaises(UserError) as caught:
            yield
        self.assertRegex(str(caught.exception), text)

    def on_hand(self, lot):
        self.env.invalidate_all()
        inside = lot.quant_ids.filtered(lambda one: one.location_id.usage == "internal")
        return sum(inside.mapped("quantity"))
