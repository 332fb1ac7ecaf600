"""What a trace answers. Plain records: ids and numbers, no names.

Quantities of a lot are in the unit of the lot's own product.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import NamedTuple

from .shares import absorbed_shares


class Node(NamedTuple):
    """A lot that the trace met.

    ``up`` and ``down`` are the fewest steps from a starting lot to it, ``None`` when
    it does not lie in that direction. Both are 0 for a starting lot; a lot in a loop
    with a starting lot has both.
    """

    lot_id: int
    product_id: int
    company_id: int | None
    harvest_id: int | None
    up: int | None
    down: int | None


class Edge(NamedTuple):
    """What of a parent lot became a child lot, over all operations between them.

    ``consumed`` is in the parent's unit, ``produced`` in the child's: 10 kg of the
    parent became 8 pieces of the child. The shares compare them with all that ever
    came in as that lot: ``share_of_parent`` of the parent went into the child,
    ``share_of_child`` of the child was made of the parent.
    """

    parent_id: int
    child_id: int
    consumed: float
    produced: float
    share_of_parent: float
    share_of_child: float
    date: datetime


class Place(NamedTuple):
    """Where some of a lot is now: inside a warehouse or in transit."""

    lot_id: int
    location_id: int
    usage: str
    company_id: int | None
    package_id: int | None
    owner_id: int | None
    quantity: float
    reserved: float


class Event(NamedTuple):
    """A done move that took some of a lot into, out of, or past the warehouses.

    ``kind`` says what it was: received, produced, found (inventory gain), delivered
    (a dropship too), returned (by a customer), returned_to_supplier, scrapped, lost
    (inventory loss), consumed. ``partner_id`` is who is named on it, ``customer_id``
    the company behind that contact.
    """

    lot_id: int
    kind: str
    quantity: float
    date: datetime
    from_usage: str
    to_usage: str
    move_id: int
    picking_id: int | None
    company_id: int
    partner_id: int | None
    customer_id: int | None


class Customer(NamedTuple):
    """What a customer got of a lot and still has by our records."""

    customer_id: int | None
    lot_id: int
    delivered: float
    returned: float

    @property
    def quantity(self):
        return self.delivered - self.returned


class Origin(NamedTuple):
    """A lot that some of the traced lot began as.

    ``quantity`` is the part of the traced lot, in the traced lot's unit.
    """

    lot_id: int
    share: float
    quantity: float


@dataclass(frozen=True)
class Trace:
    """The answer of :func:`..engine.trace`.

    ``cut`` is true when there is more than ``limit`` lots in a direction: the nearest
    ones are there, the others are not. ``totals`` holds all that ever came in as each
    lot, bought, found or made; what a customer brings back came in before and is not
    counted again. ``missing`` holds the share of lots in parents that a cut left out.
    """

    starts: tuple[int, ...]
    direction: str
    limit: int | None
    cut: bool
    nodes: dict[int, Node]
    edges: tuple[Edge, ...]
    events: tuple[Event, ...]
    places: tuple[Place, ...]
    totals: dict[int, float]
    missing: dict[int, float]

    @property
    def up_ids(self):
        return [node.lot_id for node in self.nodes.values() if node.up is not None]

    @property
    def down_ids(self):
        return [node.lot_id for node in self.nodes.values() if node.down is not None]

    @property
    def depth(self):
        """Steps to the farthest lot, up and down: a pair."""
        ups = (node.up or 0 for node in self.nodes.values())
        downs = (node.down or 0 for node in self.nodes.values())
        return max(ups, default=0), max(downs, default=0)

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
        parents = defaultdict(dict)
        for edge in self.edges:
            if self.nodes[edge.child_id].up is not None:
                parents[edge.child_id][edge.parent_id] = edge.share_of_child
        shares = absorbed_shares(lot_id, parents, self.missing)
        total = self.totals.get(lot_id, 0.0)
        origins = [Origin(lot, share, share * total) for lot, share in shares.items()]
        return sorted(origins, key=lambda origin: (-origin.share, origin.lot_id))
