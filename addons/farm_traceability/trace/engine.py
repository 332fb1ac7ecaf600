"""The one place that walks genealogy."""

from collections import defaultdict

from . import queries
from .queries import DOWN, ENTRY, UP
from .results import Edge, Event, Node, Place, Trace

BOTH = "both"
# The tables that the statements read.
_MODELS = (
    "farm.harvest",
    "product.product",
    "product.template",
    "res.partner",
    "stock.location",
    "stock.lot",
    "stock.move",
    "stock.move.line",
    "stock.picking",
    "stock.quant",
    "uom.uom",
)


def trace(env, lot_ids, direction=BOTH, limit=None):
    """Find the lots that lots were made of, and the lots made of them.

    Genealogy is Odoo's relation between consumed and produced move lines; plain
    moves keep the lot and only change its place. A lot is one substance whatever
    the time: what was consumed of it before more came in counts as the same, so
    that a trace may find too much but never too little.

    It takes the same number of statements whatever the size, and reads past record
    rules and companies on purpose: a recall that stops at a company's border is
    none. It gives ids and numbers only; who shows names to a user reads them with
    that user's rights, and checks that the user may read the starting lots.

    :param env: environment
    :param lot_ids: ids of ``stock.lot``; ids that do not exist are dropped
    :param direction: "up" (made of what), "down" (what became of it) or "both"; both
        is up and down from the starting lots, not down again from their origins
    :param limit: most lots in a direction, the nearest first; ``None`` for all
    :rtype: Trace
    """
    if direction not in (UP, DOWN, BOTH):
        raise ValueError(f"Unknown direction of a trace: {direction!r}")
    for model in _MODELS:
        env[model].flush_model()
    # Compiling these statements takes PostgreSQL longer than running them.
    env.cr.execute("SET LOCAL jit = off")
    starts = list(dict.fromkeys(lot_ids))
    found = {
        way: _walk(env, starts, way, limit)
        for way in (UP, DOWN)
        if direction in (way, BOTH)
    }
    sides = {way: set(ids[:limit]) for way, ids in found.items()}
    ids = list(dict.fromkeys(lot for lots in found.values() for lot in lots[:limit]))
    events = [Event(*row) for row in _rows(env, queries.events(ids))]
    totals = _totals(events)
    edges = [_edge(row, totals) for row in _rows(env, queries.edges(ids))]
    kept = [edge for edge in edges if _belongs(edge, sides)]
    nodes = _nodes(env, ids, starts, sides, kept)
    return Trace(
        starts=tuple(lot for lot in starts if lot in nodes),
        direction=direction,
        limit=limit,
        cut=any(limit and len(lots) > limit for lots in found.values()),
        nodes=nodes,
        edges=tuple(kept),
        events=tuple(events),
        places=tuple(Place(*row) for row in _rows(env, queries.places(ids))),
        totals=totals,
        missing=_missing(edges, sides.get(UP, ())),
    )


def _rows(env, statement):
    return env.execute_query(statement)


def _walk(env, starts, way, limit):
    """One lot more than the limit says that there are more."""
    more = limit + 1 if limit else None
    return [lot for (lot,) in _rows(env, queries.walk(starts, way, more))]


def _totals(events):
    totals = defaultdict(float)
    for event in events:
        if event.from_usage in ENTRY:
            totals[event.lot_id] += event.quantity
    return dict(totals)


def _edge(row, totals):
    parent, child, consumed, produced, date = row
    return Edge(
        parent,
        child,
        consumed,
        produced,
        _share(consumed, totals.get(parent)),
        _share(produced, totals.get(child)),
        date,
    )


def _share(quantity, total):
    return quantity / total if total else 0.0


def _belongs(edge, sides):
    """An edge lies on a way up or on a way down, with both its lots."""
    return any(
        edge.parent_id in side and edge.child_id in side for side in sides.values()
    )


def _missing(edges, up):
    missing = defaultdict(float)
    for edge in edges:
        if edge.child_id in up and edge.parent_id not in up:
            missing[edge.child_id] += edge.share_of_child
    return dict(missing)


def _nodes(env, ids, starts, sides, edges):
    links = {UP: defaultdict(list), DOWN: defaultdict(list)}
    for edge in edges:
        links[UP][edge.child_id].append(edge.parent_id)
        links[DOWN][edge.parent_id].append(edge.child_id)
    steps = {way: _steps(starts, side, links[way]) for way, side in sides.items()}
    ups, downs = steps.get(UP, {}), steps.get(DOWN, {})
    rows = {row[0]: row for row in _rows(env, queries.lots(ids))}
    return {
        lot: Node(*rows[lot], ups.get(lot), downs.get(lot))
        for lot in ids
        if lot in rows
    }


def _steps(starts, side, links):
    """Fewest steps from the starting lots to each lot of a side."""
    steps = dict.fromkeys((lot for lot in starts if lot in side), 0)
    queue = list(steps)
    for lot in queue:
        for other in links[lot]:
            if other in side and other not in steps:
                steps[other] = steps[lot] + 1
                queue.append(other)
    return steps
