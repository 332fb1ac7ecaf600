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

import farmtag

from ..reader import TagUnsuitable
from ..store import Task
from ..store.snapshot import Record
from ..store.tasks import DONE, DROPPED, OPEN, UNDO
from ..sync import Occasion
from .buying import Buying
from .cap import known_bunches
from .check import CardCheck, standing_of
from .goods import bunch_message, bunch_of
from .harvest import harvest_days, is_past_day
from .kept_step import KeptStep
from .receipt import piece_of, receipt_of
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


class PurchaseStep(KeptStep):
    """See above; the task says where it is."""

    def __init__(self, around: Around, task: Task) -> None:
        super().__init__(around)
        self._buying = Buying(around.store, task)
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
        if self._receipt:
            return PurchaseStage.DONE
        stage = self._buying.stage
        asks_harvest = stage is PurchaseStage.COUNT and self._asks_harvest
        return PurchaseStage.HARVEST if asks_harvest else stage

    @property
    def kept(self) -> Buying:
        """The purchase as far as it is kept."""
        return self._buying

    # -- what is to be seen -----------------------------------------------------------

    def view(self) -> PurchaseView:
        """All of it."""
        buying, stage = self._buying, self.stage
        values, current = buying.values, buying.current()
        bunches, today = self._shown(stage), self.store.clock.day_here()
        harvested = values.get("harvest_date")
        return PurchaseView(
            task=buying.task.id,
            stage=stage,
            farmer=values.get("farmer", ""),
            farmer_name=farmer_name(self.store, values),
            certificate=values.get("certificate", ""),
            crops=_choices(buying.crops()) if stage is PurchaseStage.CROP else (),
            grades=_choices(buying.grades()) if stage is PurchaseStage.GRADE else (),
            crop=values.get("crop", ""),
            crop_name=values.get("crop_name", ""),
            grade=values.get("grade", ""),
            grade_name=values.get("grade_name", ""),
            wanted=values.get("wanted", 0),
            number=current["n"] if current else len(buying.on_tags()) + 1,
            hands=current["hands"] if current else 0,
            bunch_grams=current["grams"] if current else 0,
            bunches=bunches,
            grams=sum(one.grams or 0 for one in bunches),
            is_unsure=any(part.written == "begun" for part in buying.unsure()),
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
            return tuple(piece_of(one.values) for one in self._buying.left_on_tags())
        bought = self._buying.on_tags()
        return tuple(replace(piece_of(one.values), is_written=True) for one in bought)

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
        code, buying = values.text("crop"), self._buying
        crop = next((one for one in buying.crops() if one["code"] == code), None)
        if crop is None:
            raise WrongInput("purchase.no_crop", crop=code)
        right = (buying.values.get("rights") or {}).get(str(crop["id"]))
        name = crop.get("name") or code
        buying.change(crop=code, crop_id=crop["id"], crop_name=name, guide=right)
        self._look_at_cap()

    def _look_at_cap(self) -> None:
        values = self._buying.values
        cap = (values.get("caps") or {}).get(str(values["crop_id"]))
        if cap:
            self._buying.change(cap=cap, known=known_bunches(self.store, values))
            self._warn_of_cap(1)

    def _warn_of_cap(self, wanted: int) -> None:
        """Say that it is more than the card says; it is bought all the same."""
        values = self._buying.values
        cap, known = values.get("cap") or 0, values.get("known", 0)
        if 0 < cap < known + wanted:
            self.say("purchase.over_cap", Tone.WARN, count=known + wanted, cap=cap)

    def _choose_grade(self, values: Values) -> None:
        code = values.text("grade")
        names = {one.code: one.name for one in _choices(self._buying.grades())}
        if code and code not in names:
            raise WrongInput("purchase.no_grade", grade=code)
        self._buying.change(grade=code, grade_name=names.get(code, ""))

    def _count(self, values: Values) -> None:
        wanted = values.number("bunches", 1, MOST_BUNCHES)
        view = self.view()
        self._buying.change(
            wanted=wanted,
            harvest_date=view.harvest_date,
            harvested_by=view.harvested_by,
        )
        self._warn_of_cap(wanted)

    def _more(self, values: Values) -> None:
        wanted = len(self._buying.on_tags()) + 1
        self._buying.change(wanted=wanted)
        self._warn_of_cap(wanted)

    def _ask_harvest(self, values: Values) -> None:
        self._asks_harvest = True

    def _bunch(self, values: Values) -> None:
        hands = values.number("hands", 1, MOST_HANDS)
        grams = values.grams("grams")
        self._buying.next_bunch(hands, grams)
        self.around.again()

    def _again(self, values: Values) -> None:
        self._buying.give_up(self._buying.unsure())
        self._buying.change(current=None)

    def _harvest(self, values: Values) -> None:
        day, by = values.text("date"), values.text("by")
        if day and not is_past_day(day, self.store.clock.day_here()):
            raise WrongInput("input.date")
        if by and by not in HARVESTERS:
            raise WrongInput("input.harvester")
        said = {"harvest_date": day, "harvested_by": by}
        self._buying.change(**{name: value for name, value in said.items() if value})
        self._asks_harvest = False

    # -- tags -------------------------------------------------------------------------

    def tap(self, tap: Tap) -> None:
        """A tag of the bunch at hand, or of a cancelled purchase."""
        self._buying.reload()
        if self.stage is PurchaseStage.UNDO:
            self._undo(tap)
        elif self.stage is PurchaseStage.DONE:
            self.say("tap.not_here", Tone.WAIT)
        elif any(part.uid == tap.uid for part in self._buying.on_tags()):
            self.say("purchase.next_tag", Tone.WAIT)
        elif self.stage is not PurchaseStage.TAG:
            self.say("purchase.not_yet", Tone.WAIT)
        elif not is_free(self.store, tap):
            self.say(what_is_on(tap), Tone.BAD)
        else:
            self._write_bunch(tap)

    def _write_bunch(self, tap: Tap) -> None:
        buying, chip = self._buying, tap.known_chip()
        current = buying.current() or {}
        buying.give_up(buying.unsure())
        code = self.store.codes.next()
        message = self._message(code, chip, tap)
        values = current | {"code": str(code), "chip": chip.name}
        self._write(tap, message, values)

    def _message(
        self, code: farmtag.LineageCode, chip: farmtag.Chip, tap: Tap
    ) -> bytes:
        values = self._buying.values
        bunch = bunch_of(self.store, values | (self._buying.current() or {}), code)
        try:
            return bunch_message(self.store, bunch, values["crop_name"], chip, tap.uid)
        except farmtag.DoesNotFit as error:
            raise TagUnsuitable("full", f"{error}: take a larger chip.") from None

    def _written(self) -> None:
        buying = self._buying
        buying.reload()
        done = len(buying.on_tags())
        if buying.task.state == UNDO:
            self.say("tap.settled", Tone.GOOD)
        elif buying.current():
            # It was of something else, and is no bunch yet: where it rests, it becomes.
            self.say("tap.settled", Tone.WAIT)
            self.around.again()
        else:
            wanted = max(buying.values.get("wanted", 0), done)
            self.say("purchase.written", Tone.GOOD, count=done, wanted=wanted)

    # -- the end ----------------------------------------------------------------------

    def _finish(self, values: Values) -> None:
        buying = self._buying
        buying.reload()
        bought = len(buying.on_tags())
        if not bought:
            raise WrongInput("purchase.nothing")
        events = buying.end(DONE, *[(KIND, body) for body in buying.bodies()])
        self._receipt = receipt_of(self.store, *events)
        self.say("purchase.done", Tone.GOOD, count=bought)

    def _cancel(self, values: Values) -> None:
        buying = self._buying
        buying.reload()
        left = len(buying.left_on_tags())
        buying.end(UNDO if left else DROPPED)
        if left:
            self.say("purchase.undo", Tone.WARN, count=left)
            self.around.again()

    def _undo(self, tap: Tap) -> None:
        on_it = [one for one in self._buying.left_on_tags() if one.uid == tap.uid]
        part = next((p for p in on_it if p.values["payload"] == tap.message), None)
        if part is None:
            self.say("purchase.other_tag", Tone.WAIT)
            return
        self._buying.write(tap, b"", part, "undo")
        self._end_undo()

    def _end_undo(self) -> None:
        left = len(self._buying.left_on_tags())
        self.say("purchase.cleared", Tone.GOOD, count=left)
        if not left:
            self._buying.end(DROPPED)

    @property
    def is_at_end(self) -> bool:
        """Whether it is done."""
        return self.stage is PurchaseStage.DONE

    def leave(self) -> None:
        """A purchase without a bunch is forgotten; another one stays open."""
        buying = self._buying
        if buying.task.state == OPEN and not buying.parts and not buying.current():
            buying.end(DROPPED)


def _choices(records: list[Record]) -> tuple[Choice, ...]:
    return tuple(Choice(one["code"], one.get("name") or one["code"]) for one in records)
