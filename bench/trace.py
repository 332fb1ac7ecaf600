"""Traces of generated genealogies against Odoo core's own ways to trace.

Downstream the question is: by which transfers was this lot, or what was made of it,
delivered? Core answers it by ``_find_delivery_ids_by_lot_iterative``. Upstream it is:
which lots is this lot made of, by name? Core answers by its traceability report with
every line unfolded; each unfolding is a request of its own there, with empty caches.

The suite's index on lots of move lines helps core too. "Core" is measured as it comes,
without that index (dropped for its turn, in a savepoint); "core with our index" beside.

Rows without a peer: core would take too long. Targets lie on the rows that the issue
names. Growth is shown as a ratio too: what growth in step with the edges would give,
divided by what was measured; one and above is no worse than linear.
"""

import time
from contextlib import contextmanager
from statistics import median

from odoo.addons.farm_traceability.trace import DOWN, UP, deliveries, trace
from odoo.tools import SQL

from bench._measure import row
from bench.genealogy import (
    Genealogies,
    chain,
    edge_count,
    fan_in,
    layered,
    levels,
    tree,
)

OTHER_LINES = 500_000
SIZES = (100, 1_000, 10_000, 100_000)
SHAPES = {"chain": chain, "layered": layered, "tree": tree, "fan-in": fan_in}
CASES = [(shape, size) for shape in SHAPES for size in SIZES]
TARGETS = {
    ("chain", 1_000): 300.0,
    ("layered", 1_000): 300.0,
    ("tree", 10_000): 15.0,
    ("tree", 100_000): 10.0,
}
UPSTREAM_LOTS, UPSTREAM_TARGET = 100, 500.0
GROWTH_FROM = 1_000
INDEX = "stock_move_line_trace_lot_index"
# Beyond that core takes many minutes: it searches all lines once or more per level.
CORE_LEVELS, CORE_EDGES = 1_100, 150_000
ROUNDS, LONG = 5, 3.0


def run(env, scale=1.0):
    """Measure both sides in turn.

    :param env: environment of a database that is thrown away: all is committed
    :param float scale: share of the sizes and of the other move lines
    :return: rows as ``make bench`` prints them
    """
    genealogies = Genealogies(env)
    genealogies.make_others(int(OTHER_LINES * scale))
    cases = [
        _Case(env, genealogies, shape, size, max(12, int(size * scale)))
        for shape, size in CASES
    ]
    upstream = _Upstream(env, genealogies, max(12, int(UPSTREAM_LOTS * scale)))
    for case in [*cases, upstream]:
        case.measure_ours()
        case.measure_core("core with our index")
    with _without_index(env):
        for case in [*cases, upstream]:
            case.measure_core("core")
    rows = [row for case in [*cases, upstream] for row in case.rows()]
    return rows + [row for shape in SHAPES for row in _growth(cases, shape)]


@contextmanager
def _without_index(env):
    with env.cr.savepoint() as savepoint:
        env.cr.execute(SQL("DROP INDEX %s", SQL.identifier(INDEX)))
        yield
        savepoint.rollback()


def _timed(env, job, rounds=ROUNDS):
    """Median seconds, and what the job gave; a long job is run once."""
    seconds = []
    while len(seconds) < rounds:
        env.flush_all()
        env.invalidate_all()
        begin = time.perf_counter()
        result = job()
        seconds.append(time.perf_counter() - begin)
        if seconds[-1] > LONG:
            break
    return median(seconds), result


