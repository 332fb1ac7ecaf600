from odoo.exceptions import UserError
from odoo.tests import tagged

from .operation_common import OperationCase
from .promise_common import PromiseCase


@tagged("post_install", "-at_install")
class TestCertified(OperationCase):
    """A lot is certified by its harvest, or by all that it was made of."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        wild = cls.make_farmer()
        cls.quality = cls.make_user("quality")
        plot = cls.make_plot(wild)
        harvest = cls.make_harvest(cls.make_cycle(plot), post=False)
        harvest.with_user(cls.quality).action_post("Tested in the laboratory")
        cls.wild = cls.find_lot(9.0)
        cls.wild._set_harvest(harvest)

    def flags(self, lots):
        self.env.invalidate_all()
        for lot in lots:
            self.assertEqual(
                set(lot.quant_ids.mapped("is_certified")), {lot.is_certified}
            )
        return lots.mapped("is_certified")

    def put_together(self, *inputs, **vals):
        operation = self.begin("merge" if len(inputs) > 1 else "repack", *inputs)
        self.add_output(operation, sum(one[1] for one in inputs), **vals)
        operation.action_post()
        return operation

    def made(self, operation):
        return operation.output_ids.lot_id

    def test_a_harvest_under_a_valid_certificate(self):
        self.assertEqual(self.flags(self.first | self.wild), [True, False])

    def test_what_was_found_is_not(self):
        self.assertEqual(self.flags(self.find_lot(5.0)), [False])

    def test_what_is_made_of_certified_lots_is(self):
        child = self.made(self.put_together((self.first, 4.0), (self.second, 4.0)))
        self.assertEqual(self.flags(child), [True])
        grandchild = self.made(self.put_together((child, 2.0), (self.first, 2.0)))
        self.assertEqual(self.flags(grandchild), [True])

    def test_one_that_is_not_spoils_all(self):
        child = self.made(self.put_together((self.first, 4.0), (self.wild, 1.0)))
        self.assertEqual(self.flags(child), [False])
        self.assertEqual(
            self.flags(self.made(self.put_together((child, 2.0)))), [False]
        )

    def test_a_lot_into_which_something_else_is_put(self):
        child = self.made(self.put_together((self.first, 4.0)))
        more = self.put_together((self.wild, 1.0), lot_id=child.id)
        self.assertEqual(self.flags(child), [False])
        self.reverse(more)
        self.assertEqual(self.flags(child), [True])

    def test_a_reversal_leaves_a_lot_that_was_made_of_nothing(self):
        operation = self.put_together((self.first, 4.0))
        child = self.made(operation)
        self.reverse(operation)
        self.env.invalidate_all()
        self.assertFalse(child.is_certified)
        self.assertEqual(self.flags(self.first), [True])

    def test_a_harvest_named_later_is_handed_on(self):
        found = self.find_lot(5.0)
        child = self.made(self.put_together((found, 2.0), (self.first, 2.0)))
        grandchild = self.made(self.put_together((child, 2.0)))
        self.assertEqual(self.flags(child | grandchild), [False, False])
        found._set_harvest(self.first.harvest_id)
        self.assertEqual(self.flags(found | child | grandchild), [True] * 3)

    def test_the_backfill_gives_the_same(self):
        child = self.made(self.put_together((self.first, 2.0), (self.second, 2.0)))
        mixed = self.made(self.put_together((child, 1.0), (self.wild, 1.0)))
        lots = self.first | self.wild | child | mixed
        before = self.flags(lots)
        self.assertEqual(before, [True, False, True, False])
        self.env.flush_all()
        for table in ("stock_lot", "stock_quant"):
            self.env.cr.execute(f"UPDATE {table} SET is_certified = NULL")
        self.env.invalidate_all()
        self.env["stock.lot"]._fill_certified()
        self.assertEqual(self.flags(lots), before)

    def test_lots_made_of_each_other_come_to_an_end(self):
        child = self.made(self.put_together((self.first, 4.0)))
        self.put_together((child, 1.0), lot_id=self.first.id)
        self.assertEqual(self.flags(self.first | child), [True, True])
        self.put_together((self.wild, 1.0), lot_id=child.id)
        self.assertEqual(self.flags(self.first | child), [False, False])

    def test_it_is_never_typed_in(self):
        with self.assertRaisesRegex(UserError, "never typed in"):
            self.wild.with_user(self.quality).is_certified = True
        lots = self.env["stock.lot"].with_user(self.quality)
        vals = {"name": "New", "product_id": self.product.id}
        with self.assertRaisesRegex(UserError, "never typed in"):
            lots.create(vals | {"is_certified": True})
        forged = lots.with_context(default_is_certified=True).create(vals)
        self.assertFalse(forged.is_certified)


@tagged("post_install", "-at_install")
class TestCertifiedOnly(PromiseCase):
    """Who wants certified lots gets no others."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.cr.execute(
            "UPDATE stock_lot SET provenance_certificate = NULL WHERE id = %s",
            [cls.older.id],
        )
        cls.env.invalidate_all()
        cls.older._update_certified()

    def test_nobody_asks(self):
        self.assertEqual(self.promised(self.deliver(self.shop)), self.older)

    def test_a_customer_asks_for_all_its_addresses(self):
        self.shop.is_certified_only = True
        picking = self.deliver(self.branch)
        self.assertEqual(self.promised(picking), self.newer)
        with self.refused("for Toko Segar only lots that were harvested under a valid"):
            self.type_in(picking, self.older)

    def test_a_product_asks_for_all_customers(self):
        self.product.is_certified_only = True
        picking = self.deliver(self.other)
        self.assertEqual(self.promised(picking), self.newer)
        with self.refused("bunch only lots that were harvested under"):
            self.type_in(picking, self.older)

    def test_other_goods_than_food_are_not_asked_of_a_customer(self):
        self.shop.is_certified_only = True
        crate = self.make_product(
            name="Crate", use_expiration_date=False, farm_crop_id=False
        )
        lot = self.env["stock.lot"].create({"name": "C1", "product_id": crate.id})
        self.env["stock.quant"]._update_available_quantity(
            crate, self.stock, 5.0, lot_id=lot
        )
        self.assertEqual(self.promised(self.deliver(self.shop, product=crate)), lot)

    def test_inside_the_house_it_goes_anywhere(self):
        self.product.is_certified_only = True
        move = self.make_transfer(self.older, 1.0, self.shelf).move_ids
        self.assertEqual(move.move_line_ids.lot_id, self.older)
