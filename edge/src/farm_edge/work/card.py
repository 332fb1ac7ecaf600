"""A tag at home: a farmer's card, a bunch, anything."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import farmtag

from ..store.tasks import OPEN, UNDO
from .check import CardCheck, Finding, check, check_card, crops_of
from .hands import HandsStep
from .purchase import PurchaseStep
from .split import SplitStep
from .step import Around, Step, Values, WrongInput, clear_void
from .tap import Tap
from .view import CardView, HomeView, Standing, Tone, Verdict, Work, worst_of

_BAD = frozenset({Verdict.FORGED, Verdict.REVOKED, Verdict.NOT_ALLOWED})


class HomeStep(Step):
    """Tap a card, or a bunch."""

    def view(self) -> HomeView:
        """What was begun, and what may be done."""
        me = self.store.identity
        scope = me.scope if me else {}
        return HomeView(
            open_work=open_work(self.around),
            may_write_bunches=bool(scope.get("may_write_bunches", True)),
            may_split=bool(scope.get("may_split", True)),
            may_write_cards=bool(scope.get("may_write_cards", False)),
        )

    def actions(self) -> Mapping[str, Callable[[Values], Step | None]]:
        """Go on with what was begun, or buy without a card."""
        return {"resume": self._resume, "farmer": self._farmer}

    def _resume(self, values: Values) -> Step:
        return resumed(self.around, values.number("task", 1, 2**53))

    def _farmer(self, values: Values) -> Step:
        return PurchaseStep.of_farmer(self.around, values.text("farmer"))

    def tap(self, tap: Tap) -> Step | None:
        """Open what was tapped."""
        finding = tap.finding()
        payload = finding.reading.payload if finding.reading else None
        if isinstance(payload, farmtag.Container):
            return self._container(tap)
        if isinstance(payload, farmtag.Unit):
            tone = Tone.GOOD if finding.is_usable else Tone.BAD
            verdict = finding.verdict.value
            self.say(f"home.hand.{verdict}", tone, code=str(payload.code))
            return None
        if finding.verdict is Verdict.EMPTY:
            self.say("home.blank", Tone.WAIT)
            return None
        return CardStep(self.around, tap, finding)

    def _container(self, tap: Tap) -> Step | None:
        if clear_void(self.store, tap):
            self.say("home.cleared", Tone.GOOD)
            return None
        step = SplitStep(self.around)
        step.tap(tap)
        if step.view().code:
            return step
        self.notice = step.notice
        return None


class CardStep(HomeStep):
    """Who is certified for which crops, until when, or why not."""

    def __init__(self, around: Around, tap: Tap, finding: Finding) -> None:
        super().__init__(around)
        self._tap = tap
        self._is_asked = False
        self._judge(finding)
        if self._seen.occasion:
            self._is_asked = True
            around.ask(self._seen.occasion)

    def view(self) -> CardView:  # type: ignore[override]
        """What is known."""
        seen, card = self._seen, self._seen.card
        farmer = seen.farmer or {}
        return CardView(
            verdict=seen.finding.verdict,
            standing=seen.standing,
            card=str(card.code) if card else "",
            farmer=farmer.get("code", ""),
            farmer_name=farmer.get("name") or "",
            certificate=card.certificate if card else "",
            valid_from=card.valid_from.isoformat() if card else "",
            valid_until=seen.valid_until,
            crops=crops_of(self.store, seen),
            can_buy=seen.can_buy,
            is_asked=self._is_asked,
        )

    def tap(self, tap: Tap) -> Step | None:
        """As at home; what is told of another tag does not stand by a bad card."""
        found = super().tap(tap)
        if found or self._seen.can_buy:
            return found
        home = HomeStep(self.around)
        home.notice = self.notice
        return home

    def actions(self) -> Mapping[str, Callable[[Values], Step | None]]:
        """Buy from the farmer."""
        return {"buy": self._buy}

    def _buy(self, values: Values) -> Step:
        if not self._seen.can_buy:
            raise WrongInput("card.cannot_buy")
        return PurchaseStep.of_card(self.around, self._seen, self._tap)

    def refresh(self) -> None:
        """The server was asked: judge it anew."""
        self._is_asked = False
        self._judge(check(self.store, self._tap.message, self._tap.uid))

    def _judge(self, finding: Finding) -> None:
        self._seen = check_card(self.store, finding)
        self._tell(self._seen)

    def _tell(self, seen: CardCheck) -> None:
        told = worst_of(seen.finding.verdict, seen.standing)
        if isinstance(told, Verdict):
            tone = Tone.BAD if told in _BAD else Tone.WARN
            self.say(f"card.{told.value}", tone)
        elif seen.standing is Standing.CERTIFIED:
            self.say("card.certified", Tone.GOOD, until=seen.valid_until)
        else:
            is_open = seen.standing is Standing.UNKNOWN
            tone = Tone.WARN if is_open else Tone.BAD
            self.say(f"card.{seen.standing.value}", tone, until=seen.valid_until)


def open_work(around: Around) -> tuple[Work, ...]:
    """What was begun and is not done."""
    store = around.store
    found = []
    for task in store.tasks.unfinished():
        parts = store.tasks.parts(task.id)
        count = sum(p.is_on_tag and p.values.get("what") != "bunch" for p in parts)
        name = task.values.get("farmer") or task.values.get("certificate") or ""
        found.append(
            Work(task.id, task.kind, name or task.values.get("code", ""), count)
        )
    return tuple(found)


def resumed(around: Around, task_id: int) -> Step:
    """The step of a task, where it was.

    :raises WrongInput: ``error.task_over``
    """
    task = around.store.tasks.of(task_id)
    if task is None or task.state not in (OPEN, UNDO):
        raise WrongInput("error.task_over")
    if task.kind == "purchase":
        return PurchaseStep(around, task)
    return HandsStep(around, task)
