"""The list of what is no longer believed; the server signs it, devices carry it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import ClassVar

from ..lineage import LineageCode
from .base import Kind, Payload, optional
from .wire import CODE, DAY, SEQUENCE, Octets, Open, Row, Several, column

FINGERPRINT_BYTES = 8


@dataclass(frozen=True)
class RevokedKey:
    """A key that counts no more from an event or a day on; with neither, never did.

    ``fingerprint`` is that of :class:`farmtag.VerifyKey`: ids of two bytes repeat.
    With both, what is from the event on or from the day on is not believed.
    """

    fingerprint: bytes = column(Octets(FINGERPRINT_BYTES, FINGERPRINT_BYTES))
    from_sequence: int | None = column(Open(SEQUENCE))
    from_day: datetime.date | None = column(Open(DAY))

    def covers(self, sequence: int | None, written: datetime.date) -> bool:
        """Whether what was signed then is not believed.

        Who does not say the number of the event is not believed at all where only that
        would tell.
        """
        if self.from_sequence is None and self.from_day is None:
            return True
        late = self.from_day is not None and written >= self.from_day
        if self.from_sequence is None:
            return late
        if sequence is None:
            return late or self.from_day is None
        return late or sequence >= self.from_sequence


@dataclass(frozen=True)
class RevokedCode:
    """A card or another tag that counts no more, and everything split from it."""

    code: LineageCode = column(CODE)


@dataclass(frozen=True, kw_only=True)
class Revocations(Payload):
    """The list as it was on the day ``written``; ``code`` names the list."""

    KIND: ClassVar[Kind] = Kind.REVOCATIONS
    VERSION: ClassVar[int] = 1
    BOUND: ClassVar[bool | None] = False

    keys: tuple[RevokedKey, ...] = optional(4, Several(Row(RevokedKey), 10_000))
    codes: tuple[RevokedCode, ...] = optional(5, Several(Row(RevokedCode), 100_000))
