from datetime import timedelta

from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from ..models.rotation.fill import fill_first
from ..models.rotation.reservation import PLAIN
from ..models.rotation.strategies import STRATEGIES, UNGRADED, UNKNOWN_LIFE
from ..models.rotation.walk import Free
from .rotation_common import EPOCH, RotationCase


@tagged("post_install", "-at_install")
class TestStrategies(RotationCase):
    """Which lots leave first under each strategy, worked out by hand."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        grades = {"A": cls.grade_a, "super": cls.grade_super}
        rows = (
            # name, expires, best before, harvested, grade, life, quantity
            ("early", 4, 3, -1, "A", 40, 4),
            ("late", 20, 1, -9, "super", 20, 10),
            ("middle", 6, 5, -5, "A", 60, 10),
            ("undated", None, None, None, None, None, 10),
        )
        for name, expires, best, harvested, grade, life, quantity in rows:
            lot = cls.make_lot(name, expires)
            cls.stock_up(lot, quantity)
            lot.write(
                {
                    "use_date": best and EPOCH + timedelta(days=best),
                    "harvest_date": harvested and cls.days(harvested),
                    "grade_id": grade and grades[grade].id,
                }
            )
            if life is not None:
                lot._set_remaining_life(life)

    def first_of_all(self, method):
        """The order in which everything would be taken."""
        self.product.removal_strategy_id = self.strategy(method)
        return [name for name, _quantity in self.taken(100)]

    def test_each_strategy_takes_its_own_order(self):
        for method, order in (
            ("farm_expiry", ["early", "middle", "late", "undated"]),
            ("farm_best_before", ["late", "early", "middle", "undated"]),
            ("farm_harvest", ["late", "middle", "early", "undated"]),
            ("farm_grade", ["late", "early", "middle", "undated"]),
            ("farm_remaining_life", ["late", "early", "middle", "undated"]),
            ("fefo", ["early", "middle", "late", "undated"]),
        ):
            with self.subTest(method):
                self.assertEqual(self.first_of_all(method), order)

    def test_lots_without_a_date_come_first_when_the_company_says_so(self):
        self.env.company.undated_lots = "first"
        for method in STRATEGIES:
            with self.subTest(method):
                self.assertEqual(self.first_of_all(method)[0], "undated")
        self.assertEqual(self.first_of_all("fefo")[-1], "undated")

    def test_a_full_lot_comes_before_one_that_expires_little_earlier(self):
        self.product.removal_strategy_id = self.strategy("farm_full_lot")
        self.assertEqual(self.taken(8), [("middle", 8)])
        self.assertEqual(self.taken(3), [("early", 3)])
        self.env.company.full_lot_days = 1
        self.assertEqual(self.taken(8), [("early", 4), ("middle", 4)])

    def test_equal_lots_leave_in_the_order_in_which_they_came(self):
        self.product.removal_strategy_id = self.strategy("farm_expiry")
        for name, hour in (("second", 5), ("third", 5), ("first", 4)):
            self.stock_up(
                self.make_lot(name, 1), 1, in_date=EPOCH + timedelta(hours=hour)
            )
        self.assertEqual(
            [name for name, _ in self.taken(3)], ["first", "second", "third"]
        )
        self.assertEqual(self.taken(3), self.taken(3, reservation=PLAIN))

    def test_held_lots_are_walked_past(self):
        self.env["farm.hold"]._place(
            self.env["stock.lot"].search([("name", "=", "early")]), "quality", "Bruised"
        )
        self.assertEqual(
            self.first_of_all("farm_expiry"), ["middle", "late", "undated"]
        )


@tagged("post_install", "-at_install")
class TestRemovalRule(RotationCase):
    """The most specific choice holds, and the product says which one and why."""

    def method(self, operation=None):
        operation = operation or self.warehouse.out_type_id
        return (
            self.env["stock.quant"]
            .with_context(removal_picking_type_id=operation.id)
            ._get_removal_strategy(self.product, self.stock)
        )

    def test_product_before_operation_before_category_before_location(self):
        choices = (
            (self.stock.location_id, "lifo"),
            (self.stock, "farm_harvest"),
            (self.product.categ_id, "farm_best_before"),
            (self.warehouse.out_type_id, "farm_grade"),
            (self.product.product_tmpl_id, "farm_full_lot"),
        )
        self.assertEqual(self.method(), "fifo")
        for record, method in choices:
            record.removal_strategy_id = self.strategy(method)
            self.assertEqual(self.method(), method, record)
        self.product.removal_strategy_id = False
        self.assertEqual(self.method(self.warehouse.int_type_id), "farm_best_before")

    def test_the_product_says_which_strategy_holds_and_why(self):
        self.warehouse.int_type_id.active = True
        self.product.categ_id.removal_strategy_id = self.strategy("farm_expiry")
        self.warehouse.out_type_id.removal_strategy_id = self.strategy("lifo")
        template = self.product.product_tmpl_id.with_user(self.picker)
        rules = str(template.removal_rules)
        delivery = self.warehouse.out_type_id.display_name
        last_in = "<b>Last In First Out (LIFO)</b>"
        self.assertIn(f"<td>{delivery}</td><td>{last_in}", rules)
        self.assertIn("Set on the operation type", rules)
        self.assertIn(
            f"Set on the category {self.product.categ_id.display_name}", rules
        )
        template.sudo().removal_strategy_id = self.strategy("farm_grade")
        template.invalidate_recordset(["removal_rules"])
        self.assertNotIn("LIFO", str(template.removal_rules))
        self.assertEqual(str(template.removal_rules).count("<tr>"), 1)
        self.assertIn(
            "<td>All operations</td><td><b>Best Grade First, then by Expiry</b></td>"
            "<td>Set on this product</td>",
            str(template.removal_rules),
        )

    def test_a_delivery_takes_by_its_operation_types_strategy(self):
        old = self.stock_up(self.make_lot("old", 30), 5, in_date=EPOCH)
        self.stock_up(self.make_lot("short", 3), 5, in_date=EPOCH + timedelta(hours=1))
        self.assertEqual(self.taken(5), [(old.lot_id.name, 5)])
        self.warehouse.out_type_id.removal_strategy_id = self.strategy("farm_expiry")
        self.assertEqual(self.reserved(self.make_delivery(5)), [("short", 5)])

    def test_the_days_between_full_lots_are_not_negative(self):
        settings = Form(self.env["res.config.settings"])
        settings.full_lot_days = 7
        settings.undated_lots = "first"
        settings.save().execute()
        self.assertEqual(self.env.company.full_lot_days, 7)
        self.assertEqual(self.env.company.undated_lots, "first")


@tagged("post_install", "-at_install")
class TestRemainingLife(RotationCase):
    """By the dates unless somebody measured it; stock keeps the same figure."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lot = cls.make_lot("aging", 10, harvest_date=cls.day)
        cls.quant = cls.stock_up(cls.lot, 5)

    def after(self, days):
        self.env.flush_all()
        self.env.cr.execute(
            """UPDATE stock_lot SET expiration_date = expiration_date - %s,
                      harvest_date = harvest_date - %s WHERE id = %s""",
            [timedelta(days=days), days, self.lot.id],
        )
        self.env.invalidate_all()
        job = self.env.ref("farm_traceability.cron_refresh_remaining_life")
        with self.enter_registry_test_mode():
            job.method_direct_trigger()

    def test_the_night_tells_the_remaining_life_anew(self):
        self.assertAlmostEqual(self.lot.remaining_life, 100, delta=2)
        self.after(4)
        self.assertAlmostEqual(self.lot.remaining_life, 60, delta=2)
        self.assertEqual(self.quant.remaining_life, self.lot.remaining_life)
        self.after(20)
        self.assertEqual(self.lot.remaining_life, 0)

    def test_what_was_measured_stays(self):
        self.lot.with_user(self.picker)._set_remaining_life(33)
        self.after(4)
        self.assertEqual(self.lot.remaining_life, 33)
        self.assertEqual(self.quant.remaining_life, 33)
        self.lot._set_remaining_life(None)
        self.assertAlmostEqual(self.lot.remaining_life, 60, delta=2)

    def test_nonsense_is_not_taken_over(self):
        for percent in (-1, 100.5):
            with self.assertRaisesRegex(UserError, "percentage from 0 to 100"):
                self.lot._set_remaining_life(percent)

    def test_nobody_types_it_in(self):
        with self.assertRaises(UserError):
            self.lot.with_user(self.picker).remaining_life = 99

    def test_lots_of_which_nothing_is_known(self):
        lot = self.make_lot("unknown")
        self.assertEqual(lot.remaining_life, UNKNOWN_LIFE)
        self.assertEqual(lot.grade_rank, UNGRADED)


