from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from odoo.tests import tagged

from .parallel_common import ParallelHoldCase

RESERVERS = 4


@tagged("post_install", "-at_install")
class TestParallelHolds(ParallelHoldCase):
    """Somebody places a hold while somebody else reserves or ships."""

    def test_reserved_first_and_not_committed(self):
        picking = self.make_delivery()
        first, second, _third = self.lot_ids
        with (
            self.meanwhile(lambda env: self.place(env, first)) as placing,
            self.transaction() as env,
        ):
            self.reserve(env, picking)
            placing.start()
            self.wait_until_blocked()
        self.assertEqual(self.promised(), [])
        self.assertEqual(self.lots_of(picking), [second])

    def test_placed_first_and_not_committed(self):
        picking = self.make_delivery()
        first, second, _third = self.lot_ids
        with (
            self.meanwhile(lambda env: self.reserve(env, picking)) as reserving,
            self.transaction() as env,
        ):
            self.place(env, first)
            reserving.start()
            reserving.join(60)  # nobody waits: the lot is passed over
        self.assertEqual(self.promised(), [])
        self.assertEqual(self.lots_of(picking), [second])

    def test_the_lot_comes_in_and_is_promised_in_the_same_moment(self):
        """Its stock and its promise are new: the one who places cannot see them."""
        first, second, third = self.lot_ids
        picking = self.make_delivery(25.0)
        with (
            self.meanwhile(lambda env: self.place(env, third)) as placing,
            self.transaction() as env,
        ):
            self.receive(env, third)
            self.reserve(env, picking)
            placing.start()
            self.wait_until_blocked()
        self.work_off()
        self.assertEqual(self.promised(), [])
        self.assertEqual(self.lots_of(picking), [first, second])

    def test_the_lot_comes_in_while_the_hold_is_placed(self):
        third = self.lot_ids[2]
        picking = self.make_delivery(25.0)

        def receive_and_reserve(env):
            self.receive(env, third)
            self.reserve(env, picking)

        with (
            self.meanwhile(receive_and_reserve) as receiving,
            self.transaction() as env,
        ):
            self.place(env, third)
            receiving.start()
            self.wait_until_blocked()
        self.assertEqual(self.promised(), [])
        self.assertNotIn(third, self.lots_of(picking))

    def test_shipped_first_or_held_first(self):
        picking = self.make_delivery()
        with self.transaction() as env:
            self.reserve(env, picking)

        def ship(env):
            transfer = env["stock.picking"].browse(picking)
            transfer.move_ids.picked = True
            transfer._action_done()

        with (
            self.meanwhile(ship) as shipping,
            self.transaction() as env,
        ):
            self.place(env, *self.lot_ids[:2])
            shipping.start()
            self.wait_until_blocked()
        self.assertEqual(self.promised(), [])
        with self.transaction() as env:
            self.assertEqual(
                env["stock.picking"].browse(picking).move_line_ids.filtered("quantity"),
                env["stock.move.line"],
            )

    def test_two_holds_on_one_lot_one_placed_one_released(self):
        lot = self.lot_ids[0]
        with self.transaction() as env:
            hold = self.place(env, lot).id
        with (
            self.meanwhile(lambda env: self.place(env, lot)) as placing,
            self.transaction() as env,
        ):
            env["farm.hold"].browse(hold)._release("Clean")
            env.flush_all()
            placing.start()
            self.wait_until_blocked()
        with self.transaction() as env:
            self.assertTrue(env["stock.lot"].browse(lot).is_on_hold)

    def test_many_at_once(self):
        pickings = [self.make_delivery(3.0) for _number in range(RESERVERS * 3)]
        barrier = Barrier(RESERVERS + 1)

        def reserve_some(mine):
            for picking in mine:
                barrier.wait(60)
                self.retrying(lambda env, one=picking: self.reserve(env, one))

        def place_one_by_one():
            for lot in self.lot_ids:
                barrier.wait(60)
                self.retrying(lambda env, one=lot: self.place(env, one))

        with ThreadPoolExecutor(RESERVERS + 1) as pool:
            runs = [
                pool.submit(reserve_some, pickings[number::RESERVERS])
                for number in range(RESERVERS)
            ]
            runs.append(pool.submit(place_one_by_one))
            for run in runs:
                run.result(120)
        self.work_off()
        self.assertEqual(self.promised(), [])

    def test_a_second_click_on_place_and_release_changes_nothing(self):
        with self.transaction() as env:
            hold = env["farm.hold"].create(
                {
                    "kind": "quality",
                    "reason": "X",
                    "line_ids": [(0, 0, {"lot_id": self.lot_ids[0]})],
                }
            )
            self.holds.append(hold.id)

        def click(env):
            env["farm.hold"].browse(hold.id).action_place()

        with (
            self.meanwhile(click) as second,
            self.transaction() as env,
        ):
            env["farm.hold"].browse(hold.id).action_place()
            env.flush_all()
            second.start()
            second.join(60)
        with self.transaction() as env:
            again = env["farm.hold"].browse(hold.id)
            self.assertEqual(len(again.line_ids), 1)
            again._release("Clean")
            again._release("Clean")
            self.assertEqual(again.state, "released")
