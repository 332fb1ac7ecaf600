import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier

import odoo
from odoo import SUPERUSER_ID, api
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import BaseCase, get_db_name, tagged

THREADS = 4
RECEIPTS = 3
BUNCHES = 5


@tagged("post_install", "-at_install")
class TestParallelReceipts(BaseCase):
    """Real transactions at the same time, each with its own connection.

    It commits what it makes and takes it away again, so it stands apart from the
    tests that run in one transaction.
    """

    def setUp(self):
        super().setUp()
        if "pytest" not in sys.modules:
            self.skipTest("Odoo's own runner holds the registry: threads would wait")
        self.registry = odoo.modules.registry.Registry(get_db_name())
        self.made = []
        self.addCleanup(self.take_away)
        with self.registry.cursor() as cr:
            self.cycle_id, self.product_id = self.make_world(
                api.Environment(cr, SUPERUSER_ID, {})
            )

    def make(self, model, vals):
        record = model.create(vals)
        self.made.append((record._name, record.ids))
        return record

    def make_world(self, env):
        role = env["farm.role"].search([("code", "=", "farmer")])
        today = date.today()
        region = self.make(
            env["farm.region"],
            {"name": "Parallel", "code": "PARALLEL", "level": "village"},
        )
        farmer = self.make(
            env["res.partner"],
            {
                "name": "Parallel Farmer",
                "farm_role_ids": [Command.set(role.ids)],
                "farm_region_id": region.id,
            },
        )
        crop = self.make(env["farm.crop"], {"name": "Parallel", "code": "PARLEL"})
        plot = self.make(env["farm.plot"], {"name": "P", "farmer_id": farmer.id})
        cycle = self.make(
            env["farm.cycle"],
            {"plot_id": plot.id, "crop_id": crop.id, "state": "harvesting"},
        )
        scheme = self.make(
            env["farm.certification.scheme"], {"name": "P", "code": "PARALLEL"}
        )
        certificate = self.make(
            env["farm.certificate"],
            {
                "name": "P-1",
                "scheme_id": scheme.id,
                "authority_id": farmer.id,
                "farmer_id": farmer.id,
                "valid_from": today - timedelta(days=1),
                "valid_to": today + timedelta(days=1),
                "line_ids": [Command.create({"crop_id": crop.id})],
            },
        )
        certificate.action_issue()
        product = self.make(
            env["product.product"],
            {
                "name": "Parallel",
                "is_storable": True,
                "tracking": "lot",
                "farm_crop_id": crop.id,
            },
        )
        return cycle.id, product.id

    def take_away(self):
        with self.registry.cursor() as cr:
            # The ORM deletes no posted harvest, issued certificate, published guide.
            cr.execute(
                "SELECT id FROM farm_harvest WHERE cycle_id = %s", [self.cycle_id]
            )
            harvests = [row[0] for row in cr.fetchall()]
            self.delete(cr, "stock_quant", "product_id", [self.product_id])
            self.delete(cr, "stock_move_line", "product_id", [self.product_id])
            self.delete(cr, "stock_move", "product_id", [self.product_id])
            self.delete(cr, "stock_picking", "harvest_id", harvests)
            self.delete(cr, "stock_lot", "product_id", [self.product_id])
            self.delete(cr, "farm_harvest", "id", harvests)
            for model, ids in reversed(self.made):
                if model in ("farm.certificate", "farm.guide"):
                    self.delete(cr, model.replace(".", "_"), "id", ids)
                else:
                    env = api.Environment(cr, SUPERUSER_ID, {})
                    env[model].browse(ids).unlink()

    def delete(self, cr, table, column, ids):
        cr.execute(f"DELETE FROM {table} WHERE {column} = ANY(%s)", [ids])

    def receive_some(self, barrier):
        """Receive in own transactions, the last of them ended after all have begun."""
        names = []
        for _number in range(RECEIPTS):
            with self.registry.cursor() as cr:
                env = api.Environment(cr, SUPERUSER_ID, {})
                barrier.wait(timeout=60)
                harvest = env["farm.harvest"].receive_at_farm_gate(
                    {"cycle_id": self.cycle_id},
                    [{"product_id": self.product_id, "quantity": 1}] * BUNCHES,
                )
                names += harvest.lot_ids.mapped("name")
                env.flush_all()
                barrier.wait(timeout=60)
        return names

    def test_lot_names_never_collide_in_parallel_receipts(self):
        barrier = Barrier(THREADS)
        with ThreadPoolExecutor(THREADS) as pool:
            runs = [pool.submit(self.receive_some, barrier) for _ in range(THREADS)]
            names = [name for run in runs for name in run.result()]
        self.assertEqual(len(names), THREADS * RECEIPTS * BUNCHES)
        self.assertEqual(len(set(names)), len(names))
        with self.registry.cursor() as cr:
            cr.execute(
                "SELECT name FROM stock_lot WHERE product_id = %s", [self.product_id]
            )
            self.assertEqual(sorted(row[0] for row in cr.fetchall()), sorted(names))

    def at_once(self):
        """Two transactions at the same time."""
        first, second = (
            self.enterContext(self.registry.cursor()) for _number in range(2)
        )
        return (api.Environment(cr, SUPERUSER_ID, {}) for cr in (first, second))

    def test_a_second_click_at_the_same_time_is_refused(self):
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            cycle = env["farm.cycle"].browse(self.cycle_id)
            receipt = self.make(
                env["farm.receipt"],
                {
                    "farmer_id": cycle.farmer_id.id,
                    "cycle_id": cycle.id,
                    "line_ids": [Command.create({"quantity": 1})],
                },
            )
        first, second = (receipt.with_env(env) for env in self.at_once())
        first.action_receive()
        with self.assertRaisesRegex(UserError, "being received by another click"):
            second.action_receive()
        first.env.cr.rollback()
        second.action_receive()
        second.env.cr.rollback()

    def test_a_guide_is_corrected_by_one_at_a_time(self):
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            cycle = env["farm.cycle"].browse(self.cycle_id)
            guide = self.make(
                env["farm.guide"],
                {
                    "code": "PARALLEL",
                    "crop_id": cycle.crop_id.id,
                    "authority_id": cycle.farmer_id.id,
                    "shelf_life_ids": [
                        Command.create(
                            {"temperature_min": 20, "temperature_max": 35, "days": 7}
                        )
                    ],
                },
            )
            guide.action_publish()
        first, second = (
            env["farm.guide.correction"].create(
                {"guide_id": guide.id, "reason": "The dose was wrong"}
            )
            for env in self.at_once()
        )
        first.action_correct()
        with self.assertRaisesRegex(UserError, "being changed by somebody else"):
            second.action_correct()
        first.env.cr.rollback()
        second.env.cr.rollback()
