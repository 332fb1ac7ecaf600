import os
import random
import time
from concurrent.futures import ThreadPoolExecutor
from unittest.mock import patch

from odoo import sql_db
from odoo.exceptions import UserError
from odoo.service.model import retrying
from odoo.tests import tagged

from .parallel_common import AGAIN, ParallelHoldCase

WORKERS = 16
SECONDS = int(os.environ.get("FARM_STRESS_SECONDS", "60"))
LOTS, PER_LOT = 12, 50.0
STOCK = LOTS * PER_LOT


class ParallelRotationCase(ParallelHoldCase):
    def make_world(self, env):
        world = super().make_world(env)
        env.cr.execute(
            "DELETE FROM stock_quant WHERE product_id = %s", [self.product_id]
        )
        lots = env["stock.lot"].create(
            [
                {"name": f"ROTATION-{number:02}", "product_id": self.product_id}
                for number in range(LOTS)
            ]
        )
        self.lot_ids = lots.ids
        for lot_id in self.lot_ids:
            self.stock_up(env, lot_id, PER_LOT)
        return world

    def sums(self, query, *values):
        with self.transaction() as env:
            env.cr.execute(query, [self.product_id, *values])
            return dict(env.cr.fetchall())

    def promised_by_lines(self):
        return self.sums(
            """SELECT lot_id, sum(quantity_product_uom) FROM stock_move_line
                WHERE product_id = %s AND state NOT IN ('done', 'cancel')
                GROUP BY lot_id HAVING sum(quantity_product_uom) <> 0"""
        )

    def promised_by_stock(self):
        return self.sums(
            """SELECT lot_id, sum(reserved_quantity) FROM stock_quant
                WHERE product_id = %s AND location_id = %s
                GROUP BY lot_id HAVING sum(reserved_quantity) <> 0""",
            self.stock_id,
        )

    def there(self):
        return self.sums(
            """SELECT lot_id, sum(quantity) FROM stock_quant
                WHERE product_id = %s AND location_id = %s GROUP BY lot_id""",
            self.stock_id,
        )

    def delivered(self):
        return self.sums(
            """SELECT lot_id, sum(quantity_product_uom) FROM stock_move_line
                WHERE product_id = %s AND state = 'done' GROUP BY lot_id"""
        )

    def check_books(self):
        """Quants and move lines agree, and nothing is promised twice."""
        promised, there = self.promised_by_stock(), self.there()
        delivered = self.delivered()
        self.assertEqual(self.promised_by_lines(), promised)
        for lot_id in self.lot_ids:
            self.assertLessEqual(promised.get(lot_id, 0), there.get(lot_id, 0))
            self.assertEqual(
                there.get(lot_id, 0) + delivered.get(lot_id, 0), PER_LOT, lot_id
            )


@tagged("post_install", "-at_install")
class TestReserveAtTheSameTime(ParallelRotationCase):
    def test_what_somebody_else_is_taking_is_passed_over(self):
        first, second, *_others = self.lot_ids
        one, other = self.make_delivery(), self.make_delivery()
        with self.transaction() as env:
            self.reserve(env, one)
            with self.transaction() as env_meanwhile:
                self.reserve(env_meanwhile, other)
        self.assertEqual(self.lots_of(one), [first])
        self.assertEqual(self.lots_of(other), [second])
        self.check_books()

    def test_what_was_taken_since_the_request_began_is_passed_over(self):
        first, second, *_others = self.lot_ids
        one, other = self.make_delivery(), self.make_delivery()
        with self.transaction() as env:
            env.cr.execute("SELECT count(*) FROM stock_quant")
            with self.transaction() as env_meanwhile:
                self.reserve(env_meanwhile, other)
            self.reserve(env, one)
        self.assertEqual(self.lots_of(other), [first])
        self.assertEqual(self.lots_of(one), [second])
        self.check_books()

    def test_the_last_stock_is_waited_for(self):
        """Where all is needed, the second one waits, and gets what is left."""
        one, other = self.make_delivery(STOCK - 5), self.make_delivery(15)
        with (
            self.meanwhile(lambda env: self.reserve(env, other)) as second,
            self.transaction() as env,
        ):
            self.reserve(env, one)
            second.start()
            self.wait_until_blocked()
        self.assertEqual(sum(self.promised_by_lines().values()), STOCK)
        with self.transaction() as env:
            moves = env["stock.picking"].browse([one, other]).move_ids
            self.assertEqual(moves.mapped("quantity"), [STOCK - 5, 5])
        self.check_books()

    def test_where_stock_is_not_walked_others_are_waited_for(self):
        with self.transaction() as env:
            closest = env.ref("stock.removal_closest")
            env["product.product"].browse(self.product_id).removal_strategy_id = closest
        one, other = self.make_delivery(), self.make_delivery()
        with (
            self.meanwhile(lambda env: self.reserve(env, other)) as second,
            self.transaction() as env,
        ):
            self.reserve(env, one)
            second.start()
            self.wait_until_blocked()
        self.assertEqual(sum(self.promised_by_lines().values()), 10)
        self.check_books()


