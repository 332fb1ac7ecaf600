"""What was done today, what is not sent, what came back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from ..store import Event, Result
from ..sync import Occasion
from .receipt import line_of, receipt_of, whole_of, with_result
from .step import Around, Step, Values, WrongInput
from .view import EventLine, Receipt, RefusedView, TodayView, Tone, WaitingView

#: lines that are shown; who looks for more asks the office, or ``farm-edge export``
MOST_LINES = 100


class ListStep(Step):
    """Something to look at."""

    def __init__(self, around: Around) -> None:
        super().__init__(around)
        self._known: dict[bytes, EventLine] = {}

    def _lines(
        self, told: Sequence[tuple[Event, Result | None]]
    ) -> tuple[EventLine, ...]:
        """What was read once is not read again, as it never changes."""
        lines = []
        for event, result in told:
            known = self._known.get(event.id) or line_of(event, None)
            self._known[event.id] = known
            lines.append(with_result(known, result))
        return tuple(lines)

    @property
    def is_at_end(self) -> bool:
        """It asks for nothing."""
        return True


class TodayStep(ListStep):
    """What was done today; receipts are shown again."""

    _receipt: Receipt | None = None

    def view(self) -> TodayView:
        """The last first."""
        lines = self._lines(self.store.journal.today()[::-1])
        bought = [line for line in lines if line.kind == "purchase"]
        return TodayView(
            lines=lines[:MOST_LINES],
            more=max(len(lines) - MOST_LINES, 0),
            purchases=len(bought),
            bunches=sum(line.count for line in bought),
            grams=sum(line.grams for line in bought),
            receipt=self._receipt,
        )

    def actions(self) -> Mapping[str, Callable[[Values], Step | None]]:
        """Show a receipt."""
        return {"receipt": self._show}

    def _show(self, values: Values) -> None:
        told = [event for event, _result in self.store.journal.today()]
        found = next(
            (one for one in told if one.id.hex() == values.text("event")), None
        )
        if not found or found.kind != "purchase":
            raise WrongInput("today.no_receipt")
        self._receipt = receipt_of(self.store, *whole_of(found, told))


class WaitingStep(ListStep):
    """What is not sent yet."""

    def view(self) -> WaitingView:
        """The oldest first."""
        journal = self.store.journal
        waiting = journal.waiting()
        told = journal.unsent(MOST_LINES) if waiting else []
        lines = self._lines([(event, None) for event in told])
        return WaitingView(lines=lines, more=waiting - len(lines))

    def actions(self) -> Mapping[str, Callable[[Values], Step | None]]:
        """Look at the server now."""
        return {"sync": self._sync}

    def _sync(self, values: Values) -> None:
        self.around.ask(Occasion.PERSON)
        self.say("waiting.asked", Tone.WAIT)


class RefusedStep(ListStep):
    """What came back, and why."""

    def view(self) -> RefusedView:
        """The last first."""
        told = self.store.journal.refused()[::-1]
        lines = self._lines(told[:MOST_LINES])
        return RefusedView(lines=lines, more=len(told) - len(lines))
