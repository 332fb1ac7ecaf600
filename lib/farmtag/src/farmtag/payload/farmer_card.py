"""The farmer's card: what stands in for a paper certificate."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import ClassVar

from ..errors import WrongValue
from .base import Kind, Payload, needed, optional
from .parts import SEALED_MOST, CropRight, PlotRight, PrivatePart
from .wire import DAY, REFERENCE, REGION, Letters, Octets, Row, Several


@dataclass(frozen=True, kw_only=True)
class FarmerCard(Payload):
    """Who is certified for which crops, and until when; codes only, no names.

    ``code`` is the number of the card: a root that the authority's writer gave.
    ``farmer``, ``group`` and ``region`` are the numbers of the records; a name or a
    telephone number goes into ``private`` or ``sealed``, if anywhere.
    """

    KIND: ClassVar[Kind] = Kind.FARMER_CARD
    VERSION: ClassVar[int] = 1
    BOUND: ClassVar[bool | None] = True

    farmer: int = needed(4, REFERENCE)
    region: int = needed(5, REGION)
    certificate: str = needed(6, Letters(24))
    valid_from: datetime.date = needed(7, DAY)
    valid_until: datetime.date = needed(8, DAY)
    crops: tuple[CropRight, ...] = needed(9, Several(Row(CropRight), 16))
    group: int | None = optional(10, REFERENCE, rank=60)
    plots: tuple[PlotRight, ...] = optional(11, Several(Row(PlotRight), 16), rank=50)
    private: PrivatePart | None = optional(12, Row(PrivatePart), rank=70)
    sealed: bytes | None = optional(13, Octets(51, SEALED_MOST), rank=80)

    def check(self) -> None:
        """Check the period and that the code is a card's."""
        if self.valid_from > self.valid_until:
            raise WrongValue("the certificate ends before it begins")
        if self.code.depth:
            raise WrongValue("a card is no part of anything")

    def right_for(self, crop: int, day: datetime.date) -> CropRight | None:
        """What the farmer may grow of a crop on a day, ``None`` if it is nothing."""
        if not self.valid_from <= day <= self.valid_until:
            return None
        return next((right for right in self.crops if right.crop == crop), None)

    def is_over_cap(self, plot: int, crop: int, bunches: int) -> bool:
        """Whether so many bunches in a season pass the cap of the plot: a warning."""
        caps = [p.cap for p in self.plots if (p.plot, p.crop) == (plot, crop)]
        return any(bunches > cap for cap in caps)
