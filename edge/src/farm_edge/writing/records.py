"""What the store remembers of a write, as this room needs it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol, TypeVar

#: an event to be: kind and body
Outgoing = tuple[str, dict[str, Any]]
Event = TypeVar("Event", covariant=True)


class PendingWrite(Protocol):
    """A write that was begun.

    - ``old``, ``new``: NDEF messages, before and after
    - ``purpose``: what the work that ordered it knows it by
    """

    @property
    def id(self) -> int: ...

    @property
    def uid(self) -> bytes: ...

    @property
    def old(self) -> bytes: ...

    @property
    def new(self) -> bytes: ...

    @property
    def purpose(self) -> str: ...


class Writes(Protocol[Event]):
    """The log of writes; what returns is on disk."""

    def begin(self, uid: bytes, old: bytes, new: bytes, purpose: str) -> int:
        """Note that a tag is about to be written; gives the number of the write."""

    def verified(self, write_id: int, /, *events: Outgoing) -> Sequence[Event]:
        """In one transaction: the tag has it, and these events are to be sent."""

    def failed(self, write_id: int, /, why: str) -> None:
        """The tag has what it had before."""

    def unfinished(self) -> Sequence[PendingWrite]:
        """What was begun and did not end, the oldest first."""


#: the events of a write that is done; ``None`` if nobody wants it any more
Meaning = Callable[[PendingWrite], Sequence[Outgoing] | None]
