from odoo.exceptions import AccessError
from odoo.tests import tagged

from .dashboard_common import WHOLE_YEAR, DashboardCase


@tagged("post_install", "-at_install")
class TestDashboard(DashboardCase):
    """Every number is that of the records behind it, for whoever looks."""

    def fill(self):
        """Something in every tile."""
        self.put(3.0, days=2)
        self.put(4.0, days=-1, grade_id=self.grade_a.id)
        self.place(self.late)
        self.cycle.write({"planned_date": self.day, "planned_quantity": 50})
        self.make_certificate(self.make_farmer(), valid_to=self.days(20))

    def assertNumbersOpenTheirRecords(self, user, **values):
        opened = 0
        for name, figure in self.figures_of(self.ask(user, **values)):
            with self.subTest(name, label=figure["label"]):
                records = self.behind(figure, user)
                if figure["measure"] == "__count":
                    self.assertEqual(figure["value"], len(records))
                elif figure["measure"]:
                    field, _sum = figure["measure"].split(":")
                    total = sum(records.mapped(field))
                    self.assertAlmostEqual(figure["value"], total, 4)
                else:
                    records.check_access("read")
                opened += 1
        return opened

    def test_numbers_are_those_of_the_records_behind_them(self):
        self.fill()
        for user in (self.keeper, self.manager, self.quality):
            for values in (
                {},
                WHOLE_YEAR,
                WHOLE_YEAR | {"crop_id": self.crop.id},
                WHOLE_YEAR | {"warehouse_id": self.warehouse.id},
            ):
                with self.subTest(user=user.login, **values):
                    opened = self.assertNumbersOpenTheirRecords(user, **values)
                    self.assertGreater(opened, 20)

    def test_a_keeper_has_every_tile_but_those_of_recalls(self):
        keys = [tile["key"] for tile in self.ask()["tiles"]]
        self.assertEqual(
            keys,
            ["expiring", "holds", "age", "certificates", "harvest", "deliveries",
             "losses"],
        )  # fmt: skip
        more = [tile["key"] for tile in self.ask(self.manager)["tiles"]]
        self.assertEqual(set(more) - set(keys), {"recalls", "drills"})

    def test_only_managers_see_values(self):
        self.put(3.0, days=2)
        columns = self.tile("expiring")["tables"][0]["columns"]
        self.assertEqual(columns, ["Lots and Places"])
        [_count, value] = self.tile("expiring", self.manager)["tables"][0]["columns"]
        self.assertEqual(value, f"Value ({self.env.company.currency_id.name})")

    def test_others_have_no_dashboard(self):
        for role in ("internal", "portal", "officer"):
            user = self.make_user(role)
            with self.subTest(role=role), self.assertRaises(AccessError):
                self.ask(user)

    def test_who_has_a_dashboard_has_its_menu(self):
        menu = self.env.ref("farm_traceability.menu_farm_dashboard")
        for role, sees in (
            ("stock", True), ("manager", True), ("quality", True),
            ("collector", True), ("officer", False), ("internal", False),
        ):  # fmt: skip
            visible = menu.with_user(self.make_user(role))._visible_menu_ids()
            with self.subTest(role=role):
                self.assertEqual(menu.id in visible, sees)

    def test_the_number_of_statements_does_not_grow(self):
        self.fill()
        self.grow([2])
        few = self.count_statements(self.manager)
        self.grow(range(3, 7))
        self.assertEqual(self.count_statements(self.manager), few)
        self.assertLessEqual(few, 40)

    def grow(self, numbers):
        """More of everything, of other kinds."""
        for number in numbers:
            place = self.make_region("regency")
            customer = self.make_customer(f"Shop {number}", farm_region_id=place.id)
            self.sell(self.hands[number], customer)
            self.put(2.0 + number, days=number * 3, grade_id=self.grade_b.id)
            self.place(self.put(1.0))
            self.make_certificate(self.make_farmer(), valid_to=self.days(20 + number))
            crop = self.make_crop()
            plan = {"planned_date": self.day, "planned_quantity": 10}
            self.make_cycle(crop=crop, **plan)

    def count_statements(self, user):
        # Rights and rules are cached for all; what is made between clears them.
        self.ask(user, **WHOLE_YEAR)
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self.env["farm.dashboard"].with_user(user).get_dashboard(WHOLE_YEAR)
        return self.env.cr.sql_log_count - before

    def test_what_there_is_to_choose(self):
        answer = self.ask(warehouse_id=self.warehouse.id)
        self.assertEqual(answer["filters"]["warehouse_id"], self.warehouse.id)
        chosen = {"id": self.warehouse.id, "name": self.warehouse.display_name}
        self.assertIn(chosen, answer["options"]["warehouses"])
        ids = [one["id"] for one in answer["options"]["crops"]]
        self.assertIn(self.crop.id, ids)
        self.assertIn(["Warehouse", self.warehouse.display_name], answer["summary"])


@tagged("post_install", "-at_install")
class TestDashboardFilters(DashboardCase):
    """Filters are checked, and said in words."""

    def test_a_period_has_the_days_of_its_name(self):
        for period, begin in (
            ("week", "2026-06-09"), ("month", "2026-05-17"),
            ("quarter", "2026-03-18"), ("year", "2025-06-16"),
        ):  # fmt: skip
            with self.subTest(period=period):
                filters = self.ask(period=period)["filters"]
                self.assertEqual(filters["begin"], begin)
                self.assertEqual(filters["end"], "2026-06-15")
                self.assertEqual(filters["period"], period)

    def test_without_filters_it_is_the_last_month(self):
        self.assertEqual(self.ask()["filters"]["period"], "month")

    def test_one_day_alone_is_enough(self):
        filters = self.ask(begin="2026-06-01")["filters"]
        self.assertEqual(filters["end"], "2026-06-15")
        filters = self.ask(end="2026-03-31")["filters"]
        self.assertEqual(filters["begin"], "2026-03-02")

    def test_a_period_upside_down_is_refused(self):
        self.assertRefused(
            "^The period ends on 06/01/2026, before it begins on 06/02/2026",
            begin="2026-06-02",
            end="2026-06-01",
        )

    def test_what_is_no_day_or_no_period_is_refused(self):
        for text in ("yesterday", "2026-02-30", 7, [1]):
            with self.subTest(text=text):
                self.assertRefused("is not a day: choose one.$", begin=text)
        self.assertRefused("^Choose one of the periods", period="century")

    def test_another_company_and_its_warehouse_are_refused(self):
        company = self.make_company()
        self.assertRefused("^Choose a company of those", company_id=company.id)
        self.assertRefused("^Choose a warehouse of ", warehouse_id=self.foreign.id)
        both = self.env.company | company
        user = self.make_user_of(both)
        with self.assertRaisesRegex(Exception, "^Choose a warehouse of Other Fruit"):
            self.ask(user, both, company_id=company.id, warehouse_id=self.warehouse.id)

    def test_what_is_not_there_is_refused(self):
        for name in ("company_id", "warehouse_id", "crop_id"):
            for value in (-1, "x", [1]):
                with self.subTest(name=name, value=value):
                    self.assertRefused("^Choose ", **{name: value})

    def test_a_tile_says_which_filter_it_does_not_follow(self):
        notes = {
            tile["key"]: tile["note"]
            for tile in self.ask(
                self.manager, warehouse_id=self.warehouse.id, crop_id=self.crop.id
            )["tiles"]
        }
        self.assertEqual(notes["drills"], "All warehouses. All crops.")
        self.assertEqual(notes["certificates"], "All warehouses.")
        self.assertNotIn("All", notes["deliveries"])
