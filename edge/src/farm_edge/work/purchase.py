"""A purchase at the farm gate.

1. crop, grade, how many bunches
2. for each: hands and weight, then its tag
3. the whole of it is one event; beyond what one holds, several in one transaction

What was done is in the task, and a bunch is bought when its tag is verified: a device
that is switched off goes on where it was.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import farmtag

from ..reader import TagUnsuitable
from ..store import Part, Task
from ..store.snapshot import Record
from ..store.tasks import DONE, DROPPED, OPEN, UNDO, purpose_of
from ..sync import Occasion
from .cap import known_bunches
from .check import CardCheck, standing_of
from .goods import bunch_message, bunch_of
from .harvest import harvest_days, is_past_day
from .receipt import piece_of, receipt_of
from .runs import runs
from .seller import farmer_name, seller_of_card, seller_of_farmer
from .step import Around, Step, Values, WrongInput, check_allowed, is_free, what_is_on
from .tap import Tap
from .view import (
    HARVESTERS,
    Choice,
    Piece,
    PurchaseStage,
    PurchaseView,
    Receipt,
    Standing,
    Tone,
)

KIND = "purchase"
MOST_BUNCHES, MOST_HANDS = 999, 1023
#: certificates with which nobody sells as certified; the server decides
STOPPED = (Standing.SUSPENDED, Standing.REVOKED)
#: what of a task's values goes into the event as it is
_TOLD = (
    "farmer",
    "card",
    "card_uid",
    "crop",
    "grade",
    "certificate",
    "valid_to",
    "harvest_date",
    "harvested_by",
)


class PurchaseStep(Step):
    """See above; the task says where it is."""

    def __init__(self, around: Around, task: Task) -> None:
        super().__init__(around)
        self.task = task
        self._parts = self.store.tasks.parts(task.id)
        self._receipt: Receipt | None = None
        self._asks_harvest = False

    @classmethod
    def of_card(cls, around: Around, seen: CardCheck, tap: Tap) -> PurchaseStep:
        """A purchase from the farmer of a card."""
        check_allowed(around.store, "may_write_bunches")
        values = seller_of_card(seen)
        values |= {"card": tap.message, "card_uid": tap.uid}
        return cls(around, around.store.tasks.begin(KIND, values))

    @classmethod
    def of_farmer(cls, around: Around, code: str) -> PurchaseStep:
        """A purchase from a farmer without a card.

        :raises WrongInput: ``farmer.unknown``
        """
        check_allowed(around.store, "may_write_bunches")
        farmers = around.store.snapshot
        farmer = farmers.farmer(code) or farmers.farmer(code.upper())
        if farmer is None:
            around.ask(Occasion.UNKNOWN_FARMER)
            raise WrongInput("farmer.unknown", farmer=code)
        values = seller_of_farmer(farmer)
        step = cls(around, around.store.tasks.begin(KIND, values))
        standing = standing_of(around.store, farmer["id"])
        if standing in STOPPED:
            step.say(f"card.{standing.value}", Tone.WARN)
        return step

    # -- where it is ------------------------------------------------------------------

    @property
    def stage(self) -> PurchaseStage:
        """What is to be done next."""
        values = self.task.values
        if self._receipt:
            return PurchaseStage.DONE
        if self.task.state == UNDO:
            return PurchaseStage.UNDO
        if not values.get("crop"):
            return PurchaseStage.CROP
        if "grade" not in values and self._grades():
            return PurchaseStage.GRADE
        if not values.get("wanted"):
            asks = self._asks_harvest
            return PurchaseStage.HARVEST if asks else PurchaseStage.COUNT
        if self._current():
            return PurchaseStage.TAG
        enough = len(self._on_tags()) >= values["wanted"]
        return PurchaseStage.REVIEW if enough else PurchaseStage.BUNCH

    def _on_tags(self) -> list[Part]:
        return [part for part in self._parts if part.is_on_tag]

    def _current(self) -> dict[str, Any] | None:
        """The bunch at hand, whose tag is not written yet."""
        current: dict[str, Any] | None = self.task.values.get("current")
        if not current or current["n"] in {p.values["n"] for p in self._on_tags()}:
            return None
        return current

    def _unsure(self) -> list[Part]:
        """Tags that were begun for the bunch at hand."""
        current = self._current()
        if not current:
            return []
        of_it = [p for p in self._parts if p.values["n"] == current["n"]]
        return [part for part in of_it if part.is_wanted]

    def _grades(self) -> list[Record]:
        return self.store.snapshot.grades(self.task.values["crop_id"])

    def _reload(self) -> None:
        self.task = self.store.tasks.of(self.task.id) or self.task
        self._parts = self.store.tasks.parts(self.task.id)

    # -- what is to be seen -----------------------------------------------------------

    def view(self) -> PurchaseView:
        """All of it."""
        values, stage, current = self.task.values, self.stage, self._current()
        bunches, today = self._shown(stage), self.store.clock.day_here()
        harvested = values.get("harvest_date")
        return PurchaseView(
            task=self.task.id,
            stage=stage,
            farmer=values.get("farmer", ""),
            farmer_name=farmer_name(self.store, values),
            certificate=values.get("certificate", ""),
            crops=self._crops() if stage is PurchaseStage.CROP else (),
            grades=self._choices() if stage is PurchaseStage.GRADE else (),
            crop=values.get("crop", ""),
            crop_name=values.get("crop_name", ""),
            grade=values.get("grade", ""),
            grade_name=values.get("grade_name", ""),
            wanted=values.get("wanted", 0),
            number=current["n"] if current else len(self._on_tags()) + 1,
            hands=current["hands"] if current else 0,
            bunch_grams=current["grams"] if current else 0,
            bunches=bunches,
            grams=sum(one.grams or 0 for one in bunches),
            is_unsure=any(part.written == "begun" for part in self._unsure()),
            today=today.isoformat(),
            harvest_date=harvested or today.isoformat(),
            harvested_by=values.get("harvested_by") or HARVESTERS[0],
            days=harvest_days(today, harvested)
            if stage is PurchaseStage.HARVEST
            else (),
            cap=values.get("cap") or 0,
            known=values.get("known") or 0,
            receipt=self._receipt,
        )

    def _shown(self, stage: PurchaseStage) -> tuple[Piece, ...]:
        if stage is PurchaseStage.UNDO:
            return tuple(piece_of(p.values) for p in self._parts if p.may_be_on_tag)
        return tuple(
            replace(piece_of(part.values), is_written=True) for part in self._on_tags()
        )

    def _crops(self) -> tuple[Choice, ...]:
        """The crops of the card, else all."""
        rights = self.task.values.get("rights")
        crops = self.store.snapshot.crops()
        mine = [one for one in crops if rights is None or str(one["id"]) in rights]
        return tuple(_choice(one) for one in mine)

    def _choices(self) -> tuple[Choice, ...]:
        return tuple(_choice(one) for one in self._grades())

    # -- what a person does -----------------------------------------------------------

    def actions(self) -> Mapping[str, Callable[[Values], Step | None]]:
        """Depends on where it is."""
        always = {"cancel": self._cancel, "harvest": self._harvest}
        by_stage: dict[PurchaseStage, Mapping[str, Callable[[Values], Step | None]]] = {
            PurchaseStage.CROP: {"crop": self._choose_crop} | always,
            PurchaseStage.GRADE: {"grade": self._choose_grade} | always,
            PurchaseStage.COUNT: {
                "count": self._count,
                "ask_harvest": self._ask_harvest,
            }
            | always,
            PurchaseStage.HARVEST: always,
            PurchaseStage.BUNCH: {"bunch": self._bunch, "finish": self._finish}
            | always,
            PurchaseStage.TAG: {"again": self._again, "bunch": self._bunch} | always,
            PurchaseStage.REVIEW: {"more": self._more, "finish": self._finish} | always,
            PurchaseStage.UNDO: {"leave_tags": self._leave_tags},
        }
        return by_stage.get(self.stage, {})

    def _choose_crop(self, values: Values) -> None:
        code = values.text("crop")
        if code not in {one.code for one in self._crops()}:
            raise WrongInput("purchase.no_crop", crop=code)
        crop = next(c for c in self.store.snapshot.crops() if c["code"] == code)
        right = (self.task.values.get("rights") or {}).get(str(crop["id"]))
        name = crop.get("name") or code
        self._change(crop=code, crop_id=crop["id"], crop_name=name, guide=right)
        self._look_at_cap()

    def _look_at_cap(self) -> None:
        cap = (self.task.values.get("caps") or {}).get(str(self.task.values["crop_id"]))
        if cap:
            self._change(cap=cap, known=known_bunches(self.store, self.task.values))
            self._warn_of_cap(1)

    def _warn_of_cap(self, wanted: int) -> None:
        """Say that it is more than the card says; it is bought all the same."""
        cap, known = self.task.values.get("cap") or 0, self.task.values.get("known", 0)
        if 0 < cap < known + wanted:
            self.say("purchase.over_cap", Tone.WARN, count=known + wanted, cap=cap)

    def _choose_grade(self, values: Values) -> None:
        code = values.text("grade")
        names = {one.code: one.name for one in self._choices()}
        if code and code not in names:
            raise WrongInput("purchase.no_grade", grade=code)
        self._change(grade=code, grade_name=names.get(code, ""))

    def _count(self, values: Values) -> None:
        wanted = values.number("bunches", 1, MOST_BUNCHES)
        view = self.view()
        self._change(
            wanted=wanted,
            harvest_date=view.harvest_date,
            harvested_by=view.harvested_by,
        )
        self._warn_of_cap(wanted)

    def _more(self, values: Values) -> None:
        wanted = len(self._on_tags()) + 1
        self._change(wanted=wanted)
        self._warn_of_cap(wanted)

    def _ask_harvest(self, values: Values) -> None:
        self._asks_harvest = True

    def _bunch(self, values: Values) -> None:
        hands = values.number("hands", 1, MOST_HANDS)
        grams = values.grams("grams")
        self._give_up()
        number = 1 + max((part.values["n"] for part in self._parts), default=0)
        self._change(current={"n": number, "hands": hands, "grams": grams})
        self.around.again()

    def _again(self, values: Values) -> None:
        self._give_up()
        self._change(current=None)

    def _harvest(self, values: Values) -> None:
        day, by = values.text("date"), values.text("by")
        if day and not is_past_day(day, self.store.clock.day_here()):
            raise WrongInput("input.date")
        if by and by not in HARVESTERS:
            raise WrongInput("input.harvester")
        said = {"harvest_date": day, "harvested_by": by}
        self._change(**{name: value for name, value in said.items() if value})
        self._asks_harvest = False

    def _change(self, **values: Any) -> None:
        self.task = self.store.tasks.change(self.task.id, **values)

    def _give_up(self) -> None:
        """Tags that were begun for the bunch at hand are not to become it."""
        for part in self._unsure():
            self.store.tasks.give_up(self.task.id, part.number)
        self._reload()

    # -- tags -------------------------------------------------------------------------

    def tap(self, tap: Tap) -> None:
        """A tag of the bunch at hand, or of a cancelled purchase."""
        self._reload()
        if self.stage is PurchaseStage.UNDO:
            self._undo(tap)
        elif self.stage is PurchaseStage.DONE:
            self.say("tap.not_here", Tone.WAIT)
        elif any(part.uid == tap.uid for part in self._on_tags()):
            self.say("purchase.next_tag", Tone.WAIT)
        elif self.stage is not PurchaseStage.TAG:
            self.say("purchase.not_yet", Tone.WAIT)
        elif not is_free(self.store, tap):
            self.say(what_is_on(tap), Tone.BAD)
        else:
            self._write(tap)

    def _write(self, tap: Tap) -> None:
        current = self._current() or {}
        chip = tap.known_chip()
        self._give_up()
        code = self.store.codes.next()
        message = self._message(code, chip, tap)
        values = current | {
            "code": str(code),
            "chip": chip.name,
            "payload": message,
        }
        part = self.store.tasks.add(self.task.id, tap.uid, values)
        self._reload()
        self.say("tag.writing", Tone.WAIT)
        self.around.show()
        try:
            tap.write(message, purpose_of(self.task.id, part.number))
        finally:
            self._reload()
        self._written()

    def _message(
        self, code: farmtag.LineageCode, chip: farmtag.Chip, tap: Tap
    ) -> bytes:
        values = self.task.values
        bunch = bunch_of(self.store, values | (self._current() or {}), code)
        try:
            return bunch_message(self.store, bunch, values["crop_name"], chip, tap.uid)
        except farmtag.DoesNotFit as error:
            raise TagUnsuitable("full", f"{error}: take a larger chip.") from None

    def settled(self, tap: Tap) -> None:
        """The tag that was begun is done, or is as it was."""
        self._written()
        if self.task.state == UNDO:
            self._end_undo()

    def _written(self) -> None:
        self._reload()
        done = len(self._on_tags())
        if self.task.state == UNDO:
            self.say("tap.settled", Tone.GOOD)
        elif self._current():
            # It was of something else, and is no bunch yet: where it rests, it becomes.
            self.say("tap.settled", Tone.WAIT)
            self.around.again()
        else:
            wanted = max(self.task.values.get("wanted", 0), done)
            self.say("purchase.written", Tone.GOOD, count=done, wanted=wanted)

    # -- the end ----------------------------------------------------------------------

    def _finish(self, values: Values) -> None:
        self._reload()
        bought = self._on_tags()
        if not bought:
            raise WrongInput("purchase.nothing")
        body = self._body()
        bunches = [_told(part) for part in bought]
        bodies = [body | {"bunches": run} for run in runs(body, bunches)]
        events = self.store.tasks.end(self.task.id, DONE, *[(KIND, b) for b in bodies])
        self._receipt = receipt_of(self.store, *events)
        self.say("purchase.done", Tone.GOOD, count=len(bought))

    def _body(self) -> dict[str, Any]:
        told = {name: self.task.values.get(name) for name in _TOLD}
        return {"at": self.store.clock.now()} | {k: v for k, v in told.items() if v}

    def _cancel(self, values: Values) -> None:
        self._reload()
        is_on_tags = any(part.may_be_on_tag for part in self._parts)
        self.store.tasks.end(self.task.id, UNDO if is_on_tags else DROPPED)
        self._reload()
        if is_on_tags:
            self.say("purchase.undo", Tone.WARN, count=len(self.view().bunches))
            self.around.again()

    def _undo(self, tap: Tap) -> None:
        on_it = [p for p in self._parts if p.uid == tap.uid and p.may_be_on_tag]
        part = next((p for p in on_it if p.values["payload"] == tap.message), None)
        if part is None:
            self.say("purchase.other_tag", Tone.WAIT)
            return
        tap.write(b"", purpose_of(self.task.id, part.number, "undo"))
        self._reload()
        self._end_undo()

    def _end_undo(self) -> None:
        left = sum(part.may_be_on_tag for part in self._parts)
        self.say("purchase.cleared", Tone.GOOD, count=left)
        if not left:
            self.store.tasks.end(self.task.id, DROPPED)
            self._reload()

    def _leave_tags(self, values: Values) -> None:
        self.store.tasks.end(self.task.id, DROPPED)
        self._reload()

    @property
    def is_at_end(self) -> bool:
        """Whether it is done."""
        return self.stage is PurchaseStage.DONE

    @property
    def is_over(self) -> bool:
        """Whether nothing is to be done or seen here any more."""
        return self.task.state == DROPPED

    def leave(self) -> None:
        """A purchase without a bunch is forgotten; another one stays open."""
        if self.task.state == OPEN and not self._parts and not self._current():
            self.store.tasks.end(self.task.id, DROPPED)


def _choice(record: Record) -> Choice:
    return Choice(record["code"], record.get("name") or record["code"])


def _told(part: Part) -> dict[str, Any]:
    """A bunch as the event says it."""
    names = ("code", "grams", "hands", "chip", "payload")
    return {name: part.values[name] for name in names} | {"uid": part.uid}
