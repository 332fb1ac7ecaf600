from odoo.addons.farm_traceability.tests.common import FarmCase
from odoo.fields import Command
from odoo.tests import new_test_user


class SaleCase(FarmCase):
    """60 kg that have 5 days left and 40 kg that have 20; a shop that asks for 10.

    ``cls.shop`` takes nothing with less than 10 days left, ``cls.stall`` takes all.
    Orders are made by ``cls.seller``, who has no rights on stock.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.old = cls.make_stock(60.0, cls.days(5))
        cls.fresh = cls.make_stock(40.0, cls.days(20))
        cls.shop = cls.env["res.partner"].create({"name": "Toko Segar"})
        cls.stall = cls.env["res.partner"].create({"name": "Kios Pasar"})
        cls.term = cls.make_term(cls.shop, 10)
        cls.seller = cls.make_seller()

    @classmethod
    def make_seller(cls, **vals):
        groups = "sales_team.group_sale_salesman"
        return new_test_user(cls.env, f"seller{next(cls.numbers)}", groups, **vals)

    @classmethod
    def make_stock(cls, quantity, expires, product=None, warehouse=None):
        product = product or cls.product
        lot = cls.env["stock.lot"].create(
            {
                "name": f"L{next(cls.numbers)}",
                "product_id": product.id,
                "expiration_date": expires,
                "removal_date": expires,
            }
        )
        cls.env["stock.quant"]._update_available_quantity(
            product, (warehouse or cls.warehouse).lot_stock_id, quantity, lot_id=lot
        )
        return lot

    @classmethod
    def make_term(cls, customer, days, product=None, **vals):
        return cls.env["farm.shelf.life.term"].create(
            {
                "partner_id": customer.id,
                "product_tmpl_id": product and product.product_tmpl_id.id,
                "minimum": days,
            }
            | vals
        )

    @classmethod
    def make_order(cls, customer, *quantities, user=None, product=None, **vals):
        product = product or cls.product
        return (
            cls.env["sale.order"]
            .with_user(user or cls.seller)
            .create(
                {
                    "partner_id": customer.id,
                    "order_line": [
                        Command.create(
                            {"product_id": product.id, "product_uom_qty": quantity}
                        )
                        for quantity in quantities
                    ],
                }
                | vals
            )
        )

    def assertAvailable(self, line, today, later):
        self.assertEqual(
            (line.free_qty_today, line.virtual_available_at_date), (today, later)
        )
