"""The answer of a trace."""

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from . import delivery_query, edge_query, input_query, queries
from .queries import DOWN, ENTRY, UP
from .reading import array, read
from .results import Customer, Edge, Event, Input, Node, Origin, Place, Supplier
from .shares import absorbed_shares


@dataclass(frozen=True, eq=False)
class Trace:
    """The answer of :func:`..engine.trace`.

    ``starts`` are the starting lots that exist. ``cut`` is true when there are more
    than ``limit`` lots in a direction: the nearest ones are there, the others are not.
    ``sides`` holds the lots of each direction, the nearest first.

    All else is read when it is first asked for, each part in one statement whatever
    the size, and then kept: who changes stock asks for what he needs before.
    """

    env: Any = field(repr=False)
    starts: tuple[int, ...]
    direction: str
    limit: int | None
    cut: bool
    sides: dict[str, list[int]]

    def _read(self, statement, record):
        return tuple(map(record._make, read(self.env, statement)))

    # -- lots ---------------------------------------------------------------------

    @cached_property
    def ids(self):
        """All lots, each once."""
        return list(dict.fromkeys(lot for side in self.sides.values() for lot in side))

    @property
    def up_ids(self):
        return self.sides.get(UP, [])

    @property
    def down_ids(self):
        return self.sides.get(DOWN, [])

    @cached_property
    def nodes(self):
        """``{lot id: Node}``"""
        steps = {way: self._steps(way) for way in self.sides}
        ups, downs = steps.get(UP, {}), steps.get(DOWN, {})
        rows = {row[0]: row for row in read(self.env, queries.lots(self.ids))}
        return {lot: Node(*rows[lot], ups.get(lot), downs.get(lot)) for lot in self.ids}

    def _steps(self, way):
        """Fewest steps from the starting lots to each lot of a side."""
        links, side = self._links(way), set(self.sides[way])
        steps = dict.fromkeys(self.starts, 0)
        queue = list(steps)
        for lot in queue:
            for other in links[lot]:
                if other in side and other not in steps:
                    steps[other] = steps[lot] + 1
                    queue.append(other)
        return steps

    def _links(self, way):
        links = defaultdict(list)
        for parent, child, *_rest in self.edges:
            here, there = (child, parent) if way == UP else (parent, child)
            links[here].append(there)
        if way == DOWN:
            for agent, lot in self._feeding:
                links[agent].append(lot)
        return links

    @cached_property
    def _feeding(self):
        """Pairs of an input lot and a lot that was grown or treated with it."""
        return read(self.env, input_query.feeding(array(self.down_ids)))

    @property
    def depth(self):
        """Steps to the farthest lot, up and down: a pair."""
        ups = (node.up or 0 for node in self.nodes.values())
        downs = (node.down or 0 for node in self.nodes.values())
        return max(ups, default=0), max(downs, default=0)

    # -- edges and shares -----------------------------------------------------------

    @cached_property
    def _all_edges(self):
        """Also those to parents that were cut off or lie in no direction."""
        totals = self.totals
        return [
            _edge(row, totals) for row in read(self.env, edge_query.edges(self.ids))
        ]

    @cached_property
    def edges(self):
        """Those on a way up or on a way down, with both their lots."""
        sides = [set(side) for side in self.sides.values()]
        return tuple(
            edge
            for edge in self._all_edges
            if any(edge[0] in side and edge[1] in side for side in sides)
        )

    @cached_property
    def totals(self):
        """All that ever came in as each lot, bought, found or made.

        What a customer brings back came in before and is not counted again.
        """
        totals = defaultdict(float)
        for event in self.events:
            if event.from_usage in ENTRY:
                totals[event.lot_id] += event.quantity
        return dict(totals)

    @cached_property
    def missing(self):
        """Share of lots in parents that a cut left out."""
        up = set(self.up_ids)
        missing = defaultdict(float)
        for edge in self._all_edges:
            if edge.child_id in up and edge.parent_id not in up:
                missing[edge.child_id] += edge.share_of_child
        return dict(missing)

    def origins(self, lot_id):
        """Where a lot of an upstream trace began, largest share first.

        An origin is a lot of which some came in with no lot behind it: a harvest, a
        purchase, an inventory gain, something made of products without lots. A lot
        that was partly bought and partly made is an origin for the bought part.
        Shares go up from child to parent by ``share_of_child``; a lot repacked into
        itself or round a loop hands its shares on until each has reached an origin.
        Parents measured in units that do not convert (kilograms of fruit, a numbered
        box) have shares of their own kind: then the sum may exceed one. The sum is
        below one when the trace was cut.
        """
        shares = absorbed_shares(lot_id, self._parents, self.missing)
        total = self.totals.get(lot_id, 0.0)
        origins = [Origin(lot, share, share * total) for lot, share in shares.items()]
        return sorted(origins, key=lambda origin: (-origin.share, origin.lot_id))

    @cached_property
    def _parents(self):
        up = set(self.up_ids)
        parents = defaultdict(dict)
        for edge in self.edges:
            if edge.child_id in up:
                parents[edge.child_id][edge.parent_id] = edge.share_of_child
        return parents

    # -- moves and places -------------------------------------------------------------

    @cached_property
    def events(self):
        return self._read(queries.events(self.ids), Event)

    @cached_property
    def places(self):
        return self._read(queries.places(self.ids), Place)

    @cached_property
    def delivery_ids(self):
        """Transfers by which any of the lots left, ascending; see ``deliveries``."""
        return [one for (one,) in read(self.env, delivery_query.deliveries(self.ids))]

    @cached_property
    def customers(self):
        """Net quantities per customer and lot, also where all came back."""
        delivered, returned = defaultdict(float), defaultdict(float)
        for event in self.events:
            key = event.customer_id, event.lot_id
            if event.kind == "delivered":
                delivered[key] += event.quantity
            elif event.kind == "returned":
                returned[key] += event.quantity
        return tuple(
            Customer(*key, delivered[key], returned[key])
            for key in dict.fromkeys([*delivered, *returned])
        )

    # -- inputs and suppliers ---------------------------------------------------------

    @cached_property
    def inputs(self):
        """Lots of fertiliser, pesticide and agents behind the lots of the trace."""
        return self._read(input_query.inputs(self.ids), Input)

    @cached_property
    def suppliers(self):
        """Who sent the lots, their inputs, and what those inputs were made of."""
        agents = list(dict.fromkeys(one.input_id for one in self.inputs))
        made_of = [lot for (lot,) in read(self.env, queries.walk(agents, UP, None))]
        lots = dict.fromkeys([*self.ids, *made_of])
        return self._read(input_query.suppliers(lots), Supplier)


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
