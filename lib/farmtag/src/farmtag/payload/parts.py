"""Small things that several kinds of payload have."""

from __future__ import annotations

import datetime
import enum
from dataclasses import dataclass

from .wire import COUNT, REFERENCE, REGION, Number, Octets, column

#: bytes of ciphertext that a payload takes
PRIVATE_MOST = 256
SEALED_MOST = 320


class Grade(enum.IntEnum):
    """Classes of the Indonesian standard, the best first."""

    SUPER = 1
    A = 2
    B = 3
    C = 4


class ContainerType(enum.IntEnum):
    """What a container is; a hand is one when it is split further."""

    BUNCH = 1
    CRATE = 2
    CARTON = 3
    PALLET = 4
    HAND = 5


@dataclass(frozen=True)
class Guide:
    """The version of a cultivation guide, by its numbers."""

    guide: int = column(REFERENCE)
    version: int = column(COUNT)


@dataclass(frozen=True)
class CropRight:
    """A crop that a farmer is certified for, and the guide version to obey."""

    crop: int = column(COUNT)
    guide: int = column(REFERENCE)
    version: int = column(COUNT)


@dataclass(frozen=True)
class PlotRight:
    """How many bunches a plot may give of a crop in a season."""

    plot: int = column(REFERENCE)
    crop: int = column(COUNT)
    cap: int = column(COUNT)


@dataclass(frozen=True)
class PrivatePart:
    """What only devices of a region can read: AES-SIV under that region's key.

    ``epoch`` counts the region's keys.
    """

    region: int = column(REGION)
    epoch: int = column(COUNT)
    ciphertext: bytes = column(Octets(17, PRIVATE_MOST))


@dataclass(frozen=True)
class IssuedRange:
    """Parts ``first`` to ``last`` of a whole, both included."""

    first: int = column(Number(1023, least=1))
    last: int = column(Number(1023, least=1))


def harvested(written: datetime.date, days: int | None) -> datetime.date | None:
    """The day of the harvest, so many days before the day of writing."""
    return None if days is None else written - datetime.timedelta(days=days)
