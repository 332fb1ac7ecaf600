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

    def test_what_came_lately_is_kept_however_long_ago_it_was(self):
        self.pass_by(self.make_point(), "A", at=0)
        stray = self.reads()
        self.assertEqual(self.pass_by(self.make_point(), "B"), "applied")
        # As a device with a broken clock may have it believed.
        self.move_to(stray, "2003-02-07")
        self.bring_up_to_date()
        self.bring_up_to_date()
        self.assertEqual(self.partition_of(stray), "farm_read_log_2003_02")
        with self.later(days=23 * 30):
            self.bring_up_to_date()
            self.assertTrue(stray.exists())
        with self.later(days=26 * 30):
            self.bring_up_to_date()
            self.assertFalse(stray.exists())
            self.assertNotIn(date(2003, 2, 1), self.model._months())

    def move_to(self, read, day):
        self.env.cr.execute(
            """SELECT set_config('farm_read_log.sorting', 'on', TRUE);
               WITH old AS (DELETE FROM farm_read_log WHERE id = %(id)s RETURNING *)
               INSERT INTO farm_read_log (
                      id, at, dwell, event_id, device_id, point_id, location_id,
                      company_id, times, meaning, outcome, tag)
               SELECT id, %(day)s, dwell, event_id, device_id, point_id, location_id,
                      company_id, times, meaning, outcome, tag FROM old;
               SELECT set_config('farm_read_log.sorting', 'off', TRUE)""",
            {"id": read.id, "day": day},
        )
        self.model.invalidate_model()

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
