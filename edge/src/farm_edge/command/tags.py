"""``farm-edge read``: what is on a tag, and whether it is to be believed."""

from __future__ import annotations

import time
from argparse import Namespace
from collections.abc import Mapping
from typing import Any

import farmtag

from ..reader import Garbled, Reader, Tag, TagGone
from ..reader.keyboard.reader import TypedTag
from ..store import Store
from ..work.balance import grams_left
from ..work.check import CardCheck, check_card, crops_of
from ..work.tap import Tap
from ..writing import Orders
from .exits import Exit, NotDone
from .output import Output
from .place import readers_of

_PAUSE = 0.05


def read(wish: Namespace, store: Store, output: Output) -> Exit:
    """The first tag that comes to any of the readers."""
    readers = readers_of(wish, store.settings)
    output.say("Tap a tag.")
    try:
        for reader in readers:
            reader.open()
        output.result(_first(wish, store, readers))
    finally:
        for reader in readers:
            reader.close()
    return Exit.DONE


def _first(wish: Namespace, store: Store, readers: Any) -> Mapping[str, Any]:
    end = time.monotonic() + wish.seconds
    while time.monotonic() < end:
        for reader in readers:
            try:
                tag = reader.sense(_PAUSE)
                if tag is not None:
                    return _described(store, reader, tag)
            except (TagGone, Garbled):
                continue
    raise NotDone("Nobody tapped in time.", "time_over", Exit.TIME_OVER)


def _described(store: Store, reader: Reader, tag: Tag) -> Mapping[str, Any]:
    if isinstance(tag, TypedTag):
        return {"reader": reader.name, tag.kind.value: tag.typed.text}
    tap = Tap(store, Orders(), reader, tag)
    finding = tap.finding()
    said: dict[str, Any] = {
        "reader": reader.name,
        "uid": tap.uid,
        "chip": tap.chip.name if tap.chip else None,
        "verdict": finding.verdict,
        "unfinished": tap.is_unsettled(),
        "message": tap.message,
    }
    reading = finding.reading
    if reading is None:
        return said
    said |= _payload(reading)
    if isinstance(reading.payload, farmtag.FarmerCard):
        said |= _card(store, check_card(store, finding))
    return said


def _payload(reading: farmtag.Reading) -> dict[str, Any]:
    payload = reading.payload
    said: dict[str, Any] = {
        "kind": payload.KIND.name.lower(),
        "code": str(payload.code),
        "written": payload.written,
        "signed_by": reading.key.holder,
    }
    if isinstance(payload, farmtag.Container):
        balance = farmtag.balance_of(reading)
        said |= {"pieces": payload.pieces, "left": balance.pieces_left}
        said |= {"grams": payload.weight, "grams_left": grams_left(balance)}
    if isinstance(payload, farmtag.Unit):
        said |= {"grams": payload.weight, "harvested": payload.harvested}
    return said


def _card(store: Store, seen: CardCheck) -> dict[str, Any]:
    farmer = seen.farmer or {}
    return {
        "standing": seen.standing,
        "farmer": farmer.get("code"),
        "name": farmer.get("name"),
        "certificate": seen.card.certificate if seen.card else None,
        "valid_until": seen.valid_until,
        "crops": crops_of(store, seen),
        "can_buy": seen.can_buy,
    }
