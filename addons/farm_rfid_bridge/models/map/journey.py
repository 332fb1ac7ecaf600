"""Where a tag was, in order of time, and journeys that no thing can make.

Plain Python.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from math import asin, cos, radians, sin, sqrt
from typing import NamedTuple

EARTH_KM = 6_371.0
#: no lorry with fruit is faster, straight as the crow flies
FASTEST_KMH = 100.0
#: nearer places are one site: how exactly a region's middle is known
NEAR_KM = 2.0
#: between two warehouses of which nobody says where they are
LEAST_BETWEEN = timedelta(minutes=10)


class Place(NamedTuple):
    """A place of the map.

    - ``key``: what makes it this place and no other
    - ``site``: what is of one site is reached at once; None where it is not known
    - ``point``: latitude and longitude in degrees, or None
    """

    key: tuple
    name: str
    site: tuple | None = None
    point: tuple[float, float] | None = None


class Sighting(NamedTuple):
    """A moment at which somebody says that a tag was at a place.

    - ``what``: read or deed, ``tone``: "", "danger"; ``by``: device or person
    """

    at: datetime
    place: Place
    what: str
    tone: str = ""
    by: str = ""


class Stay(NamedTuple):
    """Sightings at one place with no other between them, in order of time."""

    place: Place
    sightings: tuple[Sighting, ...]

    @property
    def first(self) -> datetime:
        return self.sightings[0].at

    @property
    def last(self) -> datetime:
        return self.sightings[-1].at


class Leap(NamedTuple):
    """From the end of a stay to the beginning of the next.

    - ``km``: None where nobody knows it
    """

    time: timedelta
    km: float | None
    is_impossible: bool


def stays(sightings: list[Sighting]) -> list[Stay]:
    """What was seen, by stays; of the same moment those at one place stay together."""
    found: list[Stay] = []
    for sighting in sorted(sightings, key=lambda one: one.at):
        if found and found[-1].place.key == sighting.place.key:
            last = found.pop()
            found.append(last._replace(sightings=(*last.sightings, sighting)))
        else:
            found.append(Stay(sighting.place, (sighting,)))
    return found


def leaps(stays: list[Stay]) -> list[Leap | None]:
    """For each stay, the leap to it; None for the first.

    Where nobody knows the place before, the last one is meant that is known.
    """
    found: list[Leap | None] = []
    before = known = None
    for stay in stays:
        is_known = bool(stay.place.site or stay.place.point)
        start = (known if is_known else None) or before
        found.append(_leap(start, stay) if start else None)
        before, known = stay, stay if is_known else known
    return found


def _leap(before: Stay, after: Stay) -> Leap:
    time = after.first - before.last
    km = _distance(before.place, after.place)
    return Leap(time, km, _is_impossible(before.place, after.place, time, km))


def _is_impossible(start: Place, end: Place, time: timedelta, km: float | None) -> bool:
    if start.site and start.site == end.site:
        return False
    if km is not None:
        return km > NEAR_KM and km > FASTEST_KMH * time.total_seconds() / 3_600
    return bool(start.site and end.site) and time < LEAST_BETWEEN


def _distance(start: Place, end: Place) -> float | None:
    """Kilometres on the great circle."""
    if not (start.point and end.point):
        return None
    (lat, lon), (other_lat, other_lon) = (
        map(radians, point) for point in (start.point, end.point)
    )
    half = (
        sin((other_lat - lat) / 2) ** 2
        + cos(lat) * cos(other_lat) * sin((other_lon - lon) / 2) ** 2
    )
    return 2 * EARTH_KM * asin(sqrt(min(half, 1.0)))
