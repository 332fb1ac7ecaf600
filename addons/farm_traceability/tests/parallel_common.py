import random
import sys
import time
from contextlib import contextmanager
from threading import Thread

import odoo
import psycopg2.errors
from odoo import SUPERUSER_ID, api
from odoo.exceptions import ConcurrencyError
from odoo.fields import Command
from odoo.sql_db import db_connect
from odoo.tests import BaseCase, get_db_name
from odoo.tools import mute_logger

AGAIN = (
    psycopg2.errors.SerializationFailure,
    psycopg2.errors.DeadlockDetected,
    psycopg2.errors.LockNotAvailable,
    ConcurrencyError,
)
TRIES = 10


class ParallelHoldCase(BaseCase):
    """Real transactions at the same time: it commits, and takes away what it made."""

    def setUp(self):
        super().setUp()
        if "pytest" not in sys.modules:
            self.skipTest("Odoo's own runner holds the registry: threads would wait")
        self.registry = odoo.modules.registry.Registry(get_db_name())
        # That one of two transactions starts again is what is looked for here.
        self.enterContext(mute_logger("odoo.sql_db"))
        self.addCleanup(self.take_away)
        self.holds, self.pickings = [], []
        with self.transaction() as env:
            self.make_world(env)

    @contextmanager
    def transaction(self):
        with self.registry.cursor() as cr:
            yield api.Environment(cr, SUPERUSER_ID, {"tracking_disable": True})

    def make_world(self, env):
        warehouse = env["stock.warehouse"].search([], limit=1)
        self.stock_id = warehouse.lot_stock_id.id
        self.type_id = warehouse.out_type_id.id
        self.target_id = env.ref("stock.stock_location_customers").id
        self.source_id = env.ref("stock.stock_location_suppliers").id
        product = env["product.product"].create(
            {"name": "Parallel Hold", "is_storable": True, "tracking": "lot"}
        )
        self.product_id = product.id
        self.lot_ids = (
            env["stock.lot"]
            .create(
                [
                    {"name": f"PARALLEL-{number}", "product_id": product.id}
                    for number in range(3)
                ]
            )
            .ids
        )
        for lot in self.lot_ids[:2]:
            self.stock_up(env, lot)

    def stock_up(self, env, lot_id, quantity=10.0):
        env["stock.quant"].create(
            {
                "product_id": self.product_id,
                "lot_id": lot_id,
                "location_id": self.stock_id,
                "quantity": quantity,
            }
        )

    def take_away(self):
        tables = (
            ("mail_activity", "res_id = ANY(%s)", self.pickings),
            ("farm_hold", "id = ANY(%s)", self.holds),
            ("stock_quant", "product_id = ANY(%s)", [self.product_id]),
            ("stock_move_line", "product_id = ANY(%s)", [self.product_id]),
            ("stock_move", "product_id = ANY(%s)", [self.product_id]),
            ("stock_picking", "id = ANY(%s)", self.pickings),
            ("stock_lot", "product_id = ANY(%s)", [self.product_id]),
        )  # fmt: skip
        with db_connect(get_db_name()).cursor() as cr:
            for table, condition, ids in tables:
                cr.execute(f"DELETE FROM {table} WHERE {condition}", [ids])
        with self.transaction() as env:
            env["product.product"].browse(self.product_id).unlink()

    # -- what people do ----------------------------------------------------------------

    def make_delivery(self, quantity=5.0):
        with self.transaction() as env:
            picking = self.order(env, quantity)
            picking.do_unreserve()
        return picking.id

    def order(self, env, quantity):
        """A delivery, confirmed, and thereby reserved if there is something."""
        places = {"location_id": self.stock_id, "location_dest_id": self.target_id}
        goods = {"product_id": self.product_id, "product_uom_qty": quantity}
        picking = env["stock.picking"].create(
            places
            | {
                "picking_type_id": self.type_id,
                "move_ids": [Command.create(places | goods)],
            }
        )
        self.pickings.append(picking.id)
        picking.action_confirm()
        return picking

    def reserve(self, env, picking_id):
        env["stock.picking"].browse(picking_id).action_assign()
        env.flush_all()

    def receive(self, env, lot_id):
        """Move lines without a transfer: the lot comes in and has stock then."""
        places = {"location_id": self.source_id, "location_dest_id": self.stock_id}
        move = env["stock.move"].create(
            places
            | {
                "product_id": self.product_id,
                "product_uom_qty": 10.0,
                "picked": True,
                "move_line_ids": [
                    Command.create(
                        places
                        | {
                            "product_id": self.product_id,
                            "lot_id": lot_id,
                            "quantity": 10.0,
                        }
                    )
                ],
            }
        )
        move._action_done()
        env.flush_all()

    def place(self, env, *lot_ids):
        hold = env["farm.hold"]._place(
            env["stock.lot"].browse(lot_ids), "quality", "Parallel"
        )
        env.flush_all()
        self.holds.append(hold.id)
        return hold

    def retrying(self, work):
        """Begin a transaction again as Odoo does when another one was in the way."""
        for attempt in range(TRIES):
            try:
                with self.transaction() as env:
                    work(env)
                return
            except AGAIN:
                time.sleep(random.uniform(0, 2**attempt / 100))
        raise AssertionError(f"It was in the way {TRIES} times")

    @contextmanager
    def meanwhile(self, work):
        """Run ``work`` in a thread while the body goes on; wait for its end."""
        failures = []

        def run():
            try:
                self.retrying(work)
            except Exception as error:  # it is raised where the test sees it
                failures.append(error)

        thread = Thread(target=run)
        yield thread
        thread.join(60)
        self.assertFalse(thread.is_alive())
        self.assertEqual(failures, [])

    def wait_until_blocked(self, number=1):
        """Until as many other transactions wait for a lock."""
        with db_connect(get_db_name()).cursor() as cr:
            for _look in range(2000):
                cr.execute(
                    """SELECT count(DISTINCT pid) FROM pg_locks
                        WHERE NOT granted AND locktype IN ('transactionid', 'tuple')"""
                )
                if cr.fetchone()[0] >= number:
                    return
                cr.execute("SELECT pg_sleep(0.005)")
                cr.rollback()
        raise AssertionError("Nobody waits")

    # -- what must be true ------------------------------------------------------------

    def work_off(self):
        with self.transaction() as env:
            env["farm.hold"]._cron_take_back()

    def promised(self):
        """Names of held lots that are promised or not flagged, by lines and stock."""
        with self.transaction() as env:
            env.cr.execute(
                """
                SELECT lot.name FROM stock_lot lot
                  JOIN stock_move_line line ON line.lot_id = lot.id
                 WHERE lot.product_id = %(product)s AND lot.is_on_hold
                   AND line.state NOT IN ('done', 'cancel') AND line.quantity > 0
                UNION
                SELECT lot.name FROM stock_lot lot
                  JOIN stock_quant quant ON quant.lot_id = lot.id
                 WHERE lot.product_id = %(product)s AND lot.is_on_hold
                   AND (quant.reserved_quantity > 0 OR quant.is_on_hold IS NOT TRUE)
                """,
                {"product": self.product_id},
            )
            return [name for (name,) in env.cr.fetchall()]

    def lots_of(self, picking_id):
        with self.transaction() as env:
            return env["stock.picking"].browse(picking_id).move_line_ids.lot_id.ids
