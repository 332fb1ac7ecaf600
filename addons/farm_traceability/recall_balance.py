"""The balance of a recall: where everything that was found is now.

Plain numbers of one unit of measure. What was found is in exactly one place of the
balance, so that its parts always add up to it.
"""

from dataclasses import dataclass, fields

# Quantities smaller than this are rounding.
NOISE = 1e-6


@dataclass(frozen=True)
class Stock:
    """A lot inside the warehouses: what was found there, and what became of it.

    ``found`` and ``missing`` (lost at counts before the recall) as they were frozen;
    ``now`` is what lies there today; the others are what happened since: ``arrived``
    (received, found or made), ``disposed`` (scrapped or back to the supplier),
    ``consumed`` and ``lost`` at a count. ``status`` says of what lies there whether it
    is ``held``, ``released`` by a decision, or ``loose``. ``spread`` adds up what lies
    at each place whatever its sign: less than nothing here does not hide goods there.
    """

    found: float = 0.0
    missing: float = 0.0
    now: float = 0.0
    arrived: float = 0.0
    disposed: float = 0.0
    consumed: float = 0.0
    lost: float = 0.0
    status: str = "held"
    spread: float = 0.0


@dataclass(frozen=True)
class Answer:
    """What a customer says of the goods: still there, sold on, destroyed."""

    on_hand: float = 0.0
    sold: float = 0.0
    destroyed: float = 0.0

    @property
    def total(self):
        return self.on_hand + self.sold + self.destroyed


@dataclass(frozen=True)
class There:
    """What a customer had at freezing, got later, and gave back since."""

    had: float = 0.0
    later: float = 0.0
    returned: float = 0.0
    answer: Answer | None = None


@dataclass(frozen=True)
class Balance:
    """One unit's balance.

    ``found`` = ``held + released + loose + disposed + consumed`` (inside)
    ``+ waiting + sold + destroyed`` (with customers who answered)
    ``+ unaccounted`` (lost, or with customers who have not said). ``recovered`` came
    back from customers and is in one of the places inside.
    """

    found: float = 0.0
    held: float = 0.0
    released: float = 0.0
    loose: float = 0.0
    disposed: float = 0.0
    consumed: float = 0.0
    waiting: float = 0.0
    sold: float = 0.0
    destroyed: float = 0.0
    unaccounted: float = 0.0
    recovered: float = 0.0
    # What is not at its end, each lot and customer by itself: too much with one does
    # not make up for too little with another.
    unsettled: float = 0.0

    def __add__(self, other):
        return Balance(
            *(
                getattr(self, one.name) + getattr(other, one.name)
                for one in fields(self)
            )
        )

    @property
    def settled(self):
        """What needs nothing more: gone for good, or released by a decision."""
        gone = self.disposed + self.consumed + self.sold + self.destroyed
        return gone + self.released

    @property
    def open(self):
        """Known where, but not at its end yet."""
        return self.held + self.loose + self.waiting

    @property
    def closes(self):
        """Nothing unaccounted and nothing open, one by one."""
        return self.unsettled < NOISE

    @property
    def accounted_share(self):
        """Part of what was found that is known where it is, from 0 to 1."""
        return _share(self.found - self.unaccounted, self.found)

    @property
    def settled_share(self):
        return _share(self.settled, self.found)


def balance(stocks, theres):
    """Add up one unit of measure.

    :param stocks: iterable of :class:`Stock`, one per lot
    :param theres: iterable of :class:`There`, one per customer and kind of goods
    :rtype: Balance
    """
    total = Balance()
    for stock in stocks:
        total += _of_stock(stock)
    for there in theres:
        total += _of_customer(there)
    return total


def _of_stock(stock):
    unaccounted = stock.lost + stock.missing
    lies = max(abs(stock.now), stock.spread)
    still = 0.0 if stock.status == "released" else lies
    return Balance(
        found=stock.found + stock.missing + stock.arrived,
        disposed=stock.disposed,
        consumed=stock.consumed,
        unaccounted=unaccounted,
        unsettled=abs(unaccounted) + still,
        **{stock.status: stock.now},
    )


def _of_customer(there):
    """What came later or went back is part of what was found inside."""
    rest = there.had + there.later - there.returned
    answer = settle(rest, there.answer)
    return Balance(
        found=there.had,
        waiting=answer.on_hand,
        sold=answer.sold,
        destroyed=answer.destroyed,
        unaccounted=rest - answer.total,
        unsettled=abs(rest - answer.total) + answer.on_hand,
        recovered=there.returned,
    )


def settle(rest, answer):
    """What of an answer still counts, when ``rest`` is with the customer.

    Goods sold or destroyed stay so; of those said to be there, what came back is gone.
    """
    if answer is None or rest <= 0:
        return Answer()
    destroyed = min(answer.destroyed, rest)
    sold = min(answer.sold, rest - destroyed)
    return Answer(min(answer.on_hand, rest - destroyed - sold), sold, destroyed)


def spread(total, rooms):
    """Share out a total over rooms in their order, none getting more than it takes."""
    parts = []
    for room in rooms:
        part = min(max(room, 0.0), total)
        parts.append(part)
        total -= part
    return parts


def _share(part, whole):
    return max(part / whole, 0.0) if whole > NOISE else 1.0
