"""Work on tags as its task keeps it, through a power cut, too."""

from __future__ import annotations

from typing import Any

from ..store import Event, Part, Store, Task
from ..store.tasks import purpose_of
from .tap import Tap


class Kept:
    """A task and its parts: what was chosen, and the tags that were begun."""

    def __init__(self, store: Store, task: Task) -> None:
        self.store, self.task = store, task
        self.parts = store.tasks.parts(task.id)

    @property
    def values(self) -> dict[str, Any]:
        """What was chosen."""
        return self.task.values

    def reload(self) -> None:
        """Look at the store anew."""
        self.task = self.store.tasks.of(self.task.id) or self.task
        self.parts = self.store.tasks.parts(self.task.id)

    def change(self, **values: Any) -> None:
        """Choose something.

        :raises TaskOver: if it is over
        """
        self.task = self.store.tasks.change(self.task.id, **values)

    def begin(self, uid: bytes, values: dict[str, Any]) -> Part:
        """Note that a tag is about to become a part.

        :raises TaskOver: if it is over
        """
        part = self.store.tasks.add(self.task.id, uid, values)
        self.reload()
        return part

    def write(self, tap: Tap, message: bytes, part: Part, deed: str = "task") -> None:
        """Have the tag of a part hold a message; ``deed`` as in ``purpose_of``.

        :raises EdgeError: as ``Tap.write``
        """
        try:
            tap.write(message, purpose_of(self.task.id, part.number, deed))
        finally:
            self.reload()

    def give_up(self, parts: list[Part]) -> None:
        """The tags of these parts are not to become anything."""
        for part in parts:
            self.store.tasks.give_up(self.task.id, part.number)
        self.reload()

    def end(self, state: str, *events: tuple[str, dict[str, Any]]) -> list[Event]:
        """It is over, or is to be taken back, with what is to be sent.

        :raises TaskOver: if it was over before
        """
        found = self.store.tasks.end(self.task.id, state, *events)
        self.reload()
        return found
