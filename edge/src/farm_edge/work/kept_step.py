"""What steps have in common whose work is a task: a purchase, a split."""

from __future__ import annotations

from typing import Any

from ..store.tasks import DROPPED, UNDO
from .kept import Kept
from .step import Step, Values
from .tap import Tap
from .view import Tone


class KeptStep(Step):
    """The task says where it is."""

    @property
    def kept(self) -> Kept:
        """Its task."""
        raise NotImplementedError

    @property
    def is_over(self) -> bool:
        """Whether it was given up."""
        return self.kept.task.state == DROPPED

    def settled(self, tap: Tap) -> None:
        """The tag that was begun is done, or is as it was."""
        self._written()
        if self.kept.task.state == UNDO:
            self._end_undo()

    def _write(self, tap: Tap, message: bytes, values: dict[str, Any]) -> None:
        part = self.kept.begin(tap.uid, values | {"payload": message})
        self.say("tag.writing", Tone.WAIT)
        self.around.show()
        self.kept.write(tap, message, part)
        self._written()

    def _written(self) -> None:
        """A tag was written: what is next, or that it is over."""
        raise NotImplementedError

    def _end_undo(self) -> None:
        """A tag is as it was: it is over when all are."""
        raise NotImplementedError

    def _leave_tags(self, values: Values) -> None:
        """The tags that are to be as they were are not here."""
        self.kept.end(DROPPED)
