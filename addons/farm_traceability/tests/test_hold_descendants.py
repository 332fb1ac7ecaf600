from odoo import Command
from odoo.tests import tagged

from .hold_common import HoldCase


@tagged("post_install", "-at_install")
class TestHoldDescendants(HoldCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.hand = cls.make_product(
            name="Hand", uom_id=cls.env.ref("uom.product_uom_unit").id
        )
        split = cls.env["farm.lot.split"].create(
            {"lot_id": cls.early.id, "piece_count": 4, "product_id": cls.hand.id}
        )
        operation = cls.env["farm.lot.operation"].browse(split.action_split()["res_id"])
        cls.hands = operation.output_ids.lot_id

    def test_what_was_made_of_a_lot_is_held_by_one_tick(self):
        hold = self.place(self.early, with_descendants=True)
        self.assertEqual(hold.held_lot_ids, self.early | self.hands)
        self.assertTrue(all(self.hands.mapped("is_on_hold")))
        self.assertEqual(hold.foreign_count, 0)

    def test_without_the_tick_only_the_lot(self):
        self.place(self.early)
        self.assertFalse(any(self.hands.mapped("is_on_hold")))

    def test_lots_of_other_companies_are_counted_and_not_held(self):
        company = self.env["res.company"].create({"name": "Neighbour"})
        self.hands[0].sudo().quant_ids.unlink()
        self.env.cr.execute(
            "UPDATE stock_lot SET company_id = %s WHERE id = %s",
            [company.id, self.hands[0].id],
        )
        self.env.invalidate_all()
        hold = self.place(self.early, with_descendants=True)
        self.assertEqual(hold.held_lot_ids, self.early | self.hands[1:])
        self.assertEqual(hold.foreign_count, 1)

    def test_stock_of_a_shared_lot_at_another_company_is_held_too(self):
        company = self.env["res.company"].create({"name": "Neighbour"})
        warehouse = self.env["stock.warehouse"].search(
            [("company_id", "=", company.id)], limit=1
        )
        places = {
            "location_id": warehouse.lot_stock_id.id,
            "location_dest_id": self.customers.id,
        }
        self.env["stock.quant"].create(
            {
                "product_id": self.product.id,
                "lot_id": self.early.id,
                "location_id": warehouse.lot_stock_id.id,
                "quantity": 5.0,
            }
        )
        picking = (
            self.env["stock.picking"]
            .with_company(company)
            .create(
                places
                | {
                    "picking_type_id": warehouse.out_type_id.id,
                    "company_id": company.id,
                    "move_ids": [
                        Command.create(
                            places
                            | {
                                "product_id": self.product.id,
                                "product_uom_qty": 5.0,
                                "company_id": company.id,
                            }
                        )
                    ],
                }
            )
        )
        picking.action_confirm()
        picking.action_assign()
        self.assertEqual(picking.move_line_ids.lot_id, self.early)
        self.place(self.early)
        self.assertFalse(picking.move_line_ids)
        self.assertEqual(picking.move_ids.state, "confirmed")
