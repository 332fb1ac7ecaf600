"""The balance of a lot operation: plain numbers in one unit.

What is given (inputs) and what is taken of it (outputs and losses) are compared in
total and, where the taken names what it came from, input by input.
"""

from collections import Counter, defaultdict
from collections.abc import Hashable
from typing import NamedTuple


class Given(NamedTuple):
    """An input. ``tolerance`` is in percent of its quantity."""

    key: Hashable
    quantity: float
    tolerance: float = 0.0

    @property
    def leeway(self):
        return self.quantity * self.tolerance / 100


class Taken(NamedTuple):
    """An output or a loss; ``source`` is the key of its input, None if mixed."""

    key: Hashable
    quantity: float
    source: Hashable | None = None


class Gap(NamedTuple):
    """What is not accounted for (above zero) or too much (below zero).

    ``source`` is the key of the input that does not balance, None for the whole.
    """

    source: Hashable | None
    quantity: float


class Flow(NamedTuple):
    """A part of an input and the outputs that stand behind it."""

    source: Hashable
    quantity: float
    outputs: tuple


class Balance:
    """The balance of given and taken.

    :param given: list of :class:`Given`, quantities above zero
    :param outputs: list of :class:`Taken`
    :param losses: list of :class:`Taken`
    :param rounding: the smallest quantity of the unit; what is less than half of it
        is a rounding error
    :raises KeyError: when something names an input that is not there
    """

    def __init__(self, given, outputs, losses=(), rounding=0.01):
        self.given = {one.key: one for one in given}
        self.noise = rounding / 2
        only = given[0].key if len(given) == 1 else None
        self.outputs = [self._of(one, only) for one in outputs]
        self.losses = [self._of(one, only) for one in losses]
        self.rests = {key: one.quantity for key, one in self.given.items()}
        for one in self._taken():
            if one.source is not None:
                self.rests[one.source] -= one.quantity

    @staticmethod
    def _of(taken, only):
        """With a single input there is no question what something came from."""
        return taken._replace(source=only) if taken.source is None else taken

    def _taken(self):
        return [*self.outputs, *self.losses]

    @property
    def difference(self):
        given = sum(one.quantity for one in self.given.values())
        return given - sum(one.quantity for one in self._taken())

    @property
    def leeway(self):
        return sum(one.leeway for one in self.given.values())

    @property
    def is_named(self):
        """Whether everything says what it came from."""
        return all(one.source is not None for one in self._taken())

    def gap(self):
        """The first thing that is out of balance by more than is tolerated.

        :rtype: Gap | None
        """
        if len(self.given) > 1:
            for key, rest in self.rests.items():
                excess = abs(rest) if self.is_named else -rest
                if self._exceeds(excess, self.given[key].leeway):
                    return Gap(key, rest)
        if self._exceeds(abs(self.difference), self.leeway):
            return Gap(None, self.difference)
        return None

    def _exceeds(self, quantity, leeway):
        # One thousandth of the noise, so that a sum of floats decides nothing.
        return quantity > max(leeway, self.noise) + self.noise / 1000

    def sources(self):
        """Keys of the inputs of each output: ``{output key: [input keys]}``."""
        sources = defaultdict(list)
        for flow in self.flows():
            for key in flow.outputs:
                sources[key].append(flow.source)
        return dict(sources)

    def flows(self):
        """Every input in one part, or in two: what is named, and what was mixed.

        :rtype: list[Flow], quantities of an input sum up to it
        """
        named = defaultdict(list)
        for one in self.outputs:
            named[one.source].append(one.key)
        mixed = tuple(named.pop(None, ()))
        left = {key for key, rest in self.rests.items() if mixed and rest > self.noise}
        flows = []
        for key, one in self.given.items():
            own = tuple(named[key])
            if key in left and own:
                rest = min(self.rests[key], one.quantity)
                flows.append(Flow(key, one.quantity - rest, own))
                flows.append(Flow(key, rest, mixed))
            else:
                # A tolerance may leave an output over when nothing else is left.
                over = mixed if key in left or not left else ()
                flows.append(Flow(key, one.quantity, own + over))
        return flows


def share_pieces(total, offers):
    """Share a count among those who offer pieces, by weight.

    :param offers: list of ``(key, weight, limit)``, weights above zero
    :return: ``{key: count}``; the sum is ``total``, or all limits if that is less
    :rtype: collections.Counter
    """
    turns = sorted(
        ((number + 0.5) / weight, place, key)
        for place, (key, weight, limit) in enumerate(offers)
        for number in range(min(limit, total))
    )
    return Counter(key for _turn, _place, key in turns[:total])
