"""Shares of a whole in its beginnings, through splits, merges and loops."""

from collections import defaultdict

# Below this a share is a rounding error.
NOISE = 1e-12


def absorbed_shares(start, parents, missing=None):
    """Follow the shares of a lot up to where they begin.

    A lot's matter that is in none of its parents began with the lot itself. Loops
    are solved exactly: what comes back to a lot is spread again as the lot is. A
    loop that nothing ever entered has no beginning and gives no share.

    :param parents: ``{child: {parent: share of the child}}``
    :param missing: ``{child: share}`` that lies in parents that are not known
    :return: ``{lot: share}`` of the lots where some of ``start`` began, and of those
        reached that have no parents, however small
    :rtype: dict
    """
    missing = missing or {}
    mass = defaultdict(float, {start: 1.0})
    shares = {}
    for knot in reversed(_knots(start, parents)):
        go, stay = _untie(knot, parents, missing)
        for lot in knot:
            here = mass.pop(lot, 0.0)
            for origin, part in stay[lot].items():
                if here * part > NOISE or not parents.get(origin):
                    shares[origin] = shares.get(origin, 0.0) + here * part
            for parent, part in go[lot].items():
                mass[parent] += here * part
    return shares


def _untie(knot, parents, missing):
    """Where the matter of each lot of a knot goes on to, and where it began.

    Gauss-Jordan elimination: after it no lot of the knot points into the knot.
    """
    go = {lot: dict(parents.get(lot, ())) for lot in knot}
    stay = {}
    for lot in knot:
        own = 1.0 - sum(go[lot].values()) - missing.get(lot, 0.0)
        stay[lot] = {lot: own} if own > NOISE else {}
    inside = [lot for lot in knot if len(knot) > 1 or lot in go[lot]]
    for lot in inside:
        back = go[lot].pop(lot, 0.0)
        scale = 1.0 / (1.0 - back) if 1.0 - back > NOISE else 0.0
        for targets in (go[lot], stay[lot]):
            for key in targets:
                targets[key] *= scale
        for other in inside:
            part = go[other].pop(lot, 0.0) if other != lot else 0.0
            if part:
                _add(go[other], go[lot], part)
                _add(stay[other], stay[lot], part)
    return go, stay


def _add(target, source, part):
    for key, value in source.items():
        target[key] = target.get(key, 0.0) + part * value


def _knots(start, parents):
    """Strongly connected lots above ``start``, parents before children (Tarjan)."""
    order, low, path, knots = {start: 0}, {start: 0}, [start], []
    placed = set()
    todo = [(start, iter(parents.get(start, ())))]
    while todo:
        lot, above = todo[-1]
        for parent in above:
            if parent not in order:
                order[parent] = low[parent] = len(order)
                path.append(parent)
                todo.append((parent, iter(parents.get(parent, ()))))
                break
            if parent not in placed:
                low[lot] = min(low[lot], order[parent])
        else:
            todo.pop()
            if todo:
                child = todo[-1][0]
                low[child] = min(low[child], low[lot])
            if low[lot] == order[lot]:
                knot = [path.pop()]
                while knot[-1] != lot:
                    knot.append(path.pop())
                knots.append(knot)
                placed.update(knot)
    return knots