class _Case:
    """Downstream through one genealogy, from its beginning."""

    def __init__(self, env, genealogies, shape, size, count):
        self.env, self.shape, self.size = env, shape, size
        self.operations = SHAPES[shape](count)
        self.lots = genealogies.make(f"{shape}-{size}", self.operations)
        self.count = len(self.lots)
        self.lot = env["stock.lot"].browse(self.lots[self._start()])
        self.core = {}

    def _start(self):
        """Lot 0; in a merge the lot that is farthest from it."""
        return len(self.lots) - 1 if self.shape == "fan-in" else 0

    def measure_ours(self):
        self.seconds, answer = _timed(self.env, self._who_got_it)
        some = self.lots[:: max(1, self.count // 5)]
        self.answers = {lot: deliveries(self.env, [lot]) for lot in some}
        self.answers[self.lot.id] = answer
        self.whole_seconds, _answer = _timed(self.env, self._whole)

    def _who_got_it(self):
        return deliveries(self.env, self.lot.ids)

    def _whole(self):
        """A merge is followed up from lot 0: down there is a single line."""
        way = UP if self.shape == "fan-in" else DOWN
        answer = trace(self.env, self.lots[:1], way)
        assert len(answer.nodes) == self.count
        return answer.nodes, answer.edges, answer.customers, answer.places

    def measure_core(self, peer):
        if levels(self.operations) > CORE_LEVELS:
            return
        if edge_count(self.operations) > CORE_EDGES:
            return
        job = self.lot._find_delivery_ids_by_lot_iterative
        seconds, found = _timed(self.env, job, 3)
        self.core[peer] = seconds, self._is_same(found)

    def _is_same(self, found):
        """The same for the lot, and for some of those that were made of it."""
        return all(
            sorted(found[lot]) == deliveries
            for lot, deliveries in self.answers.items()
            if lot in found
        )

    def rows(self):
        name = f"who got it, {self.shape} of {self.size:,}"
        target = TARGETS.get((self.shape, self.size))
        for peer, (seconds, same) in sorted(self.core.items()):
            goal = target if peer == "core" else None
            yield row(name, self.count, self.seconds, peer, seconds, goal, same)
        if not self.core:
            yield row(name, self.count, self.seconds)


class _Upstream:
    """All lots that a lot was merged of, by name."""

    def __init__(self, env, genealogies, count):
        self.env = env
        # Ten to one twice over: 100 lots need eleven more above them.
        operations = fan_in(count + count // 9)
        lots = genealogies.make("upstream", operations)
        self.lot, self.count = env["stock.lot"].browse(lots[0]), len(lots)
        self.core = {}

    def measure_ours(self):
        self.seconds, self.answer = _timed(self.env, self._names)
        self.lot_seconds, _names = _timed(self.env, lambda: self._names("name"))
        self.whole_seconds, _answer = _timed(self.env, self._whole)
        self.tab_seconds, _sheet = _timed(self.env, self.lot.get_trace_origins)

    def _names(self, *columns):
        answer = trace(self.env, self.lot.ids, UP)
        lots = self.env["stock.lot"].browse(answer.up_ids)
        return {row["id"]: row for row in lots.read(columns or ["name", "product_id"])}

    def _whole(self):
        names = self._names()
        answer = trace(self.env, self.lot.ids, UP)
        return names, answer.edges, answer.origins(self.lot.id)

    def measure_core(self, peer):
        seconds, found = _timed(self.env, self._unfold)
        self.core[peer] = seconds, found == set(self.answer)

    def _unfold(self):
        """Lots of the report when every line of it has been unfolded."""
        todo, lots, open_lines = [(False, self.lot, 1)], set(), set()
        while todo:
            line_id, record, level = todo.pop()
            self.env.invalidate_all()
            lines = self.env["stock.traceability.report"].get_lines(
                line_id, model_name=record._name, model_id=record.id, level=level
            )
            lots |= {line["lot_id"] for line in lines}
            for line in lines:
                if line["unfoldable"] and line["model_id"] not in open_lines:
                    open_lines.add(line["model_id"])
                    below = self.env[line["model"]].browse(line["model_id"])
                    todo.append((line["id"], below, level + 1))
        return lots

    def rows(self):
        for peer, (seconds, same) in sorted(self.core.items()):
            goal = UPSTREAM_TARGET if peer == "core" else None
            for name, ours in (
                ("upstream, lots and products by name", self.seconds),
                ("upstream, lots by name", self.lot_seconds),
                ("upstream, with quantities and shares too", self.whole_seconds),
                ("upstream, the tab Origins as shown", self.tab_seconds),
            ):
                yield row(name, self.count, ours, peer, seconds, goal, same)
                goal = None


def _growth(cases, shape):
    """The largest against the size from which fixed costs no longer count."""
    of_shape = {case.size: case for case in cases if case.shape == shape}
    small, large = of_shape[GROWTH_FROM], of_shape[max(of_shape)]
    steps = edge_count(large.operations) / edge_count(small.operations)
    parts = {"who got it": "seconds", "whole trace": "whole_seconds"}
    if shape == "fan-in":
        parts.pop("who got it")
    for name, attribute in parts.items():
        before, after = getattr(small, attribute), getattr(large, attribute)
        yield row(
            f"growth, {name}, {shape} {small.size:,} to {large.size:,}",
            large.count,
            after,
            "linear in edges",
            before * steps,
            1.0,
            True,
        )
