"""How old stock is: a plain queue of layers for each place, first in, first out.

The report does the same in one statement (``reports/stock_aging.py``); this says what
is meant, move line by move line, and is what the statement is tested against.

- A *shelf* is where like goods lie: place, product, lot and owner.
- Goods that come in from outside make a new layer of the moment they came.
- What leaves a shelf is taken from its oldest layer. What goes to another shelf keeps
  its age, so do goods that come back of what was delivered: first out, first back.
- What a lot operation makes is as old as the oldest of what it was made of.
- What leaves before it came in is as old as its leaving, and what comes in later fills
  the gap before a layer opens.
"""

from collections import defaultdict, deque
from collections.abc import Hashable
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

#: dates of layers are moments or days; all of one queue are of the same kind
Moment = datetime


@dataclass(slots=True)
class Layer:
    """Goods of one age. A quantity below zero is a gap to be filled."""

    quantity: Decimal
    date: Moment


@dataclass(slots=True, frozen=True)
class Line:
    """A done move line. ``source`` and ``target`` are shelves, None is outside.

    ``delivery`` is the key under which what it takes out can be brought back, ``back``
    such a key of what it brings back. ``made_of`` has the ids of the lines that a lot
    operation used for it.
    """

    id: int
    date: Moment
    quantity: Decimal
    source: Hashable = None
    target: Hashable = None
    delivery: Hashable = None
    back: Hashable = None
    made_of: tuple = ()


@dataclass
class Aging:
    """The layers on all shelves after the lines that were taken in."""

    shelves: dict = field(default_factory=lambda: defaultdict(deque))
    delivered: dict = field(default_factory=lambda: defaultdict(deque))
    used: dict = field(default_factory=dict)

    def take_in(self, lines):
        """Go through lines, in the order of their dates and ids."""
        for line in sorted(lines, key=lambda one: (one.date, one.id)):
            layers = self._leave(line) if line.source else self._enter(line)
            if line.target:
                self._put(self.shelves[line.target], layers)
        return self

    def layers(self):
        """:return: dict of (shelf, date) with the quantity; gaps have the date None"""
        found = defaultdict(Decimal)
        for shelf, queue in self.shelves.items():
            for layer in queue:
                date = layer.date if layer.quantity > 0 else None
                found[shelf, date] += layer.quantity
        return dict(found)

    # -- steps -----------------------------------------------------------------------

    def _leave(self, line):
        queue = self.shelves[line.source]
        taken = self._take(queue, line.quantity, line.date)
        short = line.quantity - sum(layer.quantity for layer in taken)
        if short:
            queue.append(Layer(-short, line.date))
            taken.append(Layer(short, line.date))
        if line.delivery:
            self.delivered[line.delivery].extend(_copies(taken))
        self.used[line.id] = min((layer.date for layer in taken), default=line.date)
        return taken

    def _enter(self, line):
        if line.made_of:
            oldest = min(self.used[one] for one in line.made_of)
            return [Layer(line.quantity, oldest)]
        if not line.back:
            return [Layer(line.quantity, line.date)]
        layers = self._take(self.delivered[line.back], line.quantity, line.date)
        more = line.quantity - sum(layer.quantity for layer in layers)
        return layers + [Layer(more, line.date)] * bool(more)

    def _take(self, queue, quantity, latest):
        """The oldest layers of a queue, up to a quantity; none is after ``latest``."""
        taken = []
        while quantity > 0 and queue and queue[0].quantity > 0:
            first = queue[0]
            part = min(first.quantity, quantity)
            taken.append(Layer(part, min(first.date, latest)))
            first.quantity -= part
            quantity -= part
            if not first.quantity:
                queue.popleft()
        return taken

    def _put(self, queue, layers):
        for layer in _copies(layers):
            while layer.quantity and queue and queue[0].quantity < 0:
                part = min(layer.quantity, -queue[0].quantity)
                queue[0].quantity += part
                layer.quantity -= part
                if not queue[0].quantity:
                    queue.popleft()
            if layer.quantity:
                queue.append(layer)


def _copies(layers):
    return [Layer(layer.quantity, layer.date) for layer in layers]
