"""How many bunches a farmer's card allows, and how many were bought before.

The card says what plots give; a purchase names no plot, so all of a crop together
count. Known here is what this device bought, and what is carried of other devices'
bunches: it may have been more, and the server counts all of it.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from typing import Any

import farmtag

from ..store import Store

_MILLISECONDS = 1_000


def caps_on(card: farmtag.FarmerCard) -> dict[str, int]:
    """The bunches that a card allows of each crop: of all plots together."""
    caps: dict[str, int] = {}
    for right in card.plots or ():
        key = str(right.crop)
        caps[key] = caps.get(key, 0) + right.cap
    return caps


def known_bunches(store: Store, values: Mapping[str, Any]) -> int:
    """How many bunches of a crop came from a farmer under this certificate.

    :param values: of the purchase's task
    """
    begin = values.get("valid_from") or datetime.date.min.isoformat()
    mine = _bought_here(store, values, begin)
    return len({*mine, *_carried(store, values, begin)})


def _bought_here(store: Store, values: Mapping[str, Any], begin: str) -> Iterator[str]:
    who = {values.get("farmer"), values.get("certificate")} - {"", None}
    since = _moment(begin)
    for event in store.journal.naming("purchase", since, *map(str, who)):
        body = event.values
        is_theirs = {body.get("farmer"), body.get("certificate")} & who
        if is_theirs and body.get("crop") == values["crop"]:
            yield from (one["code"] for one in body["bunches"])


def _carried(store: Store, values: Mapping[str, Any], begin: str) -> Iterator[str]:
    for bunch in store.snapshot.of_kind("bunch"):
        is_theirs = bunch.get("farmer") == values.get("farmer_id")
        is_of_crop = bunch.get("crop") == values["crop_id"]
        if is_theirs and is_of_crop and (bunch.get("harvested") or begin) >= begin:
            yield str(bunch["code"])


def _moment(day: str) -> int:
    """Milliseconds since 1970 of the day's beginning here; 0 before that."""
    begin = datetime.datetime.fromisoformat(day)
    return int(begin.timestamp() * _MILLISECONDS) if begin.year > 1970 else 0
