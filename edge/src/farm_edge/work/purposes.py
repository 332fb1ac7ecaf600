"""What writes that are not finished were for, also after a restart.

===================  ==================================================================
``task 12.3``        part 3 of a purchase or split; wanted while that is open
``undo 12.3``        its tag is to be as it was before
``card 77``          the farmer's card of an order; its event says that it is written
``retire why code``  the tag becomes blank, its event says that it is taken off
===================  ==================================================================
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..store import Event, Store
from ..store import PendingWrite as StoredWrite
from ..store.tasks import OPEN
from ..words import say
from ..writing import Outgoing, PendingWrite, WriteError


class Purposes:
    """The log of writes of a store, with what writes mean.

    It is a ``writing.Writes``: a write is verified only if it is wanted at that moment.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    def meaning(self, pending: PendingWrite) -> Sequence[Outgoing] | None:
        """The events of a write that is done; None if nobody wants it any more."""
        deed, _space, rest = pending.purpose.partition(" ")
        if deed == "task":
            return self._of_task(rest)
        if deed == "card":
            return [("card", self._card(pending))]
        if deed == "retire":
            return [("retire", self._retired(pending.uid, rest))]
        return () if deed == "undo" else None

    def _of_task(self, name: str) -> Sequence[Outgoing] | None:
        task_id, number = map(int, name.split("."))
        task = self._store.tasks.of(task_id)
        part = self._store.tasks.part(task_id, number)
        is_wanted = task and task.state == OPEN and part and part.is_wanted
        return () if is_wanted else None

    def _card(self, pending: PendingWrite) -> dict[str, Any]:
        now = self._store.clock.now()
        return {"at": now, "uid": pending.uid, "payload": pending.new}

    def _retired(self, uid: bytes, rest: str) -> dict[str, Any]:
        reason, _space, code = rest.partition(" ")
        return retired(self._store, uid, code, reason)

    # -- the log of writes ------------------------------------------------------------

    def begin(self, uid: bytes, old: bytes, new: bytes, purpose: str) -> int:
        """As the store's."""
        return self._store.writes.begin(uid, old, new, purpose)

    def verified(self, write_id: int, /, *events: Outgoing) -> list[Event]:
        """As the store's, in one transaction with the question whether it is wanted.

        :raises WriteError: it was given up meanwhile; the next tap puts it back
        """
        with self._store.database.writing():
            pending = next((p for p in self.unfinished() if p.id == write_id), None)
            if pending and self.meaning(pending) is None:
                raise WriteError("The work has ended meanwhile: tap the tag again.")
            return self._store.writes.verified(write_id, *events)

    def failed(self, write_id: int, /, why: str) -> None:
        """As the store's."""
        self._store.writes.failed(write_id, why)

    def unfinished(self) -> list[StoredWrite]:
        """As the store's."""
        return self._store.writes.unfinished()


def retired(store: Store, uid: bytes, code: str, reason: str) -> dict[str, Any]:
    """The event of a tag that is taken off.

    :param code: "" if nobody knows it; ``reason``: one of ``view.REASONS``
    """
    words = say(store.settings["language"], f"retire.reason.{reason}")
    body = {"at": store.clock.now(), "uid": uid, "reason": words}
    return body | ({"code": code} if code else {})
