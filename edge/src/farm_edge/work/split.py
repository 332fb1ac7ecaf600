"""A bunch is split at the market.

1. the bunch is tapped: how many hands are left, how many are taken now
2. the bunch's own tag is written: which numbers are taken, signed anew
3. a tag for each hand; what is on tags is one event

A device that stops half-way has issued too few, never too many: a number is given to
one chip, and never to another one after a write to that was begun.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

import farmtag

from ..reader import TagUnsuitable
from ..store import Part, Task
from ..store.tasks import DONE, DROPPED, OPEN, UNDO, purpose_of
from ..sync import Occasion
from .balance import balance_of, grams_left, grams_over, is_too_heavy
from .check import ASKS, check
from .goods import hand_message, hand_of, next_seq
from .receipt import piece_of
from .runs import runs
from .step import (
    Around,
    Step,
    Values,
    WrongInput,
    check_allowed,
    is_free,
    void_part,
    what_is_on,
)
from .tap import Tap
from .view import SplitStage, SplitView, Tone

KIND = "split"
BUNCH, HAND = "bunch", "hand"


class SplitStep(Step):
    """See above; from the second point on the task says where it is."""

    def __init__(self, around: Around, task: Task | None = None) -> None:
        super().__init__(around)
        self.task = task
        self._parts: list[Part] = []
        self._balance: farmtag.Balance | None = None
        self._tapped: dict[str, Any] = task.values if task else {}
        self._reload()
        if task:
            found = check(self.store, self._tapped["message"], self._tapped["uid"])
            self._balance = balance_of(found.reading)

    # -- where it is ------------------------------------------------------------------

    @property
    def stage(self) -> SplitStage:
        """What is to be done next."""
        if self.task is None:
            return SplitStage.COUNT if self._balance else SplitStage.BUNCH
        if self.task.state == OPEN:
            return SplitStage.HANDS if self._is_marked() else SplitStage.MARK
        return SplitStage.UNDO if self.task.state == UNDO else SplitStage.DONE

    def _of(self, what: str) -> list[Part]:
        return [part for part in self._parts if part.values["what"] == what]

    def _is_marked(self) -> bool:
        return any(part.is_on_tag for part in self._of(BUNCH))

    def _hands(self) -> list[Part]:
        return [part for part in self._of(HAND) if part.is_on_tag]

    def _next(self) -> int | None:
        """The number of the hand at hand; None when there is none left."""
        gone = {part.values["index"] for part in self._hands()}
        gone |= set(self._tapped.get("skipped", ()))
        return next((i for i in self._tapped.get("steps", ()) if i not in gone), None)

    def _begun(self) -> Part | None:
        """The tag that may hold the hand at hand."""
        number = self._next()
        mine = [p for p in self._of(HAND) if p.values["index"] == number]
        return next((part for part in mine if part.written == "begun"), None)

    def _reload(self) -> None:
        if self.task:
            self.task = self.store.tasks.of(self.task.id) or self.task
            self._tapped = self.task.values
            self._parts = self.store.tasks.parts(self.task.id)

    # -- what is to be seen -----------------------------------------------------------

    def view(self) -> SplitView:
        """All of it."""
        balance, code = self._balance, self._tapped.get("code", "")
        return SplitView(
            task=self.task.id if self.task else 0,
            stage=self.stage,
            code=code,
            crop_name=self._crop_name(),
            pieces=balance.whole.pieces if balance else 0,
            left=self._left(),
            grams_left=(left := self._grams_left()),
            grams_over=0 if balance is None or left is None else grams_over(balance),
            wanted=len(self._tapped.get("steps", ())),
            number=self._next() or 0,
            hands=tuple(
                replace(piece_of(p.values), is_written=True) for p in self._hands()
            ),
            is_unsure=self._begun() is not None,
        )

    def _left(self) -> int:
        """Hands that may be taken: as the tag says, or fewer as the server does.

        Of a split that was begun: before it, as the server hears of it meanwhile."""
        if "left" in self._tapped:
            return int(self._tapped["left"])
        if self._balance is None:
            return 0
        known = self.store.snapshot.bunch(self._tapped["code"])
        left = max(self._balance.pieces_left, 0)
        if not known or not known.get("pieces") or known.get("left") is None:
            return left
        return min(left, int(known["left"]))

    def _grams_left(self) -> int | None:
        """What the hands weigh that are left after those taken now, if the scale were
        exact; None where hands were taken that nobody weighed."""
        left = grams_left(self._balance) if self._balance else None
        now = sum(self._tapped.get("grams") or ())
        is_unweighed = self._tapped.get("steps") and not now
        return None if left is None or is_unweighed else max(left - now, 0)

    def _crop_name(self) -> str:
        if self._balance is None:
            return ""
        crop = self.store.snapshot.crop(self._balance.whole.crop)
        return str(crop.get("name") or crop["code"]) if crop else ""

    # -- what a person does -----------------------------------------------------------

    def actions(self) -> Mapping[str, Callable[[Values], Step | None]]:
        """Depends on where it is."""
        by_stage: dict[SplitStage, Mapping[str, Callable[[Values], Step | None]]] = {
            SplitStage.COUNT: {"count": self._count},
            SplitStage.MARK: {"cancel": self._cancel},
            SplitStage.HANDS: {
                "skip": self._skip,
                "finish": self._finish,
                "cancel": self._cancel,
            },
            SplitStage.UNDO: {"leave_tags": self._leave_tags},
        }
        return by_stage.get(self.stage, {})

    def _count(self, values: Values) -> None:
        check_allowed(self.store, "may_split")
        balance = self._balance
        left = self._left()
        if balance is None or not left:
            raise WrongInput("split.nothing_left")
        grams = values.several_grams("grams")
        wanted = values.number("hands", 1, left)
        loss = values.text("loss_grams")
        if grams and len(grams) != wanted:
            raise WrongInput("split.weigh_all", hands=wanted)
        steps = list(balance.next_steps(wanted))
        self._issued(balance, steps, grams)
        loss_grams = values.grams("loss_grams", 0) if loss else 0
        if is_too_heavy(balance, sum(grams), loss_grams):
            raise WrongInput("split.too_heavy")
        values_of_task = self._tapped | {
            "steps": steps,
            "grams": grams,
            "loss": loss_grams,
            "left": left,
        }
        self.task = self.store.tasks.begin(KIND, values_of_task)
        self._reload()
        self.say("split.mark", Tone.WAIT)
        self.around.again()

    def _issued(
        self, balance: farmtag.Balance, steps: list[int], grams: list[int]
    ) -> farmtag.Balance:
        try:
            return balance.issue(steps, sum(grams))
        except farmtag.OverIssued:
            raise WrongInput("split.too_heavy") from None
        except farmtag.WrongValue:
            raise WrongInput("split.too_deep") from None

    def _skip(self, values: Values) -> None:
        """The number of the hand at hand is given to no chip any more."""
        number = self._next()
        if self.task is None or number is None:
            return
        for part in self._of(HAND):
            if part.values["index"] == number and part.is_wanted:
                self.store.tasks.give_up(self.task.id, part.number)
        skipped = [*self._tapped.get("skipped", ()), number]
        self.store.tasks.change(self.task.id, skipped=skipped)
        self._reload()
        self._end_if_done()

    # -- tags -------------------------------------------------------------------------

    def tap(self, tap: Tap) -> None:
        """The bunch, or a tag for the hand at hand."""
        self._reload()
        stage = self.stage
        if stage in (SplitStage.BUNCH, SplitStage.COUNT):
            self._choose(tap)
        elif stage is SplitStage.MARK:
            self._mark(tap)
        elif stage is SplitStage.UNDO:
            self._undo(tap)
        elif stage is SplitStage.HANDS:
            self._hand(tap)
        else:
            self.say("tap.not_here", Tone.WAIT)

    def _choose(self, tap: Tap) -> None:
        finding = tap.finding()
        balance = balance_of(finding.reading) if finding.is_usable else None
        if finding.verdict in ASKS:
            self.around.ask(Occasion.NEWER_CARD)
        if balance is None:
            is_ours = finding.is_usable
            key = "split.no_bunch" if is_ours else f"tag.{finding.verdict.value}"
            self.say(key, Tone.BAD)
            return
        code = str(balance.whole.code)
        if void_part(self.store, tap):
            self.say("split.cancelled", Tone.BAD)
            return
        if self._is_in_work(code):
            self.say("split.in_work", Tone.BAD, code=code)
            return
        known = self.store.snapshot.bunch(code)
        if known and known.get("is_on_hold"):
            self.say("split.on_hold", Tone.BAD, code=code)
            return
        self._balance = balance
        chip = tap.chip.name if tap.chip else ""
        self._tapped = {
            "code": code,
            "uid": tap.uid,
            "chip": chip,
            "message": tap.message,
        }
        if not self._left():
            self.say("split.nothing_left", Tone.BAD)

    def _is_in_work(self, code: str) -> bool:
        """Whether another split of it, or its purchase, is not done yet."""
        tasks = self.store.tasks
        return any(
            task.values.get("code") == code
            or any(part.values.get("code") == code for part in tasks.parts(task.id))
            for task in tasks.unfinished()
        )

    def _mark(self, tap: Tap) -> None:
        """Write on the bunch which numbers are taken."""
        task, balance = self.task, self._balance
        if task is None or balance is None:
            # Its key is not known any more: cancel, or synchronise.
            self.say("split.no_bunch", Tone.BAD)
            return
        if tap.uid != self._tapped["uid"]:
            self.say("split.other_tag", Tone.WAIT, code=self._tapped["code"])
            return
        if tap.message != self._tapped["message"]:
            self.say("error.changed", Tone.BAD)
            return
        for part in self._of(BUNCH):
            self.store.tasks.give_up(task.id, part.number)
        message = self._marked(balance, tap)
        values = {"what": BUNCH, "payload": message}
        part = self.store.tasks.add(task.id, tap.uid, values)
        self._write(tap, message, part)

    def _marked(self, balance: farmtag.Balance, tap: Tap) -> bytes:
        store, chip = self.store, tap.known_chip()
        issued = self._issued(balance, self._tapped["steps"], self._tapped["grams"])
        try:
            record = issued.record(store.clock.day_here(), next_seq(store))
            key = store.keys.signing()
            return farmtag.add_split(tap.message, record, chip, key, tap.uid).message
        except farmtag.UseError as error:
            raise TagUnsuitable(
                "full", f"No room for what is taken: {error}; take other hands."
            ) from None

    def _hand(self, tap: Tap) -> None:
        task, number, begun = self.task, self._next(), self._begun()
        if task is None or number is None:
            return
        if tap.uid in {p.uid for p in self._hands()} | {self._tapped["uid"]}:
            self.say("split.next_tag", Tone.WAIT)
        elif begun is not None:
            self.say("split.unsure", Tone.WARN)
        elif not is_free(self.store, tap):
            self.say(what_is_on(tap), Tone.BAD)
        else:
            self._write_hand(tap, task, number)

    def _write_hand(self, tap: Tap, task: Task, number: int) -> None:
        balance, chip = self._balance, tap.known_chip()
        if balance is None:
            self.say("split.no_bunch", Tone.BAD)
            return
        code = balance.whole.code.child(number)
        grams = self._grams(number)
        hand = hand_of(self.store, balance.whole, code, grams)
        try:
            message = hand_message(self.store, hand, self._crop_name(), chip, tap.uid)
        except farmtag.DoesNotFit as error:
            raise TagUnsuitable("full", f"{error}: take a larger chip.") from None
        values = {"what": HAND, "index": number, "code": str(code)}
        values |= {"chip": chip.name, "payload": message}
        values |= {"grams": grams} if grams else {}
        self._write(tap, message, self.store.tasks.add(task.id, tap.uid, values))

    def _grams(self, number: int) -> int | None:
        grams = self._tapped.get("grams")
        return grams[self._tapped["steps"].index(number)] if grams else None

    def _write(self, tap: Tap, message: bytes, part: Part) -> None:
        if self.task is None:
            return
        self._reload()
        self.say("tag.writing", Tone.WAIT)
        self.around.show()
        try:
            tap.write(message, purpose_of(self.task.id, part.number))
        finally:
            self._reload()
        self._written()

    def settled(self, tap: Tap) -> None:
        """The tag that was begun is done, or is as it was."""
        self._written()
        if self.task and self.task.state == UNDO:
            self._end_undo()

    def _written(self) -> None:
        self._reload()
        done, wanted = len(self._hands()), len(self._tapped.get("steps", ()))
        if self.stage is SplitStage.HANDS and not done:
            self.say("split.marked", Tone.GOOD, hands=wanted)
        elif self.stage is SplitStage.HANDS:
            self.say("split.written", Tone.GOOD, count=done, wanted=wanted)
            self._end_if_done()
        else:
            self.say("tap.settled", Tone.GOOD)

    # -- the end ----------------------------------------------------------------------

    def _end_if_done(self) -> None:
        if self.stage is SplitStage.HANDS and self._next() is None:
            self._end()

    def _finish(self, values: Values) -> None:
        """With the hands that are on tags; the other numbers are lost."""
        self._reload()
        if self._begun():
            raise WrongInput("split.unsure")
        loss = values.text("loss_grams")
        if self.task and loss:
            grams = values.grams("loss_grams", 0)
            weighed = sum(p.values.get("grams") or 0 for p in self._hands())
            if self._balance and is_too_heavy(self._balance, weighed, grams):
                raise WrongInput("split.too_heavy")
            self.store.tasks.change(self.task.id, loss=grams)
            self._reload()
        self._end()

    def _end(self) -> None:
        if self.task is None:
            return
        hands = [self._told(part) for part in self._hands()]
        bodies = list(self._bodies(hands)) if hands else []
        state = DONE if hands else DROPPED
        self.store.tasks.end(self.task.id, state, *[(KIND, body) for body in bodies])
        self._reload()
        self.say("split.done", Tone.GOOD, count=len(hands))

    def _bodies(self, hands: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
        """As many hands at once as an event holds."""
        body = {"at": self.store.clock.now(), "parent": self._tapped["code"]}
        loss = self._tapped.get("loss") or 0
        *full, last = runs(body | {"loss_grams": loss}, hands)
        for run in full:
            yield body | {"hands": run}
        yield body | {"hands": last} | ({"loss_grams": loss} if loss else {})

    def _told(self, part: Part) -> dict[str, Any]:
        """A hand as the event says it."""
        names = ("index", "code", "chip", "payload", "grams")
        values = {name: part.values[name] for name in names if name in part.values}
        return values | {"uid": part.uid}

    def _cancel(self, values: Values) -> None:
        """Take the numbers back, as long as none was given to a chip."""
        self._reload()
        if self.task is None:
            return
        if any(part.written for part in self._of(HAND)):
            raise WrongInput("split.has_hands")
        is_marked = any(part.may_be_on_tag for part in self._of(BUNCH))
        self.store.tasks.end(self.task.id, UNDO if is_marked else DROPPED)
        self._reload()
        if is_marked:
            self.say("split.undo", Tone.WARN, code=self._tapped["code"])
            self.around.again()

    def _undo(self, tap: Tap) -> None:
        part = next((one for one in self._of(BUNCH) if one.may_be_on_tag), None)
        if self.task is None or part is None or tap.uid != part.uid:
            self.say("split.other_tag", Tone.WAIT, code=self._tapped["code"])
            return
        if tap.message != part.values["payload"]:
            self.say("error.changed", Tone.BAD)
            return
        purpose = purpose_of(self.task.id, part.number, "undo")
        tap.write(self._tapped["message"], purpose)
        self._end_undo()

    def _end_undo(self) -> None:
        self._reload()
        if self.task and not any(part.may_be_on_tag for part in self._of(BUNCH)):
            self.store.tasks.end(self.task.id, DROPPED)
            self._reload()
            self.say("split.undone", Tone.GOOD)

    def _leave_tags(self, values: Values) -> None:
        if self.task:
            self.store.tasks.end(self.task.id, DROPPED)
            self._reload()

    @property
    def is_at_end(self) -> bool:
        """Whether it is done."""
        return self.stage is SplitStage.DONE

    @property
    def is_over(self) -> bool:
        """Whether nothing is to be done or seen here any more."""
        return self.task is not None and self.task.state == DROPPED

    def leave(self) -> None:
        """What was not begun on a tag is forgotten; another one stays open."""
        is_begun = any(part.written for part in self._parts)
        if self.task and self.task.state == OPEN and not is_begun:
            self.store.tasks.end(self.task.id, DROPPED)
