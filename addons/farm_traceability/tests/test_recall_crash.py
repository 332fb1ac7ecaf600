import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import odoo
from odoo import SUPERUSER_ID, api
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import BaseCase, get_db_name, tagged
from odoo.tools import config

# Runs in a process of its own that is killed when it says "ready".
CHILD = """
import sys, time
import odoo
from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.tools import config
config.parse_config(["-c", sys.argv[1], "-d", sys.argv[2], "--log-level=critical"])
registry = Registry(sys.argv[2])
with registry.cursor() as cr:
    env = api.Environment(cr, SUPERUSER_ID, {})
    %s
    env.flush_all()
    print("ready", flush=True)
    time.sleep(120)
"""


@tagged("post_install", "-at_install")
class TestRecallCrash(BaseCase):
    """Real transactions and real kills.

    It commits what it makes and takes it away again, so it stands apart from the
    tests that run in one transaction.
    """

    def setUp(self):
        super().setUp()
        if "pytest" not in sys.modules:
            self.skipTest("Odoo's own runner holds the registry: threads would wait")
        self.registry = odoo.modules.registry.Registry(get_db_name())
        self.addCleanup(self.take_away)
        with self.cursor() as env:
            self.ids = self.make_world(env)

    def cursor(self):
        return _Transaction(self.registry)

    def make_world(self, env):
        product = env["product.product"].create(
            {"name": "Crash hand", "is_storable": True, "tracking": "lot"}
        )
        lots = env["stock.lot"].create(
            [
                {"name": f"CRASH-{number}", "product_id": product.id}
                for number in range(6)
            ]
        )
        warehouse = env["stock.warehouse"].search([], limit=1)
        for lot in lots:
            env["stock.quant"]._update_available_quantity(
                product, warehouse.lot_stock_id, 2, lot_id=lot
            )
        partners = env["res.partner"].create(
            [
                {"name": f"Crash {number}", "email": f"c{number}@example.com"}
                for number in range(30)
            ]
        )
        recall = env["farm.recall"].create(
            {
                "reason": "Crash",
                "reach": "down",
                "start_ids": [
                    Command.create({"record": f"stock.lot,{lot.id}"}) for lot in lots
                ],
            }
        )
        recall.action_scope()
        return {
            "product": product.id,
            "lots": lots.ids,
            "partners": partners.ids,
            "recall": recall.id,
        }

    def take_away(self):
        with self.registry.cursor() as cr:
            for statement in (
                "DELETE FROM mail_mail WHERE id IN (SELECT mail_id FROM"
                " farm_recall_notice WHERE recall_id IN %(recalls)s)",
                "DELETE FROM farm_recall_notice WHERE recall_id IN %(recalls)s",
                "DELETE FROM farm_recall_line WHERE recall_id IN %(recalls)s",
                "DELETE FROM farm_recall_customer WHERE recall_id IN %(recalls)s",
                "DELETE FROM farm_recall WHERE id IN %(recalls)s",
                "DELETE FROM farm_hold WHERE id IN (SELECT hold_id FROM"
                " farm_hold_line WHERE lot_id IN %(lots)s)",
                "DELETE FROM stock_quant WHERE product_id = %(product)s",
                "DELETE FROM stock_lot WHERE id IN %(lots)s",
            ):
                cr.execute(
                    statement,
                    {
                        "recalls": (self.ids["recall"], self.ids.get("twin", 0)),
                        "lots": tuple(self.ids["lots"]),
                        "product": self.ids["product"],
                    },
                )
            env = api.Environment(cr, SUPERUSER_ID, {})
            env["res.partner"].browse(self.ids["partners"]).unlink()
            env["product.product"].browse(self.ids["product"]).unlink()

    def kill_in_the_middle(self, code):
        """Run code in another process, and kill it before it commits."""
        process = subprocess.Popen(
            [sys.executable, "-c", CHILD % code, config["config"], get_db_name()],
            stdout=subprocess.PIPE,
            cwd=Path(__file__).parents[3],
            env=os.environ,
        )
        try:
            for line in process.stdout:
                if line.strip() == b"ready":
                    break
            else:
                self.fail("The other process ended before it was ready")
        finally:
            process.send_signal(signal.SIGKILL)
            process.wait(timeout=60)
            process.stdout.close()

    def test_a_kill_in_the_middle_of_the_hold_leaves_nothing_half_done(self):
        recall_id = self.ids["recall"]
        self.kill_in_the_middle(
            f"env['farm.recall'].browse({recall_id}).action_start()"
        )
        with self.cursor() as env:
            recall = env["farm.recall"].browse(recall_id)
            lots = env["stock.lot"].browse(self.ids["lots"])
            self.assertEqual(recall.state, "scoped")
            self.assertFalse(recall.line_ids)
            self.assertFalse(recall.customer_ids)
            self.assertFalse(any(lots.mapped("is_on_hold")))
            recall.action_start()
            self.assertEqual(recall.state, "running")
            self.assertTrue(all(lots.mapped("is_on_hold")))

    def start_with_customers(self):
        with self.cursor() as env:
            recall = env["farm.recall"].browse(self.ids["recall"])
            recall.action_start()
            env["farm.recall.customer"].create(
                [
                    {"recall_id": recall.id, "partner_id": partner, "kind": "customer"}
                    for partner in self.ids["partners"]
                ]
            )
            recall.action_notify()

    def mails(self, env):
        return env["farm.recall.notice"].search(
            [("recall_id", "=", self.ids["recall"])]
        )

    def test_a_kill_between_two_mails_sends_none_twice(self):
        self.start_with_customers()
        self.kill_in_the_middle(
            "env['farm.recall.notice'].search("
            f"[('recall_id', '=', {self.ids['recall']})], limit=7)._make_mails()"
        )
        with self.cursor() as env:
            self.assertEqual(set(self.mails(env).mapped("state")), {"queued"})
            env["farm.recall.notice"]._cron_send()
        self.assertOneMailEach()

    def assertOneMailEach(self):
        with self.cursor() as env:
            notices = self.mails(env)
            failures = notices.filtered("failure").mapped("failure")
            self.assertEqual(set(notices.mapped("state")), {"outgoing"}, failures)
            self.assertEqual(len(notices.mail_id), len(self.ids["partners"]))
            mails = env["mail.mail"].search(
                [
                    ("model", "=", "farm.recall.customer"),
                    ("res_id", "in", notices.customer_id.ids),
                ]
            )
            self.assertEqual(len(mails), len(self.ids["partners"]))

    def test_two_jobs_at_the_same_time_send_each_mail_once(self):
        self.start_with_customers()
        barrier = Barrier(2)

        def run():
            with self.cursor() as env:
                env["farm.recall.notice"].search_count([])
                barrier.wait(timeout=60)
                env["farm.recall.notice"]._cron_send()

        with ThreadPoolExecutor(2) as pool:
            for future in [pool.submit(run) for _number in range(2)]:
                future.result()
        self.assertOneMailEach()

    def test_two_people_press_the_button_at_the_same_time(self):
        recall_id = self.ids["recall"]
        with self.cursor() as first, self.cursor() as second:
            first["farm.recall"].browse(recall_id).action_start()
            with self.assertRaisesRegex(UserError, "somebody else at this moment"):
                second["farm.recall"].browse(recall_id).action_start()
            first.cr.rollback()
            second.cr.rollback()


class _Transaction:
    """An environment of its own transaction, committed at its end."""

    def __init__(self, registry):
        self.cr = registry.cursor()

    def __enter__(self):
        self.cr.__enter__()
        return api.Environment(self.cr, SUPERUSER_ID, {})

    def __exit__(self, *error):
        return self.cr.__exit__(*error)
