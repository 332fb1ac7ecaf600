from contextlib import contextmanager

from odoo.exceptions import UserError
from odoo.fields import Command

from .common import FarmCase


class HoldCase(FarmCase):
    """Two lots of bananas, the early one promised first; a quarantine place."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.product.categ_id = cls.env["product.category"].create(
            {
                "name": "Fruit",
                "removal_strategy_id": cls.env.ref("product_expiry.removal_fefo").id,
            }
        )
        cls.stock = cls.warehouse.lot_stock_id
        cls.customers = cls.env.ref("stock.stock_location_customers")
        cls.suppliers = cls.env.ref("stock.stock_location_suppliers")
        cls.quarantine = cls.env["stock.location"].create(
            {
                "name": "Quarantine",
                "location_id": cls.stock.location_id.id,
                "is_quarantine": True,
            }
        )
        cls.shelf = cls.env["stock.location"].create(
            {"name": "Shelf", "location_id": cls.stock.id}
        )
        cls.late = cls.receive(10.0).lot_ids
        cls.early = cls.receive(10.0, date=cls.days(-5)).lot_ids
        cls.quality = cls.make_user("quality")
        cls.picker = cls.make_user("stock")

    def place(self, lots, kind="quality", reason="Residues found", **vals):
        return (
            self.env["farm.hold"]
            .with_user(self.quality)
            ._place(lots, kind, reason, **vals)
        )

    @contextmanager
    def refused(self, text="on hold"):
        # Unlike assertRaisesRegex, Odoo's assertRaises undoes what was tried.
        with self.assertRaises(UserError) as caught:
            yield caught
        self.assertRegex(str(caught.exception), text)

    def assertPromised(self, move, *lots):
        reserved = move.move_line_ids.filtered("quantity").lot_id
        self.assertEqual(reserved.ids, [lot.id for lot in lots])

    def assertNothingHeldIsPromised(self):
        self.env.invalidate_all()
        held = self.env["stock.quant"].search([("lot_id.is_on_hold", "=", True)])
        self.assertFalse(sum(held.mapped("reserved_quantity")))
        self.assertTrue(all(held.mapped("is_on_hold")))

    def make_transfer(self, lot, quantity, target, source=None, **vals):
        """A transfer with its line typed in, not validated."""
        places = {
            "location_id": (source or self.stock).id,
            "location_dest_id": target.id,
        }
        picking = (
            self.env["stock.picking"]
            .with_user(self.picker)
            .create(
                places
                | {
                    "picking_type_id": self.warehouse.int_type_id.id,
                    "move_ids": [
                        Command.create(
                            places
                            | {
                                "product_id": lot.product_id.id,
                                "product_uom_qty": quantity,
                                "move_line_ids": [
                                    Command.create(
                                        places
                                        | {
                                            "product_id": lot.product_id.id,
                                            "lot_id": lot.id,
                                            "quantity": quantity,
                                        }
                                    )
                                ],
                            }
                        )
                    ],
                }
                | vals
            )
        )
        picking.move_ids.move_line_ids.picking_id = picking
        return picking
