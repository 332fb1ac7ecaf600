"""The tag of a bunch, a crate, a carton or a pallet."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import ClassVar

from ..lineage import LineageCode, check_mix
from .base import Kind, Payload, needed, optional
from .parts import (
    SEALED_MOST,
    ContainerType,
    Grade,
    Guide,
    PrivatePart,
    harvested,
)
from .wire import (
    CODE,
    COUNT,
    GRAMS,
    REFERENCE,
    REGION,
    Choice,
    Letters,
    Number,
    Octets,
    Row,
    Several,
)


@dataclass(frozen=True, kw_only=True)
class Container(Payload):
    """What was bought or packed, and what its parts may add up to.

    - ``pieces``: hands of a bunch, fruits or boxes otherwise: the control quantity
    - ``weight``: net, in grams
    - ``days_since_harvest``: on the day of writing
    - ``age``: of the fruit at the harvest, in days, as estimated
    - ``parents``: of what was mixed; its ``code`` is a new root then
    - ``treatments``: numbers of what was done after the harvest
    """

    KIND: ClassVar[Kind] = Kind.CONTAINER
    VERSION: ClassVar[int] = 1
    BOUND: ClassVar[bool | None] = True

    type: ContainerType = needed(4, Choice(ContainerType))
    crop: int = needed(5, COUNT)
    pieces: int = needed(6, Number(1023, least=1))
    weight: int | None = optional(7, GRAMS, rank=10)
    days_since_harvest: int | None = optional(8, COUNT, rank=15)
    grade: Grade | None = optional(9, Choice(Grade), rank=20)
    farmer: int | None = optional(10, REFERENCE, rank=30)
    region: int | None = optional(11, REGION, rank=40)
    certificate: str | None = optional(12, Letters(24), rank=50)
    guide: Guide | None = optional(13, Row(Guide), rank=55)
    plot: int | None = optional(14, REFERENCE, rank=60)
    age: int | None = optional(15, COUNT, rank=65)
    treatments: tuple[int, ...] = optional(16, Several(COUNT, 16), rank=75)
    parents: tuple[LineageCode, ...] = optional(17, Several(CODE, 16))
    private: PrivatePart | None = optional(18, Row(PrivatePart), rank=85)
    sealed: bytes | None = optional(19, Octets(51, SEALED_MOST), rank=90)

    def check(self) -> None:
        """Check what is mixed."""
        if self.parents:
            check_mix(self.code, self.parents)

    @property
    def harvested(self) -> datetime.date | None:
        """The day of the harvest, if the tag says it."""
        return harvested(self.written, self.days_since_harvest)
