from odoo.tests import freeze_time, tagged

from .test_snapshot import SnapshotCase

LATER = "2026-09-20 03:00:00"


@tagged("post_install", "-at_install")
class TestSnapshotLedger(SnapshotCase):
    """What is gone for long is told no more."""

    def forget(self):
        self.env.flush_all()
        self.env["farm.device.item"]._forget_gone()

    def rows(self):
        """Rows of the farmer."""
        return self.env["farm.device.item"].search(
            [
                ("device_id", "=", self.device.id),
                ("kind", "=", "farmer"),
                ("res_id", "=", self.farmer.id),
            ]
        )

    def leave(self):
        """The farmer leaves the region, and something else happens after that."""
        self.sync()
        self.farmer.farm_region_id = self.other_village
        self.sync()
        self.make_farmer(farm_code="NEW")
        self.sync()

    def test_what_is_gone_is_kept_for_some_time(self):
        self.leave()
        self.assertTrue(self.rows().is_gone)
        self.forget()
        self.assertTrue(self.rows())

    def test_what_is_gone_for_long_is_forgotten(self):
        self.leave()
        with freeze_time(LATER):
            self.sync()
            self.forget()
            self.assertFalse(self.rows())
            self.assertEqual(self.sync(), [])
            self.farmer.farm_region_id = self.village
            self.assertIn(self.farmer.id, self.told(self.sync(), "farmer"))
            self.forget()
            self.assertTrue(self.rows())

    def test_who_was_away_finds_that_it_carries_something_else(self):
        self.sync()
        since, carried = self.since, dict(self.carried)
        self.leave()
        with freeze_time(LATER):
            self.sync()
            self.forget()
            page = self.page(since=since)
            self.carried = carried | {
                (item["kind"], item["id"]): item["version"] for item in page["items"]
            }
            self.assertNotEqual(page["state_hash"], self.state_hash())
            self.sync(since=0)
            self.assertNotIn(("farmer", self.farmer.id), self.carried)

    def test_the_last_number_is_not_given_twice(self):
        self.sync()
        self.farmer.farm_region_id = self.other_village
        self.sync()
        last = self.since
        with freeze_time(LATER):
            self.forget()
            self.make_farmer(farm_code="NEW")
            self.sync()
        self.assertGreater(self.since, last)
