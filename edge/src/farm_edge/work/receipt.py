"""What was done, as people look at it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from ..store import Event, Result, Store
from ..store.chain import LARGEST_BODY
from .view import EventLine, Piece, Receipt

WAITING = "waiting"


def piece_of(values: Mapping[str, Any]) -> Piece:
    """A bunch or hand of a task or of an event."""
    return Piece(
        number=values.get("index") or values.get("n") or 0,
        code=values.get("code") or "",
        grams=values.get("grams"),
        hands=values.get("hands") or 0,
    )


def receipt_of(store: Store, *events: Event) -> Receipt:
    """The receipt of a purchase, of all its events."""
    body = events[0].values
    bunches = [one for event in events for one in event.values["bunches"]]
    pieces = [_numbered(number, one) for number, one in enumerate(bunches, 1)]
    crop = next((c for c in store.snapshot.crops() if c["code"] == body["crop"]), {})
    grades = store.snapshot.grades(crop["id"]) if crop else []
    grade = next((g for g in grades if g["code"] == body.get("grade")), {})
    farmer = store.snapshot.farmer(body.get("farmer") or "") or {}
    me = store.identity
    return Receipt(
        at=body["at"],
        device=str(me.description.get("name") or me.number) if me else "",
        farmer=body.get("farmer", ""),
        farmer_name=farmer.get("name") or "",
        certificate=body.get("certificate", ""),
        crop=body["crop"],
        crop_name=crop.get("name") or body["crop"],
        grade=body.get("grade", ""),
        grade_name=grade.get("name") or body.get("grade", ""),
        bunches=tuple(pieces),
        grams=sum(one.grams or 0 for one in pieces),
        hands=sum(one.hands for one in pieces),
        events=tuple(event.seq for event in events),
        harvest_date=body.get("harvest_date", ""),
        harvested_by=body.get("harvested_by", ""),
        id=events[0].id.hex(),
    )


def whole_of(event: Event, told: Sequence[Event]) -> list[Event]:
    """All events of the purchase that one is of: what one does not hold goes on in the
    next.

    :param told: what was done that day, in order
    """
    group: list[Event] = []
    for one in told:
        if not (group and _goes_on(group[-1], one)):
            if event in group:
                break
            group = []
        group.append(one)
    return group if event in group else [event]


def _goes_on(before: Event, event: Event) -> bool:
    is_full = len(before.body) > LARGEST_BODY // 2
    is_next = event.kind == before.kind == "purchase" and event.seq == before.seq + 1
    return is_full and is_next and _head(before) == _head(event)


def _head(event: Event) -> dict[str, Any]:
    return {name: value for name, value in event.values.items() if name != "bunches"}


def line_of(event: Event, result: Result | None) -> EventLine:
    """An event in a list."""
    body = event.values
    tagged = body.get("bunches") or body.get("hands") or body.get("tags") or ()
    name = body.get("farmer") or body.get("certificate") or body.get("parent")
    uid = body.get("uid") or b""
    line = EventLine(
        seq=event.seq,
        at=event.at,
        kind=event.kind,
        name=str(name or body.get("code") or body.get("point") or uid.hex().upper()),
        count=len(tagged) or 1,
        grams=sum(one.get("grams") or 0 for one in tagged),
        state=WAITING,
        id=event.id.hex(),
    )
    return with_result(line, result)


def with_result(line: EventLine, result: Result | None) -> EventLine:
    """The line of an event, with what became of it."""
    if result is None:
        return line
    return replace(
        line, state=result.state, reason_code=result.code, reason=result.message
    )


def _numbered(number: int, values: Mapping[str, Any]) -> Piece:
    return Piece(
        number, values["code"], values["grams"], values.get("hands") or 0, True
    )
