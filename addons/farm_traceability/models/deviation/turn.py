"""Whose turn it is: what the removal strategy gives, without taking it."""

from collections import defaultdict


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


class Turn:
    """Lots in the order of the strategy, and those of them that are given now."""

    def __init__(self, ranks):
        #: rank of each lot that qualifies, whether free or not
        self.ranks = ranks
        self.places = {lot: place for place, lot in enumerate(ranks)}
        self.lots = []

    def give(self, free, need, is_zero):
        """Note which lots cover the need.

        :param free: pairs of lot and free quantity, in the strategy's order
        """
        for lot, quantity in free:
            if need < 0 or is_zero(need):
                break
            if quantity > 0 and not is_zero(quantity):
                need -= quantity
                self.lots += [lot] if lot and lot not in self.lots else []
        return self

    def knows(self, lot):
        return lot in self.ranks

    def is_before(self, lot, other):
        return self.places[lot] < self.places[other]

    def are_alike(self, lot, other):
        """Of the same rank, for example of the same day of expiry."""
        return lot in self.ranks and self.ranks[lot] == self.ranks.get(other)


def sums(pairs):
    """Add up quantities by key, in the order of the keys."""
    total = defaultdict(float)
    for key, quantity in pairs:
        total[key] += quantity
    return total
