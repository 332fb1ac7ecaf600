from unittest.mock import patch

from odoo.tests import tagged

from ..models.hold import farm_hold_promise
from .killed_common import KilledCase

PLACING = """
    lots = env["stock.lot"].browse([int(one) for one in sys.argv[3:]])
    env["farm.hold"]._place(lots, "quality", "Killed")
    env.flush_all()
    wait_for_the_end()
"""
WORKING_OFF = """
    from odoo.addons.farm_traceability.models.hold import farm_hold_promise

    farm_hold_promise.AT_ONCE = 2
    jobs = env.registry["ir.cron"]
    commit = jobs._commit_progress

    def commit_and_wait(self, *args, **kwargs):
        commit(self, *args, **kwargs)
        wait_for_the_end()

    jobs._commit_progress = commit_and_wait
    env["farm.hold"]._cron_take_back()
"""


@tagged("post_install", "-at_install")
class TestKilled(KilledCase):
    """A process is killed in the middle: nothing is half done, the next one goes on."""

    def held(self):
        with self.transaction() as env:
            lots = env["stock.lot"].browse(self.lot_ids)
            return lots.mapped(lambda lot: bool(lot.is_on_hold))

    def test_placing_is_all_or_nothing(self):
        picking = self.make_delivery()
        with self.transaction() as env:
            self.reserve(env, picking)
        self.killed(PLACING, *self.lot_ids)
        self.assertEqual(self.held(), [False] * 3)
        self.assertTrue(self.lots_of(picking))

    def place_for_the_job(self):
        """More reservations than one transaction takes back: the job's work."""
        pickings = [self.make_delivery(3.0) for _number in range(6)]
        with self.transaction() as env:
            for picking in pickings:
                self.reserve(env, picking)
        with (
            patch.object(farm_hold_promise, "AT_ONCE", 2),
            self.transaction() as env,
        ):
            return self.place(env, *self.lot_ids).id

    def test_the_job_goes_on_where_it_was_killed(self):
        hold_id = self.place_for_the_job()
        self.assertEqual(self.held(), [True] * 3)
        with self.transaction() as env:
            hold = env["farm.hold"].browse(hold_id)
            before = hold.pending_count
            self.assertEqual((before, hold.progress), (hold.promised_count, 0))
        self.killed(WORKING_OFF)
        with self.transaction() as env:
            hold = env["farm.hold"].browse(hold_id)
            # Two lines, and what else the last one's transfer has of the lots.
            self.assertIn(before - hold.pending_count, (2, 3))
            self.assertGreater(hold.progress, 0)
        self.work_off()
        self.assertEqual(self.promised(), [])
        with self.transaction() as env:
            hold = env["farm.hold"].browse(hold_id)
            self.assertEqual((hold.pending_count, hold.progress), (0, 100))
            activities = env["mail.activity"].search(
                [
                    ("res_model", "=", "stock.picking"),
                    ("res_id", "in", self.pickings),
                ]
            )
            self.assertEqual(len(activities), 6)

    def test_what_waits_for_the_job_cannot_leave_meanwhile(self):
        self.place_for_the_job()
        with self.transaction() as env:
            picking = env["stock.picking"].browse(self.pickings[0])
            picking.move_ids.picked = True
            with self.assertRaisesRegex(Exception, "on hold"):
                picking._action_done()
            env.cr.rollback()
