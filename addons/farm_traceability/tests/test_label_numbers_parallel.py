from threading import Barrier, Thread

from odoo.tests import tagged

from ..gs1.keys import make_sscc
from .parallel_common import ParallelHoldCase

# A prefix of its own: what is given here stays given.
PREFIX = "9999900"
WORKERS, EACH = 4, 25


@tagged("post_install", "-at_install")
class TestSsccParallel(ParallelHoldCase):
    """Numbers are taken by several transactions at the same time."""

    def make_world(self, env):
        world = super().make_world(env)
        company = env.company
        self.old = company.read(["gs1_prefix", "sscc_extension_digit"])[0]
        company.write({"gs1_prefix": PREFIX, "sscc_extension_digit": "0"})
        return world

    def take_away(self):
        taken = super().take_away()
        with self.transaction() as env:
            self.old.pop("id", None)
            env.company.write(self.old)
            env.cr.execute("DELETE FROM stock_package WHERE name LIKE 'SSCC-PAR%'")
            env.cr.execute("DELETE FROM farm_sscc WHERE name ~ %s", [f"^0{PREFIX}"])
            env.cr.execute(f"DROP SEQUENCE IF EXISTS farm_sscc_{PREFIX}_0")
        return taken

    def give(self, env, number, count=EACH):
        packages = env["stock.package"].create(
            [{"name": f"SSCC-PAR-{number}-{one}"} for one in range(count)]
        )
        packages.action_give_sscc()
        env.flush_all()
        return packages.mapped("sscc")

    def test_four_at_once_get_a_hundred_different_numbers(self):
        barrier, given, failures = Barrier(WORKERS), [], []

        def work(number):
            try:
                with self.transaction() as env:
                    barrier.wait()
                    given.extend(self.give(env, number))
            except Exception as error:  # it is raised where the test sees it
                failures.append(error)

        workers = [Thread(target=work, args=(one,)) for one in range(WORKERS)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join(60)
        self.assertEqual(failures, [])
        self.assertEqual(len(set(given)), WORKERS * EACH)

    def test_nobody_waits_for_a_transaction_that_has_not_ended(self):
        with self.transaction() as env:
            self.give(env, "first", 1)
        with self.transaction() as slow:
            first = self.give(slow, "slow", 1)
            with self.transaction() as quick:
                second = self.give(quick, "quick", 1)
        self.assertLess(first, second)

    def test_a_transaction_that_fails_leaves_a_gap_and_no_second_use(self):
        with self.transaction() as env:
            before = self.give(env, "before", 1)
            env.cr.commit()
            lost = self.give(env, "lost", 1)
            env.cr.rollback()
            after = self.give(env, "after", 1)
        self.assertEqual(
            [before, lost, after], [[make_sscc(PREFIX, serial)] for serial in range(3)]
        )
