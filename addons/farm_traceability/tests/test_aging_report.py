import io
from datetime import date, timedelta

import openpyxl
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from ..reports.stock_aging_table import AgingTable, aging_sheet
from .aging_common import AgingCase


@tagged("post_install", "-at_install")
class TestAgingReport(AgingCase):
    """The screen, and the files with its numbers."""

    def figures(self, rows):
        return {(row.location_id, row.bucket): row.quantity for row in rows}

    def test_goods_stand_in_the_bucket_of_their_age(self):
        for day, quantity in ((100, 1), (93, 2), (92, 4), (86, 8), (9, 16), (1, 32)):
            self.receive_on(day, quantity)
        self.deliver_on(100, 5, self.cellar)
        self.assertEqual(
            self.figures(self.report(limits="7, 14, 91")),
            {
                (self.shelf, "0–7 days"): 3,
                (self.shelf, "8–14 days"): 12,
                (self.shelf, "15–91 days"): 16,
                (self.shelf, "over 91 days"): 32,
                (self.cellar, "Below zero"): -5,
            },
        )

    def test_the_end_of_the_day_counts_where_the_reader_is(self):
        move = self.receive_on(50, 1)
        move.move_line_ids.date = self.at(50).replace(hour=18)  # 1 o'clock in Jakarta
        day = self.at(50).date()
        self.assertFalse(self.report(date=day))
        row = self.report(date=day + timedelta(days=1))
        self.assertEqual((row.days, row.since), (0, day + timedelta(days=1)))

    def test_oldest_and_average_weigh_by_quantity(self):
        self.receive_on(90, 30)
        self.receive_on(100, 10, self.cellar)
        rows = self.report(limits="30")
        [(days, average, value)] = rows._read_group(
            [("id", "in", rows.ids)],
            aggregates=["days:max", "average_days:avg", "value:sum"],
        )
        self.assertEqual((days, average, value), (10, 7.5, 120))

    def test_gaps_have_no_part_in_the_average(self):
        self.receive_on(90, 30)
        self.deliver_on(100, 20, self.cellar)
        [group] = AgingTable(self.ask(warehouse_ids=self.warehouse.ids)).groups
        self.assertEqual((group.quantity, group.average, group.oldest), (10, 10, 10))

    def test_buckets_are_in_the_order_of_their_ages(self):
        for day in (99, 90, 80, 50, 20):
            self.receive_on(day, 1)
        rows = self.report(limits="7, 14, 30, 60")
        groups = rows._read_group([("id", "in", rows.ids)], ["bucket"])
        self.assertEqual(
            [label for (label,) in groups],
            ["0–7 days", "8–14 days", "15–30 days", "31–60 days", "over 60 days"],
        )

    def test_slow_is_what_is_old_and_not_issued(self):
        self.receive_on(10, 10)
        self.deliver_on(60, 1)
        row = self.report(idle_days=40)
        self.assertEqual((row.last_issue, row.idle_days), (self.at(60).date(), 40))
        self.assertTrue(row.is_slow)
        self.assertFalse(self.report(idle_days=41).is_slow)
        self.assertFalse(self.report(idle_days=41, only_slow=True))
        self.move(80, 5, self.shelf, self.cellar)
        self.assertEqual(set(self.report().mapped("idle_days")), {40})

    def test_what_was_issued_lately_counts_once_for_product_and_warehouse(self):
        self.receive_on(10, 100)
        self.receive_on(95, 50, self.cellar)
        for day, quantity in ((60, 1), (71, 2), (90, 4), (100, 8), (101, 16)):
            self.deliver_on(day, quantity)
        self.move(99, 32, self.shelf, self.cellar)  # to another shelf: no issue
        rows = self.report(limits="7, 30")
        self.assertEqual(len(rows), 3)
        self.assertEqual(set(rows.mapped("issued_quantity")), {14})
        for days, quantity in ((30, 14), (29, 12), (1, 8), (41, 15)):
            rows = self.report(limits="7, 30", issue_days=days)
            for groupby in (["product_id"], ["categ_id"], []):
                [(*_group, issued)] = rows._read_group(
                    [("id", "in", rows.ids)], groupby, ["issued_quantity:sum"]
                )
                self.assertEqual(issued, quantity)

    def test_what_was_issued_of_many_products_is_added_up(self):
        other = self.make_product(name="Other", tracking="none")
        for product, quantity in ((self.plain, 3), (other, 4)):
            self.receive_on(90, 50, product=product)
            self.deliver_on(95, quantity, product=product)
        rows = self.report(products=self.plain | other)
        [(issued,)] = rows._read_group(
            [("id", "in", rows.ids)], aggregates=["issued_quantity:sum"]
        )
        self.assertEqual(issued, 7)

    def test_bad_questions_get_one_sentence(self):
        for vals, said in (
            ({"limits": "7, 30, 14"}, "each higher than the one before"),
            ({"limits": "7, x"}, "7, x are no limits"),
            ({"limits": "7, 7"}, "each higher"),
            ({"limits": "-1, 7"}, "from 0 to 36500"),
            ({"date": date(2999, 1, 1)}, "choose today or a day before"),
            ({"idle_days": 0}, "for 1 to 36500 days, not 0"),
            ({"issue_days": 0}, "over the last 1 to 36500 days, not 0"),
        ):
            with self.subTest(vals), self.assertRaisesRegex(ValidationError, said):
                self.ask(**vals)

    def test_a_screen_that_asks_nonsense_is_refused(self):
        rows = self.env["farm.stock.aging"].with_user(self.manager)
        for context in (
            {"aging_date": "someday"},
            {"aging_date": ["2026-01-01"]},
            {"aging_limits": ["7"]},
            {"aging_basis": "'; DROP"},
            {"aging_idle_days": "9"},
            {"aging_issue_days": "9"},
        ):
            with self.subTest(context), self.assertRaises(ValidationError):
                rows.with_context(**context).search([])

    def test_files_have_the_numbers_of_the_screen(self):
        self.receive_on(99, 2.5)
        self.receive_on(80, 4)
        self.receive_on(10, 8, owner=self.farmer)
        self.receive_on(90, 1)
        self.deliver_on(95, 1)
        ask = self.ask(limits="7, 30", group_by="owner_id")
        rows = self.report(limits="7, 30", group_by="owner_id")
        everything = rows.search(ask._get_domain())
        book = openpyxl.load_workbook(io.BytesIO(aging_sheet(AgingTable(ask))))
        quantities, values, _asked = book
        columns = [cell.value for cell in quantities[1]]
        for sheet, name in ((quantities, "quantity"), (values, "value")):
            for label in ("0–7 days", "8–30 days", "over 30 days"):
                column = columns.index(label)
                shown = sum(row[column].value or 0 for row in list(sheet.rows)[1:])
                real = everything.filtered(lambda row, label=label: row.bucket == label)
                self.assertAlmostEqual(shown, sum(real.mapped(name)), 4)
        self.assertEqual(quantities.cell(2, columns.index("over 30 days") + 1).value, 8)
        column = columns.index("Issued in 30 days")
        shown = [row[column].value for row in list(quantities.rows)[1:]]
        real = everything._read_group(
            ask._get_domain(), ["owner_id"], ["issued_quantity:sum"]
        )
        self.assertEqual(sorted(shown), sorted(issued for _owner, issued in real))
        self.assertIn(1, shown)
        self.assertTrue(ask.action_paper()["url"])
        self.assertTrue(ask.action_sheet()["url"])

    def test_days_on_paper_are_written_one_way_in_the_readers_language(self):
        self.env["res.lang"]._activate_lang("id_ID")
        for lang, day in (("en_US", "15 June 2025"), ("id_ID", "15 Juni 2025")):
            ask = self.ask(date=date(2025, 6, 15)).with_context(lang=lang)
            facts = [value for _label, value in AgingTable(ask).facts()]
            self.assertIn(day, facts)

    def test_values_are_for_managers(self):
        self.receive_on(99, 2)
        self.assertEqual(self.report().value, 6)
        row = self.report(self.keeper)
        self.assertEqual(row.quantity, 2)
        with self.assertRaises(AccessError):
            row.fetch(["value"])
        table = AgingTable(self.ask(self.keeper))
        self.assertFalse(table.shows_values)

    def test_goods_of_others_have_no_value(self):
        self.receive_on(99, 2, owner=self.farmer)
        self.assertEqual(self.report().value, 0)

    def test_only_inventory_users_may_ask(self):
        with self.assertRaises(AccessError):
            self.ask(self.make_user("internal"))

    def test_stock_of_other_companies_is_not_seen(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.receive_on(99, 2)
        outsider = self.make_user(
            "manager", company_id=other.id, company_ids=[(6, 0, other.ids)]
        )
        self.assertFalse(self.report(outsider))

    def test_each_figure_opens_what_is_behind_it(self):
        came = self.receive_on(50, 5)
        gone = self.deliver_on(60, 2)
        self.receive_on(120, 9)
        row = self.report()
        action = row.action_open_moves()
        lines = self.env[action["res_model"]].search(action["domain"])
        self.assertEqual(lines.move_id, came | gone)
        action = row.action_open_quants()
        [quant] = self.env[action["res_model"]].search(action["domain"])
        self.assertEqual(quant.quantity, 12)

    def test_a_company_cannot_keep_buckets_out_of_order(self):
        with self.assertRaisesRegex(ValidationError, "each higher"):
            self.company.aging_limits = "30, 7"
