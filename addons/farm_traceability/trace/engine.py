"""The one place that walks genealogy."""

from . import delivery_query, input_query, queries
from .answer import Trace
from .queries import DOWN, UP
from .reading import array, read

BOTH = "both"


def trace(env, lot_ids, direction=BOTH, limit=None):
    """Find the lots that lots were made of, and the lots made of them.

    Genealogy is Odoo's relation between consumed and produced move lines; plain
    moves keep the lot and only change its place. A lot is one substance whatever
    the time: what was consumed of it before more came in counts as the same, so
    that a trace may find too much but never too little. What a reversed operation
    made and used counts for nothing.

    Down from a lot lies also what was grown or treated with it: fruit of the harvests
    after a pesticide was sprayed. Up, such inputs are named beside the lots.

    It takes the same number of statements whatever the size (two more for each time
    that inputs were met on the way down), and reads past record rules and companies on
    purpose: a recall that stops at a company's border is none. It gives ids and numbers
    only; who shows names to a user reads them with that user's rights, and checks that
    the user may read the starting lots.

    :param env: environment
    :param lot_ids: ids of ``stock.lot``; ids that do not exist are dropped
    :param direction: "up" (made of what), "down" (what became of it) or "both"; both
        is up and down from the starting lots, not down again from their origins
    :param limit: most lots in a direction, the nearest first; ``None`` for all
    :rtype: Trace
    """
    if direction not in (UP, DOWN, BOTH):
        raise ValueError(f"Unknown direction of a trace: {direction!r}")
    starts = list(dict.fromkeys(lot_ids))
    found = {
        way: _WALKS[way](env, starts, limit)
        for way in (UP, DOWN)
        if direction in (way, BOTH)
    }
    there = {lot for lots in found.values() for lot in lots[: len(starts)]}
    return Trace(
        env,
        starts=tuple(lot for lot in starts if lot in there),
        direction=direction,
        limit=limit,
        cut=any(limit and len(lots) > limit for lots in found.values()),
        sides={way: lots[:limit] for way, lots in found.items()},
    )


def deliveries(env, lot_ids):
    """Find by which transfers lots, and all that lies downstream of them, left.

    The quick answer to who got it: what Odoo calls the deliveries of a lot, and
    dropships. It takes one statement, and one more for each time that inputs were met.

    :return: ids of ``stock.picking``, ascending
    :rtype: list[int]
    """
    found, seen, fresh = set(), set(), list(lot_ids)
    while fresh:
        seen.update(fresh)
        rows = read(env, delivery_query.deliveries_down(fresh))
        found.update(picking for picking, _fed in rows if picking)
        fresh = [fed for _picking, fed in rows if fed and fed not in seen]
    return sorted(found)


def _up(env, starts, limit):
    return _walk(env, starts, UP, limit)


def _down(env, starts, limit):
    """Again from the lots that were grown or treated with what was found."""
    found = dict.fromkeys(_walk(env, starts, DOWN, limit))
    fresh = list(found)
    while fresh and not (limit and len(found) > limit):
        fed = [lot for (lot,) in read(env, input_query.fed(array(fresh)))]
        more = limit and limit + len(found)
        reached = _walk(env, [lot for lot in fed if lot not in found], DOWN, more)
        fresh = [lot for lot in reached if lot not in found]
        found |= dict.fromkeys(fresh)
    return list(found)


_WALKS = {UP: _up, DOWN: _down}


def _walk(env, starts, way, limit):
    """One lot more than the limit says that there are more."""
    if not starts:
        return []
    more = limit + 1 if limit else None
    return [lot for (lot,) in read(env, queries.walk(starts, way, more))]
