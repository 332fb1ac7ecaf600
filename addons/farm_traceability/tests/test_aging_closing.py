from datetime import timedelta

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .aging_common import AgingCase
from .operation_common import OperationCase


@tagged("post_install", "-at_install")
class TestAgingClosing(AgingCase):
    """The report goes on from a closing while that is true, and only then."""

    def last(self, day=400):
        return self.closings._get_last(self.at(day))

    def test_what_remained_is_written_down(self):
        self.receive_on(1, 30)
        self.receive_on(2, 20)
        self.deliver_on(3, 10)
        closing = self.close_on(5)
        layers = self.env["farm.stock.aging.layer"].search(
            [("closing_id", "=", closing.id), ("product_id", "=", self.plain.id)]
        )
        self.assertEqual(
            [(one.date, one.quantity) for one in layers.sorted("position")],
            [(self.at(1), 20), (self.at(2), 20)],
        )
        self.assertEqual(layers.company_id, self.company)

    def test_a_report_goes_on_from_the_last_closing_before_its_date(self):
        self.receive_on(1, 30)
        first, second = self.close_on(5), self.close_on(10)
        self.assertFalse(self.last(4))
        self.assertEqual(self.last(9), first)
        self.assertEqual(self.last(), second)

    def test_layers_of_a_closing_are_not_told_twice(self):
        self.receive_on(1, 30)
        closing = self.close_on(5)
        self.env.cr.execute(
            "UPDATE farm_stock_aging_layer SET quantity = 31 WHERE closing_id = %s"
            " AND product_id = %s",
            [closing.id, self.plain.id],
        )
        self.assertEqual(self.ages(), {1: 31})  # read, not summed up again
        self.deliver_on(7, 10)
        self.assertEqual(self.ages(), {1: 21})

    def test_what_comes_back_is_told_from_before_the_closing(self):
        self.receive_on(1, 10, self.stock)
        self.move(2, 10, self.stock, self.shelf)
        delivery = self.deliver_on(3, 6)
        self.close_on(5)
        self.receive_on(6, 4)
        self.take_back_on(8, 2, delivery, self.cellar)
        self.assertEqual(self.ages(place=self.cellar), {1: 2})
        self.assertEqual(self.layers(), self.reference())

    def test_a_gap_stays_open_over_a_closing(self):
        self.deliver_on(1, 30)
        self.receive_on(2, 20)
        self.close_on(5)
        self.receive_on(6, 25)
        self.assertEqual(self.ages(), {6: 15})

    def test_a_changed_line_makes_closings_wrong(self):
        early, late = self.receive_on(1, 30), self.receive_on(7, 5)
        first, _second = self.close_on(5), self.close_on(10)
        late.move_line_ids.quantity = 6
        self.assertEqual(self.last(), first)
        self.assertEqual(self.ages(), {1: 30, 7: 6})
        early.move_line_ids.location_dest_id = self.cellar
        self.assertFalse(self.last())
        self.assertEqual(self.ages(place=self.cellar), {1: 30})

    def test_a_late_line_makes_a_closing_wrong(self):
        closing = self.close_on(5)
        now = self.env.cr.now()
        closing.known_until = now - timedelta(days=1)
        self.receive_on(6, 30)
        self.assertEqual(self.last(), closing)
        self.env.cr.execute(
            "UPDATE stock_move_line SET date = %s WHERE product_id = %s",
            [self.at(4), self.plain.id],
        )
        self.assertFalse(self.last())
        self.assertEqual(self.ages(), {4: 30})

    def test_a_place_that_becomes_another_makes_closings_wrong(self):
        self.close_on(5)
        self.cellar.usage = "inventory"
        self.assertFalse(self.last())

    def test_where_companies_share_places_there_is_no_closing(self):
        self.close_on(5)
        self.assertTrue(self.last())
        self.env["stock.location"].create(
            {"name": "Everybody's", "usage": "internal", "company_id": False}
        )
        self.assertFalse(self.last())

    def test_the_last_nights_and_the_ends_of_months_are_kept(self):
        for day in (3, 20, 40, 50, 58, 60, 61, 62):
            self.close_on(day)
        kept = self.closings.search([]) - self.closings._get_outdated()
        days = [(one.until - self.at(0)).days for one in kept.sorted("until")]
        self.assertEqual(days, [20, 58, 60, 61, 62])

    def test_each_night_what_is_in_stock_is_closed(self):
        self.receive_on(1, 30)
        wrong = self.close_on(5)
        wrong.is_wrong = True
        self.env.flush_all()
        with self.enter_registry_test_mode():
            self.env.ref(
                "farm_traceability.cron_close_stock_ages"
            ).method_direct_trigger()
        self.assertFalse(wrong.exists())
        layer = self.env["farm.stock.aging.layer"].search(
            [("product_id", "=", self.plain.id)]
        )
        self.assertEqual((layer.date, layer.quantity), (self.at(1), 30))
        self.assertEqual(layer.closing_id.until, layer.closing_id.known_until)

    def test_what_is_known_now_was_written_before_now(self):
        self.assertLessEqual(self.closings._get_known_moment(), self.env.cr.now())

    def test_readers_go_on_from_closings_but_do_not_see_them(self):
        self.receive_on(1, 30)
        self.close_on(5)
        self.assertEqual(self.report(self.keeper).quantity, 30)
        for model in ("farm.stock.aging.closing", "farm.stock.aging.layer"):
            with self.subTest(model), self.assertRaises(AccessError):
                self.env[model].with_user(self.manager).search([])


@tagged("post_install", "-at_install")
class TestAgingClosingOperation(OperationCase, AgingCase):
    """What lot operations make after a closing may have come long before."""

    def test_an_undone_merge_gives_back_what_was_there_before_the_closing(self):
        old, young = self.env["stock.lot"].create(
            [{"name": f"CLOSED-{n}", "product_id": self.product.id} for n in range(2)]
        )
        self.receive_on(10, 10, self.place, lot=old)
        self.receive_on(50, 10, self.place, lot=young)
        operation = self.begin("merge", (old, 4), (young, 10))
        self.add_output(operation, 14)
        operation.action_post()
        self.put_on(60, operation.move_ids)
        before = self.close_on(65)
        self.reverse(operation)
        self.assertEqual(self.closings._get_last(self.at(400)), before)
        days = {
            shelf[2]: (date - self.at(0)).days
            for (shelf, date), _quantity in self.layers(400, self.product).items()
            if shelf[2] in (old | young).ids
        }
        self.assertEqual(days, {old.id: 10, young.id: 50})

    def test_a_split_after_a_closing_keeps_the_age(self):
        lot = self.env["stock.lot"].create(
            {"name": "CLOSED", "product_id": self.product.id}
        )
        self.receive_on(10, 10, self.place, lot=lot)
        self.close_on(20)
        operation = self.begin("split", (lot, 10))
        for quantity in (6, 4):
            self.add_output(operation, quantity, 1)
        operation.action_post()
        self.put_on(60, operation.move_ids)
        parts = operation.output_ids.lot_id
        dates = {
            date
            for (shelf, date), _quantity in self.layers(400, self.product).items()
            if shelf[2] in parts.ids
        }
        self.assertEqual(dates, {self.at(10)})
