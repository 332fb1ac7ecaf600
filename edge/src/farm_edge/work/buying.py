"""A purchase as its task keeps it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..store import Part
from ..store.snapshot import Record
from ..store.tasks import UNDO
from .kept import Kept
from .runs import runs
from .view import PurchaseStage

#: what of the task's values goes into the event as it is
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


class Buying(Kept):
    """What was chosen, and the bunches, each with its tag."""

    @property
    def stage(self) -> PurchaseStage:
        """What is to be done next, until it is over."""
        values = self.values
        if self.task.state == UNDO:
            return PurchaseStage.UNDO
        if not values.get("crop"):
            return PurchaseStage.CROP
        if "grade" not in values and self.grades():
            return PurchaseStage.GRADE
        if not values.get("wanted"):
            return PurchaseStage.COUNT
        if self.current():
            return PurchaseStage.TAG
        enough = len(self.on_tags()) >= values["wanted"]
        return PurchaseStage.REVIEW if enough else PurchaseStage.BUNCH

    # -- bunches ----------------------------------------------------------------------

    def on_tags(self) -> list[Part]:
        """Bunches that are bought: their tags are verified."""
        return [part for part in self.parts if part.is_on_tag]

    def left_on_tags(self) -> list[Part]:
        """Bunches whose tags may still hold them."""
        return [part for part in self.parts if part.may_be_on_tag]

    def current(self) -> dict[str, Any] | None:
        """The bunch at hand, not on its tag yet: ``n``, ``hands``, ``grams``."""
        current: dict[str, Any] | None = self.values.get("current")
        if not current or current["n"] in {p.values["n"] for p in self.on_tags()}:
            return None
        return current

    def unsure(self) -> list[Part]:
        """Tags that were begun for the bunch at hand."""
        current = self.current()
        if not current:
            return []
        of_it = [p for p in self.parts if p.values["n"] == current["n"]]
        return [part for part in of_it if part.is_wanted]

    def next_bunch(self, hands: int, grams: int) -> None:
        """Another bunch is at hand; what was begun for the one before is given up."""
        self.give_up(self.unsure())
        number = 1 + max((part.values["n"] for part in self.parts), default=0)
        self.change(current={"n": number, "hands": hands, "grams": grams})

    # -- what is carried of it --------------------------------------------------------

    def crops(self) -> list[Record]:
        """The crops of the card, else all."""
        rights = self.values.get("rights")
        crops = self.store.snapshot.crops()
        return [one for one in crops if rights is None or str(one["id"]) in rights]

    def grades(self) -> list[Record]:
        """The grades of its crop."""
        return self.store.snapshot.grades(self.values["crop_id"])

    # -- what is sent -----------------------------------------------------------------

    def bodies(self) -> Iterator[dict[str, Any]]:
        """What is bought, as one event or, where one does not hold it, several."""
        told = {name: self.values.get(name) for name in _TOLD}
        body = {"at": self.store.clock.now()} | {k: v for k, v in told.items() if v}
        for run in runs(body, [_told(part) for part in self.on_tags()]):
            yield body | {"bunches": run}


def _told(part: Part) -> dict[str, Any]:
    """A bunch as the event says it."""
    names = ("code", "grams", "hands", "chip", "payload")
    return {name: part.values[name] for name in names} | {"uid": part.uid}
