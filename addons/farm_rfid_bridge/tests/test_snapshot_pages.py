from unittest.mock import patch

from odoo.tests import tagged

from ..models.snapshot import farm_device_snapshot_read as reading
from ..protocol import problems
from .test_snapshot import SnapshotCase


@tagged("post_install", "-at_install")
class TestSnapshotPages(SnapshotCase):
    """A snapshot comes page by page, and goes on where it was."""

    def test_pages_follow_one_another(self):
        with patch.object(reading, "PAGE", 3):
            items = self.sync()
        self.assertGreaterEqual(len(self.pages), 3)
        self.assertEqual([len(page["items"]) for page in self.pages[:-1]],
                         [3] * (len(self.pages) - 1))  # fmt: skip
        self.assertEqual(len({(one["kind"], one["id"]) for one in items}), len(items))
        for page in self.pages[:-1]:
            self.assertIsNone(page["since"])
            self.assertIsNone(page["state_hash"])

    def test_a_page_is_asked_twice(self):
        with patch.object(reading, "PAGE", 3):
            token = self.page()["token"]
            self.assertEqual(self.page(token=token), self.page(token=token))

    def test_what_changes_between_two_pages_comes_the_next_time(self):
        with patch.object(reading, "PAGE", 3):
            token = self.page()["token"]
            self.make_farmer(farm_code="LATE")
            items = self.sync()
            self.assertIn("LATE", str(items))
            self.page(token=token)

    def test_a_token_that_was_not_made_here_is_refused(self):
        other, _journal = self.make_device()
        with patch.object(reading, "PAGE", 3):
            token = self.page()["token"]
            forged = token[:-2] + ("AA" if token[-2:] != "AA" else "BB")
            for wrong in (forged, "x", "é", "0.0.0.0.0", token[1:], token + "AAAA"):
                with self.subTest(wrong), self.assertRaises(problems.BadToken):
                    self.page(token=wrong)
            with self.assertRaises(problems.BadToken):
                self.page(other, token=token)

    def test_a_region_that_was_taken_away_ends_the_snapshot(self):
        with patch.object(reading, "PAGE", 3):
            token = self.page(region=self.village.code)["token"]
            self.device.region_ids = self.other_village
            with self.assertRaises(problems.BadToken):
                self.page(token=token)


@tagged("post_install", "-at_install")
class TestSnapshotSize(SnapshotCase):
    """A village is large."""

    COUNT = 10_000

    def make_many(self, count):
        self.env.cr.execute(
            """
            WITH made AS (
                INSERT INTO res_partner
                SELECT (jsonb_populate_record(farmer, jsonb_build_object(
                           'id', nextval('res_partner_id_seq'),
                           'farm_code', 'MANY-' || i))).*
                  FROM res_partner farmer, generate_series(1, %s) i
                 WHERE farmer.id = %s
                RETURNING id)
            INSERT INTO farm_role_res_partner_rel (res_partner_id, farm_role_id)
            SELECT made.id, role.id FROM made, farm_role role
             WHERE role.code = 'farmer'
            """,
            [count, self.farmer.id],
        )
        self.env.cr.execute("ANALYZE res_partner, farm_role_res_partner_rel")

    def counted(self, **asked):
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        page = self.page(**asked)
        return page, self.env.cr.sql_log_count - before

    def test_the_number_of_farmers_does_not_change_the_number_of_queries(self):
        self.make_many(self.COUNT)
        page, first = self.counted()
        counts = []
        while page["token"]:
            page, count = self.counted(token=page["token"])
            counts.append(count)
        self.assertGreaterEqual(len(counts), self.COUNT // reading.PAGE)
        self.assertLessEqual(first, 60)
        self.assertLessEqual(max(counts), 40)
