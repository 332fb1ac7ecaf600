"""A bunch is split at the market, once it is said how many hands are taken.

1. the bunch's own tag is written: which numbers are taken, signed anew
2. a tag for each hand; what is on tags is one event

A device that stops half-way has issued too few, never too many: a number is given to
one chip, and never to another one after a write to that was begun.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import farmtag

from ..reader import TagUnsuitable
from ..store import Task
from ..store.tasks import DONE, DROPPED, OPEN, UNDO
from .balance import balance_of, crop_name, grams_left, grams_over, is_too_heavy, issued
from .check import check
from .goods import hand_message, hand_of, next_seq
from .kept_step import KeptStep
from .receipt import piece_of
from .splitting import BUNCH, HAND, KIND, Splitting
from .step import Around, Step, Values, WrongInput, is_free, what_is_on
from .tap import Tap
from .view import SplitStage, SplitView, Tone


class HandsStep(KeptStep):
    """See above; the task says where it is."""

    def __init__(self, around: Around, task: Task) -> None:
        super().__init__(around)
        self._splitting = Splitting(around.store, task)
        found = check(around.store, task.values["message"], task.values["uid"])
        #: None if its key is not known any more: cancel, or synchronise
        self._balance = balance_of(found.reading)

    @property
    def kept(self) -> Splitting:
        """The split as far as it is kept."""
        return self._splitting

    # -- what is to be seen -----------------------------------------------------------

    def view(self) -> SplitView:
        """All of it."""
        splitting, balance = self._splitting, self._balance
        left = self._grams_left()
        hands = [piece_of(part.values) for part in splitting.hands()]
        return SplitView(
            task=splitting.task.id,
            stage=splitting.stage,
            code=splitting.values["code"],
            crop_name=crop_name(self.store, balance) if balance else "",
            pieces=balance.whole.pieces if balance else 0,
            left=splitting.values["left"],
            grams_left=left,
            grams_over=0 if balance is None or left is None else grams_over(balance),
            wanted=len(splitting.values["steps"]),
            number=splitting.next() or 0,
            hands=tuple(replace(one, is_written=True) for one in hands),
            is_unsure=splitting.begun() is not None,
        )

    def _grams_left(self) -> int | None:
        """What the hands weigh that are left after those taken now, if the scale were
        exact; None where hands were taken that nobody weighed."""
        left = grams_left(self._balance) if self._balance else None
        now = sum(self._splitting.values["grams"])
        return max(left - now, 0) if left is not None and now else None

    # -- what a person does -----------------------------------------------------------

    def actions(self) -> Mapping[str, Callable[[Values], Step | None]]:
        """Depends on where it is."""
        by_stage: dict[SplitStage, Mapping[str, Callable[[Values], Step | None]]] = {
            SplitStage.MARK: {"cancel": self._cancel},
            SplitStage.HANDS: {
                "skip": self._skip,
                "finish": self._finish,
                "cancel": self._cancel,
            },
            SplitStage.UNDO: {"leave_tags": self._leave_tags},
        }
        return by_stage.get(self._splitting.stage, {})

    def _skip(self, values: Values) -> None:
        number = self._splitting.next()
        if number is not None:
            self._splitting.skip(number)
            self._end_if_done()

    # -- tags -------------------------------------------------------------------------

    def tap(self, tap: Tap) -> None:
        """The bunch, or a tag for the hand at hand."""
        self._splitting.reload()
        act = {
            SplitStage.MARK: self._mark,
            SplitStage.HANDS: self._hand,
            SplitStage.UNDO: self._undo,
        }.get(self._splitting.stage)
        if act is None:
            self.say("tap.not_here", Tone.WAIT)
        else:
            act(tap)

    def _mark(self, tap: Tap) -> None:
        """Write on the bunch which numbers are taken."""
        splitting, balance = self._splitting, self._balance
        if balance is None:
            self.say("split.no_bunch", Tone.BAD)
        elif tap.uid != splitting.values["uid"]:
            self.say("split.other_tag", Tone.WAIT, code=splitting.values["code"])
        elif tap.message != splitting.values["message"]:
            self.say("error.changed", Tone.BAD)
        else:
            splitting.give_up(splitting.of(BUNCH))
            message = self._marked(balance, tap)
            self._write(tap, message, {"what": BUNCH})

    def _marked(self, balance: farmtag.Balance, tap: Tap) -> bytes:
        store, chip, values = self.store, tap.known_chip(), self._splitting.values
        found = issued(balance, values["steps"], values["grams"])
        try:
            record = found.record(store.clock.day_here(), next_seq(store))
            key = store.keys.signing()
            return farmtag.add_split(tap.message, record, chip, key, tap.uid).message
        except farmtag.UseError as error:
            raise TagUnsuitable(
                "full", f"No room for what is taken: {error}; take other hands."
            ) from None

    def _hand(self, tap: Tap) -> None:
        splitting = self._splitting
        number = splitting.next()
        if number is None:
            return
        used = {part.uid for part in splitting.hands()} | {splitting.values["uid"]}
        if tap.uid in used:
            self.say("split.next_tag", Tone.WAIT)
        elif splitting.begun() is not None:
            self.say("split.unsure", Tone.WARN)
        elif not is_free(self.store, tap):
            self.say(what_is_on(tap), Tone.BAD)
        else:
            self._write_hand(tap, number)

    def _write_hand(self, tap: Tap, number: int) -> None:
        balance, chip = self._balance, tap.known_chip()
        if balance is None:
            self.say("split.no_bunch", Tone.BAD)
            return
        code, crop = balance.whole.code.child(number), crop_name(self.store, balance)
        grams = self._splitting.grams(number)
        hand = hand_of(self.store, balance.whole, code, grams)
        try:
            message = hand_message(self.store, hand, crop, chip, tap.uid)
        except farmtag.DoesNotFit as error:
            raise TagUnsuitable("full", f"{error}: take a larger chip.") from None
        values = {"what": HAND, "index": number, "code": str(code), "chip": chip.name}
        values |= {"grams": grams} if grams else {}
        self._write(tap, message, values)

    def _written(self) -> None:
        splitting = self._splitting
        splitting.reload()
        done, wanted = len(splitting.hands()), len(splitting.values["steps"])
        if splitting.stage is not SplitStage.HANDS:
            self.say("tap.settled", Tone.GOOD)
        elif not done:
            self.say("split.marked", Tone.GOOD, hands=wanted)
        else:
            self.say("split.written", Tone.GOOD, count=done, wanted=wanted)
            self._end_if_done()

    # -- the end ----------------------------------------------------------------------

    def _end_if_done(self) -> None:
        splitting = self._splitting
        if splitting.stage is SplitStage.HANDS and splitting.next() is None:
            self._end()

    def _finish(self, values: Values) -> None:
        """With the hands that are on tags; the other numbers are lost."""
        splitting = self._splitting
        splitting.reload()
        if splitting.begun():
            raise WrongInput("split.unsure")
        if values.text("loss_grams"):
            loss = values.grams("loss_grams", 0)
            weighed = sum(p.values.get("grams") or 0 for p in splitting.hands())
            if self._balance and is_too_heavy(self._balance, weighed, loss):
                raise WrongInput("split.too_heavy")
            splitting.change(loss=loss)
        self._end()

    def _end(self) -> None:
        events = [(KIND, body) for body in self._splitting.bodies()]
        self._splitting.end(DONE if events else DROPPED, *events)
        self.say("split.done", Tone.GOOD, count=len(self._splitting.hands()))

    def _cancel(self, values: Values) -> None:
        """Take the numbers back, as long as none was given to a chip."""
        splitting = self._splitting
        splitting.reload()
        if any(part.written for part in splitting.of(HAND)):
            raise WrongInput("split.has_hands")
        is_marked = splitting.marked() is not None
        splitting.end(UNDO if is_marked else DROPPED)
        if is_marked:
            self.say("split.undo", Tone.WARN, code=splitting.values["code"])
            self.around.again()

    def _undo(self, tap: Tap) -> None:
        splitting = self._splitting
        part = splitting.marked()
        if part is None or tap.uid != part.uid:
            self.say("split.other_tag", Tone.WAIT, code=splitting.values["code"])
        elif tap.message != part.values["payload"]:
            self.say("error.changed", Tone.BAD)
        else:
            splitting.write(tap, splitting.values["message"], part, "undo")
            self._end_undo()

    def _end_undo(self) -> None:
        if self._splitting.marked() is None:
            self._splitting.end(DROPPED)
            self.say("split.undone", Tone.GOOD)

    @property
    def is_at_end(self) -> bool:
        """Whether it is done."""
        return self._splitting.stage is SplitStage.DONE

    def leave(self) -> None:
        """What was not begun on a tag is forgotten; another one stays open."""
        splitting = self._splitting
        is_begun = any(part.written for part in splitting.parts)
        if splitting.task.state == OPEN and not is_begun:
            splitting.end(DROPPED)
