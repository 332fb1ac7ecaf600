"""Stock aging by one statement, against a queue in Python and a plain ORM loop.

The report goes on from the closing of last night, as it does in a database at work;
rows without target say what it takes without any, at a past date, and at night.
"""

from collections import Counter
from datetime import timedelta
from decimal import Decimal
from statistics import median

from odoo import fields
from odoo.addons.farm_traceability.models.aging.buckets import parse_limits
from odoo.addons.farm_traceability.tests.aging_queue import Aging, Line

from bench._measure import row, timed
from bench.stock_age.history import LINES, History

COUNT = 50_000
ROUNDS = 3
BATCH = 20_000
LIMITS = "30, 60, 120, 240, 365"


def run(env, scale=1.0):
    """Measure the report by product and bucket, as its pivot shows it.

    :param env: environment of the superuser; what is made is committed, and taken
        away at the end
    :param float scale: share of a million move lines
    :return: rows as ``make bench`` prints them
    """
    history = History(env, max(int(COUNT * scale), 100))
    try:
        return _rows(history)
    finally:
        history.take_away()


def _rows(history):
    env, lines = history.env, history.count * LINES
    queue, queued = timed(env, lambda: _queue(history, _read_by_sql(env)))
    loop, looped = timed(env, lambda: _queue(history, _read_by_orm(env)))
    whole, told = _median(env, lambda: _statement(env))
    for days in (75, 1):
        history.close(history.today - timedelta(days))
    night, _closing = timed(env, lambda: history.close(history.today))
    ours, table = _median(env, lambda: _statement(env))
    past = history.today.date() - timedelta(60)
    later, _table = _median(env, lambda: _statement(env, past))
    quants = env["stock.quant"].search_count([("company_id", "=", env.company.id)])
    name = f"{lines:,} move lines, {quants:,} quants, by product and bucket"
    return [
        row(name, lines, ours, "queue in Python", queue, 10, table == queued),
        row(name, lines, ours, "plain ORM loop", loop, 50, table == looped),
        row("without any closing", lines, whole, "queue in Python", queue,
            same=told == queued),
        row("60 days ago, closed 15 days before", lines, later),
        row("the closing of a night", lines, night),
    ]  # fmt: skip


def _median(env, job):
    results = [timed(env, job) for _round in range(ROUNDS)]
    env.cr.commit()
    return median(seconds for seconds, _result in results), results[0][1]


def _statement(env, day=None):
    report = env["farm.stock.aging"].with_context(aging_limits=LIMITS, aging_date=day)
    groups = report._read_group([], ["product_id", "bucket_number"], ["quantity:sum"])
    return {(one.id, number): quantity for one, number, quantity in groups}


# -- the queue ---------------------------------------------------------------------


def _queue(history, lines):
    """The layers of a queue, by product and bucket."""
    today, limits = fields.Date.context_today(history.company), parse_limits(LIMITS)
    table = Counter()
    for (shelf, moment), quantity in Aging().take_in(lines).layers().items():
        days = (today - moment.date()).days
        bucket = sum(days > limit for limit in limits) + 1
        table[shelf[1], bucket] += quantity
    return dict(table)


def _read_by_sql(env):
    inside = _inside(env)
    env.cr.execute(
        """SELECT line.id, line.date, line.quantity_product_uom, line.product_id,
                  COALESCE(line.lot_id, 0), COALESCE(line.owner_id, 0),
                  line.location_id, line.location_dest_id, line.move_id,
                  move.origin_returned_move_id
             FROM stock_move_line line
             LEFT JOIN stock_move move ON move.id = line.move_id
            WHERE line.state = 'done' AND line.company_id = %s""",
        [env.company.id],
    )
    return [_line(inside, *found) for found in env.cr.fetchall()]


def _read_by_orm(env):
    inside = _inside(env)
    domain = [("state", "=", "done"), ("company_id", "=", env.company.id)]
    lines, last = [], 0
    while batch := env["stock.move.line"].search(
        [*domain, ("id", ">", last)], order="id", limit=BATCH
    ):
        last = batch[-1].id
        lines += [
            _line(
                inside, line.id, line.date, line.quantity_product_uom,
                line.product_id.id, line.lot_id.id or 0, line.owner_id.id or 0,
                line.location_id.id, line.location_dest_id.id, line.move_id.id,
                line.move_id.origin_returned_move_id.id,
            )
            for line in batch
        ]  # fmt: skip
        env.invalidate_all()
    return lines


def _inside(env):
    domain = [("usage", "in", ("internal", "transit")), ("company_id", "!=", False)]
    return set(env["stock.location"].search(domain).ids)


def _line(inside, number, date, quantity, *goods_and_ends):
    *goods, source, target, move, returned = goods_and_ends
    goods = tuple(goods)
    return Line(
        number,
        date,
        Decimal(quantity),
        (source, *goods) if source in inside else None,
        (target, *goods) if target in inside else None,
        move and (move, *goods),
        returned and (returned, *goods),
    )
