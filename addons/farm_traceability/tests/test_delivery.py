from odoo.tools import format_date

from .common import FarmCase


class TestDelivery(FarmCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user = cls.make_user("stock")
        cls.product.categ_id = cls.env["product.category"].create(
            {
                "name": "Fruit",
                "removal_strategy_id": cls.env.ref("product_expiry.removal_fefo").id,
            }
        )
        cls.late = cls.receive(10.0).lot_ids
        cls.early = cls.receive(10.0, date=cls.days(-5)).lot_ids

    def deliver(self, product, quantity):
        picking = self.make_delivery(product, quantity, self.user)
        picking.action_assign()
        return picking

    def slip(self, picking):
        html, _kind = self.env["ir.actions.report"]._render_qweb_html(
            "stock.report_deliveryslip", picking.ids
        )
        return html.decode()

    def test_fefo_takes_the_lot_harvested_first(self):
        self.assertLess(self.early.expiration_date, self.late.expiration_date)
        picking = self.deliver(self.product, 12.0)
        self.assertEqual(
            picking.move_line_ids.mapped(lambda line: (line.lot_id, line.quantity)),
            [(self.early, 10.0), (self.late, 2.0)],
        )
        picking.button_validate()
        self.assertEqual(picking.state, "done")
        self.assertEqual(self.early.product_qty, 0.0)

    def test_the_slip_names_lot_harvest_date_and_origin(self):
        picking = self.deliver(self.product, 8.0)
        picking.button_validate()
        html = self.slip(picking)
        for text in (
            self.early.name,
            format_date(self.env, self.early.harvest_date),
            self.group.name,
            self.village.name,
        ):
            self.assertIn(text, html)

    def test_the_slip_of_a_hand_names_the_origin_of_its_bunch(self):
        hand = self.make_product(
            name="Hand",
            uom_id=self.env.ref("uom.product_uom_unit").id,
            categ_id=self.product.categ_id.id,
        )
        split = self.env["farm.lot.split"].create({"lot_id": self.early.id})
        split.action_split()
        picking = self.deliver(hand, 2.0)
        picking.button_validate()
        (first, _second) = picking._get_lot_origins()
        self.assertEqual(first["lot"].harvest_date, self.days(-5))
        self.assertIn(self.group.name, first["origin"])
        self.assertIn(self.village.name, self.slip(picking))

    def test_a_delivery_of_other_goods_has_no_origins(self):
        goods = self.env["product.product"].create(
            {"name": "Crate", "is_storable": True}
        )
        picking = self.deliver(goods, 1.0)
        self.assertFalse(picking._get_lot_origins())
