"""Mass balance on a container's tag: the parts never add up to more than the whole.

The order that loses nothing when a device stops half-way: note the intent, write the
container's tag with the new split record, then the tags of the parts. A crash then
issues too few, never too many.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ..errors import OverIssued, WrongValue
from ..lineage import LineageCode, parts
from ..payload import Container, SplitRecord
from ..tag import Reading
from .ranges import Ranges, count, with_numbers

#: how much more than the whole the parts may weigh, in thousandths
TOLERANCE = 20


@dataclass(frozen=True)
class Balance:
    """What a container is and what was taken from it.

    - ``issued``: numbers of the parts taken
    - ``issued_weight``: of them, in grams
    - ``tolerance``: thousandths of the weight of the whole
    """

    whole: Container
    digest: bytes
    issued: Ranges = ()
    issued_weight: int = 0
    tolerance: int = TOLERANCE

    @property
    def pieces_left(self) -> int:
        """How many parts may still be taken; negative if there were too many."""
        return self.whole.pieces - count(self.issued)

    @property
    def weight_left(self) -> int | None:
        """How many grams may still be taken; ``None`` if the whole was not weighed."""
        if self.whole.weight is None:
            return None
        most = self.whole.weight * (1000 + self.tolerance) // 1000
        return most - self.issued_weight

    def check(self) -> None:
        """Check that the parts are not more than the whole.

        :raises OverIssued: by count or by weight
        """
        if self.pieces_left < 0:
            raise OverIssued(f"{-self.pieces_left} parts more than {self.whole.pieces}")
        if self.weight_left is not None and self.weight_left < 0:
            raise OverIssued(f"{-self.weight_left} g more than {self.whole.weight} g")

    def issue(self, steps: Sequence[int], weight: int = 0) -> Balance:
        """The balance after parts were taken.

        :param steps: their numbers, 1 to 1023, each once and for the first time
        :param weight: of all of them, in grams; 0 if they are not weighed
        :raises OverIssued: if that is more than the whole, or a number was used
        :raises WrongValue: if there is nothing to take or a number out of range
        """
        if not steps or weight < 0:
            raise WrongValue("one part at least is taken")
        self.codes(steps)
        issued = with_numbers(self.issued, steps)
        weight += self.issued_weight
        after = replace(self, issued=issued, issued_weight=weight)
        after.check()
        return after

    def codes(self, steps: Sequence[int]) -> tuple[LineageCode, ...]:
        """The lineage codes of parts.

        :raises WrongValue: on a number twice or out of range, or after the fourth split
        """
        return parts(self.whole.code, steps)

    def next_steps(self, wanted: int) -> range:
        """The next numbers in a row that were not used."""
        first = self.issued[-1].last + 1 if self.issued else 1
        return range(first, first + wanted)

    def record(self, written: datetime.date, sequence: int | None) -> SplitRecord:
        """What is to be signed and put on the container's tag.

        :raises WrongValue: if nothing was taken, or the numbers are too scattered
        """
        return SplitRecord(
            code=self.whole.code,
            written=written,
            sequence=sequence,
            origin=self.digest,
            issued=self.issued,
            weight=self.issued_weight,
        )


def balance_of(reading: Reading, tolerance: int = TOLERANCE) -> Balance:
    """The balance that a tag shows; :meth:`Balance.check` says whether it holds.

    :raises WrongValue: if it is not the tag of a container
    """
    if not isinstance(reading.payload, Container):
        raise WrongValue("only a container has a balance")
    split = reading.split
    issued, weight = (split.issued, split.weight) if split else ((), 0)
    return Balance(reading.payload, reading.digest, issued, weight, tolerance)
