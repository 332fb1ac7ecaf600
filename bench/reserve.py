"""Reservation by first expired first out, against Odoo core on the same database."""

from functools import partial
from statistics import median

from odoo.addons.farm_traceability.models.rotation.reservation import PLAIN

from bench._measure import row, timed
from bench.rotation.parallel import parallel_rows
from bench.rotation.stock import Shelf, plain_sort

SIZES = (1_000, 10_000, 100_000)
ROUNDS = 5
STOCK = ("stock.quant", "stock.lot")
LINES, LOTS_A_LINE = 100, 1_000
CORE = "core: all stock is read"


def run(env, scale=1.0):
    """Measure look-ups, whole reservations, and pickings at the same time.

    :param env: environment of the superuser; all but the parallel part, which takes
        away what it made, is rolled back
    :param float scale: share of the numbers of lots
    :return: rows as ``make bench`` prints them
    """
    env = env(context=dict(env.context, tracking_disable=True))
    sizes = [max(int(size * scale), 100) for size in SIZES]
    shelves = {size: Shelf(env, size) for size in sizes}
    largest = shelves[sizes[-1]]
    rows = [
        _look_up(f"reserve 15 of {size:,} lots", shelves[size], 15, target)
        for size, target in zip(sizes, (None, 100, 1_000), strict=True)
    ]
    rows.append(_growth(rows[0], rows[-1]))
    rows.append(_look_up("5,000 units over 500 lots", largest, sizes[-1] / 20, 200))
    for share in (0.9, 0.99):
        shelf = Shelf(env, sizes[-1], promised=share)
        name = f"reserve 15, the first {share:.0%} reserved (at most 5 ms)"
        rows.append(_look_up(name, shelf, 15, None))
    env.cr.rollback()
    rows.append(_whole_picking(env, max(int(LOTS_A_LINE * scale), 10)))
    env.cr.rollback()
    return rows + parallel_rows(env, max(int(10_000 * scale), 100))


def _look_up(name, shelf, quantity, target):
    ask = partial(shelf.look_up, quantity)
    ask()
    ours, found = _median(shelf.env, ask, ROUNDS)
    core, there = _median(shelf.env, partial(ask, reservation=PLAIN), 1)
    same = found == there == plain_sort(shelf, quantity)
    return row(name, shelf.count, ours, CORE, core, target, same)


def _median(env, job, rounds):
    """Seconds with the stock unread; the product and the place are known.

    So it is in a reservation: its moves have read them.
    """
    results = [timed(env, job, STOCK) for _round in range(rounds)]
    return median(seconds for seconds, _result in results), results[0][1]


def _growth(small, large):
    """100,000 lots may cost 1.6 times what 1,000 cost, no more."""
    return row(
        f"{large['n']:,} lots against {small['n']:,} (at most 1.6 times)",
        large["n"],
        large["ours_s"],
        f"ours, {small['n']:,} lots",
        small["ours_s"],
        round(1 / 1.6, 3),
        large["same_answer"],
    )


def _whole_picking(env, lots):
    shelves = [Shelf(env, lots) for _line in range(LINES)]
    picking = shelves[0].make_picking(shelves, 15)
    queries, taken, seconds = [], [], []
    env.flush_all()
    for context in ({}, {"reservation": PLAIN}):
        one = picking.with_context(**context)
        before = env.cr.sql_log_count
        spent, _none = timed(env, partial(_assign, one))
        queries.append(env.cr.sql_log_count - before)
        seconds.append(spent)
        taken.append(_taken(picking))
        picking.do_unreserve()
    plain = sorted(entry for shelf in shelves for entry in plain_sort(shelf, 15))
    same = taken[0] == taken[1] == plain
    name = f"_action_assign, {LINES} lines, {queries[0]} queries (core {queries[1]:,})"
    return row(name, lots, seconds[0], CORE, seconds[1], 8, same)


def _assign(picking):
    # Read here: moves that were read before caches are emptied are fetched one by one.
    picking.move_ids._action_assign()


def _taken(picking):
    lines = picking.move_line_ids
    return sorted((line.lot_id.id, line.quantity) for line in lines)
