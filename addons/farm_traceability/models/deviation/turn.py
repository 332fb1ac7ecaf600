"""Whose turn it is: what the removal strategy gives, without taking it."""

from collections import defaultdict
from dataclasses import dataclass


class Question:
    """In a context: a move asks what it would be given, and takes nothing.

    The question goes the way of a reservation, so every rule of every add-on is asked.
    ``stock.quant`` answers here instead of reserving.
    """

    def __init__(self, need, own, lots):
        #: how much the move wants
        self.need = need
        #: what the move itself has reserved, by place: it counts as free
        self.own = own
        #: lots whose rank is of interest
        self.lots = lots
        self.turn = None


class Among:
    """In a context: a search for stock looks at these quants and lots only."""

    def __init__(self, quants, lots):
        self.quant_ids, self.lot_ids = quants.ids, lots.ids


@dataclass(frozen=True)
class Offer:
    """What is free of a lot at one place."""

    lot: object
    free: float

    @property
    def expiry(self):
        return self.lot.expiration_date or None


class Turn:
    """Lots in the order of the strategy, and how much of each is given now."""

    def __init__(self, ranks):
        #: rank of each lot that qualifies, whether free or not
        self.ranks = ranks
        self.places = {lot: place for place, lot in enumerate(ranks)}
        self.amounts = {}

    def give(self, offers, need, is_zero):
        """Note what covers the need, in the order in which it is offered."""
        for offer in offers:
            if need < 0 or is_zero(need):
                break
            if offer.free > 0 and not is_zero(offer.free):
                part = min(offer.free, need)
                need -= part
                if offer.lot:
                    self.amounts[offer.lot] = self.amounts.get(offer.lot, 0) + part
        return self

    def knows(self, lot):
        return lot in self.ranks

    def is_before(self, lot, other):
        return self.places[lot] < self.places[other]

    def like(self, lot):
        """Lots of the same rank, for example of the same day of expiry."""
        rank = self.ranks.get(lot)
        alike = (one for one in self.ranks if self.ranks[one] == rank)
        return list(alike) if self.knows(lot) else [lot]


def sums(pairs):
    """Add up quantities by key, in the order of the keys."""
    total = defaultdict(float)
    for key, quantity in pairs:
        total[key] += quantity
    return total
