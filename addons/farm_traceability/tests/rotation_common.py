from datetime import datetime, timedelta

from odoo.fields import Command

from .common import FarmCase

EPOCH = datetime(2026, 6, 15)


class RotationCase(FarmCase):
    """Stock of a product with dates, on a shelf of the warehouse."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.stock = cls.warehouse.lot_stock_id
        cls.customers = cls.env.ref("stock.stock_location_customers")
        cls.picker = cls.make_user("stock")
        cls.category = cls.env["product.category"].create({"name": "Fruit"})
        cls.product.product_tmpl_id.write(
            {
                "use_expiration_date": True,
                "tracking": "lot",
                "categ_id": cls.category.id,
            }
        )

    @classmethod
    def strategy(cls, method):
        return cls.env["product.removal"].search([("method", "=", method)])

    @classmethod
    def make_lot(cls, name, days=None, product=None, **vals):
        """A lot that expires so many days from today, or has no date."""
        product = product or cls.product
        lot = cls.env["stock.lot"].create({"name": name, "product_id": product.id})
        expiry = days is not None and EPOCH + timedelta(days=days)
        lot.write({"expiration_date": expiry, "removal_date": expiry} | vals)
        return lot

    @classmethod
    def stock_up(cls, lot, quantity, location=None, **vals):
        return cls.env["stock.quant"].create(
            {
                "product_id": lot.product_id.id,
                "lot_id": lot.id,
                "location_id": (location or cls.stock).id,
                "quantity": quantity,
            }
            | vals
        )

    @classmethod
    def make_delivery(cls, quantity, product=None, partner=None, **vals):
        product = product or cls.product
        places = {
            "location_id": cls.stock.id,
            "location_dest_id": cls.customers.id,
        }
        picking = cls.env["stock.picking"].create(
            places
            | {
                "picking_type_id": cls.warehouse.out_type_id.id,
                "partner_id": partner and partner.id,
                "move_ids": [
                    Command.create(
                        places | {"product_id": product.id, "product_uom_qty": quantity}
                    )
                ],
            }
            | vals
        )
        picking.action_confirm()
        return picking

    def taken(self, quantity, product=None, **context):
        """Names and quantities of the lots that a reservation would take."""
        found = (
            self.env["stock.quant"]
            .with_context(**context)
            ._get_reserve_quantity(product or self.product, self.stock, quantity)
        )
        return [(quant.lot_id.name, part) for quant, part in found]

    def reserved(self, picking):
        lines = picking.move_line_ids.sorted("id")
        return [(line.lot_id.name, line.quantity) for line in lines]
