from odoo.exceptions import UserError

from .operation_common import OperationCase


class TestExistingLots(OperationCase):
    def test_a_new_lot_gets_the_name_that_was_typed(self):
        operation = self.begin("repack", (self.first, 12.0))
        line = self.add_output(operation, 12.0, lot_name=" PACK-1 ")
        operation.action_post()
        self.assertEqual((line.lot_id.name, line.is_new_lot), ("PACK-1", True))

    def test_a_name_that_is_taken_is_refused(self):
        operation = self.begin("repack", (self.first, 12.0))
        line = self.add_output(operation, 6.0, lot_name=self.second.name)
        self.add_output(operation, 6.0, lot_name="PACK-2")
        with self.assertRaisesRegex(UserError, f"a lot {self.second.name} of"):
            operation.action_post()
        line.lot_name = "PACK-2"
        with self.assertRaisesRegex(UserError, "a lot PACK-2 of .* already"):
            operation.action_post()

    def test_a_lot_and_a_new_name_contradict(self):
        operation = self.begin("repack", (self.first, 12.0))
        self.add_output(operation, 12.0, lot_name="PACK-1", lot_id=self.second.id)
        with self.assertRaisesRegex(UserError, "Leave one of them out"):
            operation.action_post()

    def test_products_without_a_crop_are_numbered_by_odoo(self):
        plain = self.make_product(name="Chips", farm_crop_id=False)
        operation = self.begin("repack", (self.first, 12.0))
        line = self.add_output(operation, 12.0, product_id=plain.id)
        operation.action_post()
        self.assertTrue(line.lot_id.name)

    def test_an_existing_lot_takes_more(self):
        operation = self.begin("repack", (self.first, 12.0))
        line = self.add_output(operation, 12.0, lot_id=self.second.id)
        operation.action_post()
        self.assertEqual(self.second.product_qty, 20.0)
        self.assertEqual(self.parents_of(self.second), self.first)
        self.assertFalse(line.is_new_lot)

    def test_an_existing_lot_never_promises_more_than_what_was_put_into_it(self):
        earlier = self.find_lot(5.0)
        earlier.expiration_date = self.day
        operation = self.begin("repack", (earlier, 5.0))
        self.add_output(operation, 5.0, lot_id=self.second.id)
        operation.action_post()
        self.assertEqual(self.second.expiration_date, earlier.expiration_date)
        operation = self.begin("repack", (self.first, 12.0))
        self.add_output(operation, 12.0, lot_id=self.second.id)
        operation.action_post()
        self.assertEqual(self.second.expiration_date, earlier.expiration_date)

    def test_a_lot_that_does_not_fit_is_refused(self):
        organic = self.find_lot(1.0, is_organic=True)
        hands = self.receive(4.0, product=self.hand).lot_ids
        for vals, sentence in (
            ({"lot_id": hands.id}, "is a lot of .* choose a lot of"),
            ({"lot_id": organic.id}, "is organic, not all"),
            (
                {"lot_id": self.second.id, "grade_id": self.grade_b.id},
                "gets a lot of its own",
            ),
        ):
            operation = self.begin("repack", (self.first, 12.0))
            self.add_output(operation, 12.0, **vals)
            with self.assertRaisesRegex(UserError, sentence):
                operation.action_post()


class TestLotCodeAfterPacking(OperationCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.product.is_lot_code_renewed = True

    def repack(self, lot, quantity, **vals):
        operation = self.begin("repack", (lot, quantity))
        self.add_output(operation, quantity, **vals)
        operation.action_post()
        return operation.output_ids.lot_id

    def test_before_the_first_packing_the_code_may_stay(self):
        self.repack(self.first, 12.0, lot_id=self.first.id)
        self.assertTrue(self.first.is_packed)
        self.assertEqual(self.first.product_qty, 12.0)

    def test_after_packing_an_existing_code_is_refused(self):
        packed = self.repack(self.first, 12.0)
        for source, target in ((packed, packed), (self.second, packed)):
            with self.assertRaisesRegex(UserError, "is packed: .* new lot code"):
                self.repack(source, 2.0, lot_id=target.id)
        child = self.repack(packed, 2.0)
        self.assertTrue(child.is_packed)
        self.assertEqual(self.parents_of(child), packed)

    def test_children_of_packed_lots_are_packed(self):
        packed = self.repack(self.first, 12.0)
        operation = self.begin("split", (packed, 12.0))
        self.add_output(operation, 12.0)
        operation.action_post()
        self.assertTrue(operation.output_ids.lot_id.is_packed)

    def test_a_product_that_is_sold_packed_is_packed_from_the_beginning(self):
        self.product.is_packed_product = True
        with self.assertRaisesRegex(UserError, "is packed: .* new lot code"):
            self.repack(self.first, 12.0, lot_id=self.second.id)

    def test_without_the_rule_the_code_may_stay(self):
        self.product.is_lot_code_renewed = False
        packed = self.repack(self.first, 12.0)
        self.assertEqual(self.repack(packed, 2.0, lot_id=packed.id), packed)

    def test_a_transfer_keeps_the_code(self):
        packed = self.repack(self.first, 12.0)
        picking = self.make_delivery(self.product, 20.0)
        picking.action_assign()
        picking.move_ids.picked = True
        picking.button_validate()
        self.assertEqual(picking.move_line_ids.lot_id, packed | self.second)

    def test_nobody_enters_that_a_lot_is_packed(self):
        with self.assertRaises(UserError):
            self.first.with_user(self.user).is_packed = True
