"""The tag of what a consumer takes home: a hand, a fruit, a piece."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import ClassVar

from .base import Kind, Payload, needed, optional
from .parts import Grade, Guide, harvested
from .wire import COUNT, GRAMS, REFERENCE, REGION, Choice, Row


@dataclass(frozen=True, kw_only=True)
class Unit(Payload):
    """The least that a consumer learns without a network, then what else fits.

    ``code`` descends from the container that it was split from; ``supplier`` is the
    number of who sold it to the one that wrote the tag. ``weight`` is net, in grams.
    """

    KIND: ClassVar[Kind] = Kind.UNIT
    VERSION: ClassVar[int] = 1
    BOUND: ClassVar[bool | None] = None

    crop: int = needed(4, COUNT)
    days_since_harvest: int | None = optional(5, COUNT, rank=10)
    grade: Grade | None = optional(6, Choice(Grade), rank=20)
    region: int | None = optional(7, REGION, rank=40)
    weight: int | None = optional(8, GRAMS, rank=50)
    farmer: int | None = optional(9, REFERENCE, rank=60)
    supplier: int | None = optional(10, REFERENCE, rank=70)
    age: int | None = optional(11, COUNT, rank=75)
    guide: Guide | None = optional(12, Row(Guide), rank=80)

    @property
    def harvested(self) -> datetime.date | None:
        """The day of the harvest, if the tag says it."""
        return harvested(self.written, self.days_since_harvest)
