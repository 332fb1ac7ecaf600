"""What a trace answers. Plain records: ids and numbers, no names.

Quantities of a lot are in the unit of the lot's own product.
"""

from datetime import date as Date
from datetime import datetime
from typing import NamedTuple


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


class Input(NamedTuple):
    """A lot of fertiliser, pesticide or agent behind a harvest or a treated lot.

    It was used in the activity ``source_id`` on the cycle of ``harvest_id``, on that
    day or before; or in the posted treatment ``source_id`` of ``lot_id``. The one that
    does not apply is ``None``.
    """

    input_id: int
    source: str
    source_id: int
    harvest_id: int | None
    lot_id: int | None
    date: Date


class Supplier(NamedTuple):
    """The company that a lot came from by receipt or dropship, and how much."""

    partner_id: int
    lot_id: int
    quantity: float
    date: datetime
