"""What stands on the tags of bunches and hands."""

from __future__ import annotations

import datetime
from typing import Any
from urllib.parse import urlsplit

import farmtag
from farmtag.payload import ContainerType, Grade, Guide

from ..store import Store
from ..words import say

#: bytes that are left free on a bunch's tag, for the record of the hands taken
FOR_SPLIT = 200
_NOWHERE = "farm.invalid"
_LONGEST_CERTIFICATE = 24
_LONGEST_AGO = 255
_GRADES = {"SUPER": Grade.SUPER, "A": Grade.A, "B": Grade.B, "C": Grade.C}


def bunch_message(
    store: Store, bunch: farmtag.Container, crop: str, chip: farmtag.Chip, uid: bytes
) -> bytes:
    """The message of a bunch's tag; its hands can be taken from it later.

    :param crop: its name, for people
    :raises farmtag.DoesNotFit: if the chip is too small
    """
    if not chip.value.has_records:
        raise farmtag.DoesNotFit(f"a bunch whose hands are taken, on {chip.name}")
    words = _text(store, "tag.bunch", crop=crop, hands=bunch.pieces)
    draft = farmtag.Draft(bunch, _link(store), _link(store), words)
    return farmtag.write(draft, chip, store.keys.signing(), uid, FOR_SPLIT).message


def hand_message(
    store: Store, hand: farmtag.Unit, crop: str, chip: farmtag.Chip, uid: bytes
) -> bytes:
    """The message of a hand's tag.

    :raises farmtag.DoesNotFit: if the chip is too small
    """
    words = _text(store, "tag.hand", crop=crop, code=str(hand.code))
    draft = farmtag.Draft(hand, _link(store), _link(store), words)
    return farmtag.write(draft, chip, store.keys.signing(), uid).message


def bunch_of(
    store: Store, values: dict[str, Any], code: farmtag.LineageCode
) -> farmtag.Container:
    """The payload of a bunch.

    :param values: of the purchase, and of the bunch
    """
    today = store.clock.day_here()
    right = values.get("guide")
    certificate = values.get("certificate") or ""
    fits = 0 < len(certificate.encode()) <= _LONGEST_CERTIFICATE
    return farmtag.Container(
        code=code,
        written=today,
        sequence=next_seq(store),
        type=ContainerType.BUNCH,
        crop=values["crop_id"],
        pieces=values["hands"],
        weight=values["grams"],
        days_since_harvest=_days(today, values.get("harvest_date")),
        grade=_GRADES.get((values.get("grade") or "").upper()),
        farmer=values.get("farmer_id"),
        region=values.get("region"),
        certificate=certificate if fits else None,
        guide=Guide(*right) if right else None,
    )


def hand_of(
    store: Store,
    bunch: farmtag.Container,
    code: farmtag.LineageCode,
    grams: int | None,
) -> farmtag.Unit:
    """The payload of a hand of a bunch."""
    today = store.clock.day_here()
    harvested = bunch.harvested
    return farmtag.Unit(
        code=code,
        written=today,
        sequence=next_seq(store),
        crop=bunch.crop,
        days_since_harvest=_days(today, harvested.isoformat() if harvested else None),
        grade=bunch.grade,
        region=bunch.region,
        weight=grams or None,
        farmer=bunch.farmer,
        guide=bunch.guide,
    )


def next_seq(store: Store) -> int:
    """The number that the next event has: what is signed now is not before it."""
    return store.journal.head().seq + 1


def _days(today: datetime.date, harvested: str | None) -> int | None:
    if not harvested:
        return None
    days = (today - datetime.date.fromisoformat(harvested)).days
    return days if 0 <= days <= _LONGEST_AGO else None


def _link(store: Store) -> str:
    host = urlsplit(store.settings["server"]).netloc or _NOWHERE
    return f"https://{host}/"


def _text(store: Store, key: str, **args: str | int) -> farmtag.Text:
    language = store.settings["language"]
    return farmtag.Text(say(language, key, **args), language)
