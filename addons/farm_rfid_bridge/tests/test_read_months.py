from datetime import date, timedelta

from odoo.fields import Datetime
from odoo.tests import freeze_time, tagged
from odoo.tools import SQL

from ..models.read import months
from ..models.read.farm_read_months import KEPT
from .read_common import ReadCase


@tagged("post_install", "-at_install")
class TestReadMonths(ReadCase):
    """The table of reads by the month."""

    def setUp(self):
        super().setUp()
        self.model = self.env["farm.read"]
        self.env["ir.config_parameter"].sudo().set_param(KEPT, 24)

    def partition_of(self, read):
        [(name,)] = self.env.execute_query(
            SQL(
                "SELECT tableoid::regclass::text FROM farm_read_log WHERE id = %s",
                read.id,
            )
        )
        return name

    def bring_up_to_date(self):
        for change in self.model._get_changes():
            self.assertTrue(self.model._change(change))

    def test_months_are_made_ahead(self):
        self.bring_up_to_date()
        wanted = {date(2026, month, 1) for month in (6, 7, 8, 9)}
        self.assertLessEqual(wanted, set(self.model._months()))
        self.assertFalse(self.model._get_changes())

    def test_a_read_without_its_month_is_kept_and_sorted_later(self):
        for month in self.model._months():
            self.env.cr.execute(months.drop_month(month))
        self.assertEqual(self.pass_by(self.make_point(), "A"), "applied")
        self.assertEqual(self.partition_of(self.reads()), months.REST)
        self.bring_up_to_date()
        self.assertEqual(self.partition_of(self.reads()), "farm_read_log_2026_06")
        self.assertEqual(self.reads().tag, "A")

    def test_old_months_are_dropped_as_a_whole(self):
        self.bring_up_to_date()
        self.pass_by(self.make_point(), "A")
        old = self.reads()
        with self.later(days=80):
            self.env["ir.config_parameter"].sudo().set_param(KEPT, 2)
            self.bring_up_to_date()
            self.assertEqual(min(self.model._months()), date(2026, 7, 1))
            self.assertFalse(old.exists())

    def test_0_months_keep_all(self):
        self.bring_up_to_date()
        self.env["ir.config_parameter"].sudo().set_param(KEPT, 0)
        with self.later(days=3_000):
            self.bring_up_to_date()
        self.assertIn(date(2026, 6, 1), self.model._months())

    def later(self, days):
        return freeze_time(Datetime.now() + timedelta(days=days))

    def test_the_job_does_it(self):
        for month in self.model._months():
            self.env.cr.execute(months.drop_month(month))
        with self.enter_registry_test_mode():
            self.env.ref("farm_rfid_bridge.cron_read_months").method_direct_trigger()
        self.assertIn(date(2026, 6, 1), self.model._months())

    def test_a_screen_of_reads_asks_only_the_months_it_shows(self):
        self.bring_up_to_date()
        domain = [("at", ">=", "2026-06-09"), ("at", "<", "2026-06-16")]
        query = self.model.with_user(self.picker)._search(domain, limit=80)
        rows = self.env.execute_query(SQL("EXPLAIN %s", query.select()))
        plan = "\n".join(row[0] for row in rows)
        self.assertIn("farm_read_log_2026_06", plan)
        self.assertNotIn("farm_read_log_2026_07", plan)

    def test_how_many_statements_a_batch_takes_does_not_depend_on_its_size(self):
        point = self.make_point("observe", self.stock)
        # The first push and the one after it fill caches.
        cold, warm, few, many = (self.make_lots(count) for count in (2, 2, 2, 20))
        counts = []
        for lots in (cold, warm, few, many):
            self.see(point, *lots)
            before = self.env.cr.sql_log_count
            self.pushed(device=self.gate, first=len(self.journal.events))
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[2], counts[3])
