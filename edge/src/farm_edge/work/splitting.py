"""A split as its task keeps it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..store import Part
from ..store.tasks import OPEN, UNDO
from .kept import Kept
from .runs import runs
from .view import SplitStage

KIND = "split"
BUNCH, HAND = "bunch", "hand"


class Splitting(Kept):
    """What was typed, the bunch's own tag, and the hands, each with its tag."""

    @property
    def stage(self) -> SplitStage:
        """What is to be done next."""
        if self.task.state == OPEN:
            is_marked = any(part.is_on_tag for part in self.of(BUNCH))
            return SplitStage.HANDS if is_marked else SplitStage.MARK
        return SplitStage.UNDO if self.task.state == UNDO else SplitStage.DONE

    def of(self, what: str) -> list[Part]:
        """Its parts: ``BUNCH`` or ``HAND``."""
        return [part for part in self.parts if part.values["what"] == what]

    def hands(self) -> list[Part]:
        """Those on their tags."""
        return [part for part in self.of(HAND) if part.is_on_tag]

    def marked(self) -> Part | None:
        """The bunch's tag, if it may say which numbers are taken."""
        return next((part for part in self.of(BUNCH) if part.may_be_on_tag), None)

    # -- the hand at hand -------------------------------------------------------------

    def next(self) -> int | None:
        """Its number; None when there is none left."""
        gone = {part.values["index"] for part in self.hands()}
        gone |= set(self.values.get("skipped", ()))
        return next((one for one in self.values["steps"] if one not in gone), None)

    def begun(self) -> Part | None:
        """The tag that may hold it."""
        mine = self._tried(self.next())
        return next((part for part in mine if part.written == "begun"), None)

    def grams(self, number: int) -> int | None:
        """What a hand weighs, if hands were weighed."""
        grams = self.values["grams"]
        return grams[self.values["steps"].index(number)] if grams else None

    def skip(self, number: int) -> None:
        """A number is given to no chip any more."""
        self.give_up([part for part in self._tried(number) if part.is_wanted])
        self.change(skipped=[*self.values.get("skipped", ()), number])

    def _tried(self, number: int | None) -> list[Part]:
        return [part for part in self.of(HAND) if part.values["index"] == number]

    # -- what is sent -----------------------------------------------------------------

    def bodies(self) -> Iterator[dict[str, Any]]:
        """What is taken, as one event or, where one does not hold it, several."""
        hands = [_told(part) for part in self.hands()]
        if not hands:
            return
        body = {"at": self.store.clock.now(), "parent": self.values["code"]}
        loss = self.values["loss"]
        *full, last = runs(body | {"loss_grams": loss}, hands)
        for run in full:
            yield body | {"hands": run}
        yield body | {"hands": last} | ({"loss_grams": loss} if loss else {})


def _told(part: Part) -> dict[str, Any]:
    """A hand as the event says it."""
    names = ("index", "code", "chip", "payload", "grams")
    values = {name: part.values[name] for name in names if name in part.values}
    return values | {"uid": part.uid}
