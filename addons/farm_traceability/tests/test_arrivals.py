from collections import Counter

from odoo.fields import Command

from .common import FarmCase


class TestArrivals(FarmCase):
    """Quants of new lots are made together; the stock is the one that core makes."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.supplier = cls.env.ref("stock.stock_location_suppliers")
        cls.customers = cls.env.ref("stock.stock_location_customers")
        cls.stock = cls.warehouse.lot_stock_id
        cls.shelf = cls.env["stock.location"].create(
            {"name": "Shelf", "location_id": cls.stock.id}
        )

    def make_lot(self, name):
        return self.env["stock.lot"].create(
            {"name": name, "product_id": self.product.id}
        )

    def make_move(self, source, target, *lines):
        move = self.env["stock.move"].create(
            {
                "product_id": self.product.id,
                "product_uom": self.product.uom_id.id,
                "product_uom_qty": sum(quantity for _lot, quantity, _vals in lines),
                "location_id": source.id,
                "location_dest_id": target.id,
                "move_line_ids": [
                    Command.create(
                        {
                            "product_id": self.product.id,
                            "product_uom_id": self.product.uom_id.id,
                            "location_id": source.id,
                            "location_dest_id": target.id,
                            "lot_id": lot.id,
                            "quantity": quantity,
                        }
                        | vals
                    )
                    for lot, quantity, vals in lines
                ],
            }
        )
        move.picked = True
        return move

    def stock_of(self, lot):
        quants = self.env["stock.quant"].search([("lot_id", "=", lot.id)])
        return Counter(
            {
                (
                    quant.location_id,
                    quant.package_id,
                    quant.owner_id,
                    quant.quantity,
                    quant.reserved_quantity,
                ): 1
                for quant in quants
                if quant.quantity or quant.reserved_quantity
            }
        )

    def core_stock_of(self, name, *moves):
        """The same moves with core alone: a known lot takes core's way."""
        lot = self.make_lot(name)
        self.env["stock.quant"]._update_available_quantity(
            self.product, self.supplier, 0.5, lot_id=lot
        )
        self.env["stock.quant"]._update_available_quantity(
            self.product, self.supplier, -0.5, lot_id=lot
        )
        self.play(lot, moves)
        return self.stock_of(lot)

    def play(self, lot, moves):
        made = self.env["stock.move"]
        for source, target, *lines in moves:
            made |= self.make_move(
                source, target, *[(lot, quantity, vals) for quantity, vals in lines]
            )
        made._action_done()

    def check_same(self, *moves):
        lot = self.make_lot("ours")
        self.play(lot, moves)
        self.assertEqual(self.stock_of(lot), self.core_stock_of("core", *moves))

    def test_one_lot_on_one_line(self):
        self.check_same((self.supplier, self.stock, (10.0, {})))

    def test_one_lot_on_two_lines_is_one_quant(self):
        self.check_same((self.supplier, self.stock, (4.0, {}), (6.0, {})))

    def test_one_lot_into_two_places(self):
        self.check_same(
            (
                self.supplier,
                self.stock,
                (4.0, {}),
                (6.0, {"location_dest_id": self.shelf.id}),
            )
        )

    def test_into_a_package_and_of_an_owner(self):
        package = self.env["stock.package"].create({"name": "Crate"})
        self.check_same(
            (self.supplier, self.stock, (10.0, {"owner_id": self.farmer.id}))
        )
        lot = self.make_lot("packed")
        self.play(
            lot,
            [(self.supplier, self.stock, (3.0, {"result_package_id": package.id}))],
        )
        stored = lot.quant_ids.filtered(lambda quant: quant.location_id == self.stock)
        self.assertEqual((stored.package_id, stored.quantity), (package, 3.0))

    def test_into_a_crate_that_stands_on_a_pallet(self):
        pallet = self.env["stock.package"].create({"name": "Pallet"})
        crate = self.env["stock.package"].create({"name": "Crate"})
        first = self.make_lot("first")
        self.play(
            first,
            [(self.supplier, self.stock, (2.0, {"result_package_id": pallet.id}))],
        )
        crate.package_dest_id = pallet
        second = self.make_lot("second")
        self.play(
            second,
            [(self.supplier, self.stock, (3.0, {"result_package_id": crate.id}))],
        )
        self.assertEqual(crate.parent_package_id, pallet)
        self.assertEqual(crate.location_id, self.stock)

    def test_a_lot_that_moves_on_in_the_same_breath(self):
        self.check_same(
            (self.supplier, self.stock, (10.0, {})),
            (self.stock, self.customers, (4.0, {})),
        )

    def test_straight_from_the_supplier_to_the_customer(self):
        self.check_same((self.supplier, self.customers, (10.0, {})))

    def test_dates_are_those_of_the_lot(self):
        lot = self.make_lot("dated")
        self.play(lot, [(self.supplier, self.stock, (1.0, {}))])
        for quant in lot.quant_ids:
            self.assertEqual(quant.expiration_date, lot.expiration_date)
            self.assertEqual(quant.removal_date, lot.removal_date)
            self.assertEqual(quant.company_id, quant.location_id.company_id)
