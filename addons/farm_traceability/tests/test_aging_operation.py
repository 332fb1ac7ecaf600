from datetime import timedelta

from odoo.tests import tagged

from .aging_common import AgingCase
from .operation_common import OperationCase


@tagged("post_install", "-at_install")
class TestAgingOperation(OperationCase, AgingCase):
    """Lot operations keep ages; the age since harvest is that of the first lot."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.old, cls.young = cls.env["stock.lot"].create(
            [
                {"name": "AGE-OLD", "product_id": cls.product.id},
                {"name": "AGE-YOUNG", "product_id": cls.product.id},
            ]
        )
        cls.receive_on(10, 10, cls.place, lot=cls.old)
        cls.receive_on(50, 10, cls.place, lot=cls.young)

    def post_on(self, day, operation):
        operation.action_post()
        self.put_on(day, operation.move_ids)
        return operation.output_ids.lot_id

    def split_on(self, day, lot, *quantities):
        operation = self.begin("split", (lot, sum(quantities)))
        for quantity in quantities:
            self.add_output(operation, quantity, 1)
        return self.post_on(day, operation)

    def merge_on(self, day, *inputs):
        operation = self.begin("merge", *inputs)
        self.add_output(operation, sum(one[1] for one in inputs))
        return self.post_on(day, operation)

    def days_of(self, lots, day=400):
        """Days since the first of January on which a lot's goods came in."""
        found = {}
        for (shelf, date), _quantity in self.layers(day, self.product).items():
            if shelf[2] in lots.ids:
                days = date and (date - self.at(0)).days
                found.setdefault(self.env["stock.lot"].browse(shelf[2]), set()).add(
                    days
                )
        return found

    def assertSameAsQueue(self, day=400):
        mine = (self.old | self.young).ids
        later = self.env["stock.lot"].search([("id", ">=", min(mine))]).ids
        statement, queue = (
            {key: value for key, value in found.items() if key[0][2] in later}
            for found in (
                self.layers(day, self.product),
                self.reference(day, self.product),
            )
        )
        self.assertEqual(statement, queue)

    def test_parts_are_as_old_as_the_whole(self):
        parts = self.split_on(60, self.old, 6, 4)
        self.assertEqual(self.days_of(parts), {part: {10} for part in parts})
        self.assertSameAsQueue()

    def test_a_mixture_is_as_old_as_the_oldest_of_it(self):
        mixed = self.merge_on(60, (self.old, 1), (self.young, 9))
        self.assertEqual(self.days_of(mixed | self.old), {mixed: {10}, self.old: {10}})
        self.assertSameAsQueue()

    def test_over_many_operations_and_transfers(self):
        lots = self.merge_on(60, (self.old, 5), (self.young, 5))
        for day in range(61, 67):
            first, second = self.split_on(day, lots, 6, 4)
            lots = self.merge_on(day, (first, 6), (second, 4))
        self.move(70, 10, self.place, self.shelf, lot=lots)
        self.assertEqual(self.days_of(lots), {lots: {10}})
        self.assertSameAsQueue()

    def test_a_reversal_gives_each_lot_its_age_back(self):
        operation = self.begin("merge", (self.old, 4), (self.young, 10))
        self.add_output(operation, 14)
        self.post_on(60, operation)
        self.reverse(operation)
        both = self.old | self.young
        self.assertEqual(self.days_of(both), {self.old: {10}, self.young: {50}})

    def test_what_was_bought_while_harvested_before(self):
        self.old.sudo().harvest_date = self.at(2)
        self.young.sudo().harvest_date = self.at(45)
        parts = self.split_on(60, self.old, 6, 4)
        mixed = self.merge_on(61, (parts[0], 6), (self.young, 10))
        rows = self.report(products=self.product, basis="harvest")
        days = {row.lot_id: row.days for row in rows if row.lot_id in parts | mixed}
        self.assertEqual(days, {parts[1]: 98, mixed: 98})

    def test_without_a_harvest_there_is_no_age_since_it(self):
        self.receive_on(90, 3)
        row = self.report(basis="harvest")
        self.assertEqual((row.bucket, row.since), ("No harvest date", False))
        self.assertEqual(row.quantity, 3)

    def test_lots_are_found_by_farmer_and_grade(self):
        today = self.at(0).date() + timedelta(days=(self.day - self.at(0).date()).days)
        rows = self.report(products=self.product, date=today)
        row = rows.filtered(lambda one: one.lot_id == self.first)
        self.assertEqual(row.farmer_id, self.first.farmer_id)
        self.assertEqual(row.grade_id, self.first.grade_id)
        self.assertTrue(row.farmer_id)
