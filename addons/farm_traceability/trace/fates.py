"""What became of each lot of a trace."""

from collections import defaultdict

ALL = ("total", "stock", "delivered", "scrapped", "consumed")
# Below this a quantity is a rounding error.
_NOISE = 1e-9


class Fates:
    """Quantities of lots by what became of them, in each lot's own unit."""

    def __init__(self, trace):
        self.total = trace.totals
        self.stock = defaultdict(float)
        self.delivered = defaultdict(float)
        self.scrapped = defaultdict(float)
        self.consumed = defaultdict(float)
        for place in trace.places:
            self.stock[place.lot_id] += place.quantity
        for customer in trace.customers:
            self.delivered[customer.lot_id] += customer.quantity
        kinds = {
            "scrapped": self.scrapped,
            "lost": self.scrapped,
            "consumed": self.consumed,
        }
        for event in trace.events:
            if event.kind in kinds:
                kinds[event.kind][event.lot_id] += event.quantity

    def state(self, lot_id):
        """``stock``, ``delivered``, ``scrapped``, ``consumed`` when nothing else is
        left of it, or ``mixed``."""
        found = [
            state
            for state in ("stock", "delivered", "scrapped")
            if getattr(self, state).get(lot_id, 0) > _NOISE
        ]
        if len(found) > 1:
            return "mixed"
        return found[0] if found else "consumed"

    def quantities(self, *lot_ids):
        """Sums over lots of one unit, in the order of ``ALL``."""
        tables = (getattr(self, what) for what in ALL)
        return [sum(table.get(lot, 0.0) for lot in lot_ids) for table in tables]

    def found(self, *lot_ids):
        """The same as pairs (what, quantity), without what is zero."""
        pairs = zip(ALL, self.quantities(*lot_ids), strict=True)
        return [(what, value) for what, value in pairs if abs(value) > _NOISE]