@tagged("post_install", "-at_install")
class TestFillFirst(RotationCase):
    """Full lots first, by table: (free, expires) → (need, days) → positions taken."""

    def test_by_table(self):
        for lots, need, days, expected in (
            ([(5, 0), (9, 2)], 9, 3, [1]),
            ([(5, 0), (9, 2)], 5, 3, [0]),
            ([(5, 0), (9, 4)], 9, 3, [0, 1]),
            ([(5, 0), (9, 3)], 9, 3, [1]),
            ([(5, 0), (9, 2)], 12, 3, [0, 1]),
            # The rest of five is filled by the third alone.
            ([(5, 0), (2, 1), (5, 2)], 10, 3, [0, 2]),
            ([(5, 0), (9, None)], 9, 3, [0, 1]),
            ([(5, None), (9, 2)], 9, 3, [0, 1]),
            ([], 9, 3, []),
            ([(5, 0)], 9, 3, [0]),
        ):
            with self.subTest(lots=lots, need=need):
                rows = [
                    Free(
                        position,
                        None,
                        free,
                        None if day is None else EPOCH + timedelta(days=day),
                    )
                    for position, (free, day) in enumerate(lots)
                ]
                taken = fill_first(rows, need, timedelta(days=days))
                self.assertEqual([row.id for row in taken], expected)
