"""Eight people reserve the same product at the same moment."""

import threading
import time
from contextlib import contextmanager

from odoo import api
from odoo.addons.farm_traceability.models.rotation.reservation import PLAIN
from odoo.service.model import retrying

from bench._measure import row
from bench.rotation.stock import Shelf

PEOPLE = 8
EACH = 15


def parallel_rows(env, count):
    """Throughput of both sides; both commit, and what they made is taken away."""
    ours = _round(env, count, {})
    core = _round(env, count, {"reservation": PLAIN})
    name = "8 pickings of 15 at the same time"
    return [
        row(name, count, ours.seconds, core.story(), core.seconds, 4, ours.is_right())
    ]


def _round(env, count, context):
    with _world(env, count) as world:
        world.reserve(context)
        return world


@contextmanager
def _world(env, count):
    world = _World(env.registry, count)
    try:
        yield world
    finally:
        world.take_away()


class _World:
    """A shelf and its deliveries, seen by all transactions."""

    def __init__(self, registry, count):
        self.registry, self.errors = registry, []
        with self._transaction() as env:
            shelf = Shelf(env, count)
            self.product_id = shelf.product.id
            self.picking_ids = [
                shelf.make_picking([shelf], EACH).id for _one in range(PEOPLE)
            ]

    @contextmanager
    def _transaction(self):
        with self.registry.cursor() as cr:
            yield api.Environment(cr, api.SUPERUSER_ID, {"tracking_disable": True})

    def reserve(self, context):
        gate = threading.Barrier(PEOPLE + 1)
        threads = [
            threading.Thread(target=self._one, args=(gate, picking_id, context))
            for picking_id in self.picking_ids
        ]
        for thread in threads:
            thread.start()
        gate.wait()
        begin = time.perf_counter()
        for thread in threads:
            thread.join()
        self.seconds = time.perf_counter() - begin
        self._count()

    def _one(self, gate, picking_id, context):
        gate.wait()
        try:
            with self._transaction() as env:
                moves = env["stock.picking"].browse(picking_id).move_ids
                # As a request does: Odoo starts again what collided with another.
                retrying(moves.with_context(**context)._action_assign, env)
        except Exception as error:
            self.errors.append(error)

    def _count(self):
        with self._transaction() as env:
            env.cr.execute(
                """SELECT sum(quantity) FROM stock_move_line
                    WHERE product_id = %s AND state NOT IN ('done', 'cancel')""",
                [self.product_id],
            )
            self.promised = env.cr.fetchone()[0] or 0
            env.cr.execute(
                """SELECT lot_id, sum(quantity), sum(reserved_quantity)
                     FROM stock_quant WHERE product_id = %s
                    GROUP BY lot_id HAVING sum(reserved_quantity) > 0""",
                [self.product_id],
            )
            self.lots = env.cr.fetchall()

    def is_right(self):
        """Everybody got everything, no lot was promised twice."""
        reserved = sum(lot[2] for lot in self.lots)
        return (
            not self.errors
            and self.promised == reserved == PEOPLE * EACH
            and all(there >= promised for _lot, there, promised in self.lots)
        )

    def story(self):
        twice = sum(1 for _lot, there, promised in self.lots if promised > there)
        return (
            f"core: {len(self.errors)} errors, {twice} lots promised twice,"
            f" {self.promised:g} of {PEOPLE * EACH} promised"
        )

    def take_away(self):
        with self._transaction() as env:
            for table in ("stock_move_line", "stock_move", "stock_quant", "stock_lot"):
                env.cr.execute(
                    f"DELETE FROM {table} WHERE product_id = %s",
                    [self.product_id],
                )
            env["stock.picking"].browse(self.picking_ids).unlink()
            env["product.product"].browse(self.product_id).unlink()
