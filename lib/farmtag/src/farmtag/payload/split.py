"""The record that is added to a container's tag when parts are taken from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ..errors import WrongValue
from .base import Kind, Payload, needed
from .parts import IssuedRange
from .wire import GRAMS, Octets, Row, Several

ORIGIN_BYTES = 8


@dataclass(frozen=True, kw_only=True)
class SplitRecord(Payload):
    """Which parts were taken so far, signed by who took the last of them.

    - ``origin``: of the signed payload that stands before it on the tag, the first
      8 bytes of its SHA-256
    - ``issued``: the numbers of all parts taken, in order, ranges that do not touch
    - ``weight``: of all parts taken, in grams; 0 if nobody weighs them
    """

    KIND: ClassVar[Kind] = Kind.SPLIT
    VERSION: ClassVar[int] = 1
    BOUND: ClassVar[bool | None] = True

    origin: bytes = needed(4, Octets(ORIGIN_BYTES, ORIGIN_BYTES))
    issued: tuple[IssuedRange, ...] = needed(5, Several(Row(IssuedRange), 32))
    weight: int = needed(6, GRAMS)

    def check(self) -> None:
        """Check that the ranges ascend with a gap between them."""
        end = -1
        for part in self.issued:
            if not end + 1 < part.first <= part.last:
                raise WrongValue("the ranges of parts are not in order")
            end = part.last