@tagged("post_install", "-at_install")
class TestWorkAtTheSameTime(ParallelRotationCase):
    def test_sixteen_people_on_the_same_lots(self):
        # Each of them has a connection, and what happens after a commit another.
        self.enterContext(patch.object(sql_db._Pool, "_maxconn", 3 * WORKERS))
        self.until = time.monotonic() + SECONDS
        with ThreadPoolExecutor(WORKERS) as pool:
            counts = [
                future.result()
                for future in [pool.submit(self.work, n) for n in range(WORKERS)]
            ]
        self.work_off()
        self.release_all()
        for kind in ("reserve", "unreserve", "deliver", "hold"):
            self.assertGreater(sum(count[kind] for count in counts), 0, kind)
        self.check_books()

    def work(self, number):
        """What one of them does, and how often it came to its end."""
        dice, mine = random.Random(number), []
        counts = dict.fromkeys(("reserve", "unreserve", "deliver", "hold"), 0)
        while time.monotonic() < self.until:
            kind = dice.choice(("reserve", "reserve", "unreserve", "deliver", "hold"))
            counts[kind] += bool(getattr(self, f"try_{kind}")(dice, mine))
        return counts

    def once(self, job):
        """Do a job in a transaction of its own; a sentence to the user ends it."""
        try:
            with self.transaction() as env:
                retrying(lambda: job(env), env)
                return True
        except (UserError, *AGAIN):
            return False

    def try_reserve(self, dice, mine):
        quantity, made = float(dice.randint(1, 12)), []
        done = self.once(lambda env: made.append(self.order(env, quantity).id))
        mine += made[-1:] if done else []
        return done

    def try_unreserve(self, dice, mine):
        if not mine:
            return False
        picking_id = dice.choice(mine)
        return self.once(lambda env: self.picking(env, picking_id).do_unreserve())

    def try_deliver(self, dice, mine):
        # Most of what there is stays, so that the others find something.
        if not mine or dice.random() < 0.7:
            return False
        picking_id = mine.pop(dice.randrange(len(mine)))
        return self.once(lambda env: self.deliver(env, picking_id))

    def picking(self, env, picking_id):
        picking = env["stock.picking"].browse(picking_id)
        return picking.filtered(lambda one: one.state not in ("done", "cancel"))

    def deliver(self, env, picking_id):
        moves = self.picking(env, picking_id).move_ids
        moves.filtered("quantity").picked = True
        moves.filtered("picked")._action_done()

    def try_hold(self, dice, mine):
        placed = []
        lot_id = dice.choice(self.lot_ids)
        done = self.once(lambda env: placed.append(self.place(env, lot_id).id))
        if done:
            self.once(lambda env: self.release(env, placed[-1]))
        return done

    def release(self, env, hold_id):
        env["farm.hold"].browse(hold_id)._release("Looked at")

    def release_all(self):
        with self.transaction() as env:
            holds = env["farm.hold"].browse(self.holds).exists()
            for hold in holds.filtered(lambda one: one.state == "open"):
                hold._release("Looked at")
