"""Writing that ends in a tag as ordered, or in one that is known not to be.

1. what is unfinished on this tag is settled
2. the log says what is about to happen
3. the chip is checked, and the pages that differ are written
4. the tag is activated anew and compared
5. the log says "verified", and the events are there: one transaction

After an error between 2 and 5 the log says that the write is unfinished, and the next
tap of that tag goes on with it, also after a restart.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Generic, TypeVar

from ..reader.errors import Garbled, TagGone, TagLocked, TagUnsuitable
from ..reader.interface import Reader, Tag
from . import guard
from .errors import NotStored, OtherTag, WriteError
from .orders import Orders, WriteOrder
from .records import Meaning, PendingWrite, Writes

E = TypeVar("E")
T = TypeVar("T")

TRIES = 5
WAIT_SECONDS = 1.0
_TAP_AGAIN = (TagGone, Garbled, NotStored)


class SafeWriter(Generic[E]):
    """Writes tags at one reader.

    :param meaning: the events of a write that is done
    :param tries: activations that one call may take
    :param wait: seconds that one of them waits for the tag
    """

    def __init__(
        self,
        reader: Reader,
        writes: Writes[E],
        orders: Orders,
        meaning: Meaning,
        tries: int = TRIES,
        wait: float = WAIT_SECONDS,
    ) -> None:
        self._reader, self._writes, self._orders = reader, writes, orders
        self._meaning, self._tries, self._wait = meaning, tries, wait

    def write(self, order: WriteOrder) -> Sequence[E]:
        """Carry out an order; called again after an error it goes on.

        :return: the events that are to be sent
        :raises WriteError: the order cannot be carried out
        :raises TagError: not yet, or not on this tag
        :raises ReaderError: not at this reader
        """
        if order.write_id is None:
            self.settle(order.uid)
        events = self._again_and_again(partial(self._attempt, order))
        self._orders.withdraw(order)
        return events

    def settle(self, uid: bytes) -> Sequence[E]:
        """Bring what is unfinished on a tag to its end.

        What is still wanted is written, else what was there before is put back.

        :return: the events that are to be sent
        :raises EdgeError: as :meth:`write`; it stays unfinished
        """
        events: list[E] = []
        for pending in self._unfinished(uid):
            events += self._again_and_again(partial(self._settled, pending))
        return events

    def _unfinished(self, uid: bytes) -> list[PendingWrite]:
        return [one for one in self._writes.unfinished() if one.uid == uid]

    def _again_and_again(self, job: Callable[[], T]) -> T:
        for left in reversed(range(self._tries)):
            try:
                return job()
            except _TAP_AGAIN:
                if not left:
                    raise
        raise AssertionError("at least one try")

    # one activation -------------------------------------------------------------------

    def _attempt(self, order: WriteOrder) -> Sequence[E]:
        self._orders.check(order)
        tag = self._tag(order.uid)
        if order.write_id is None:
            old = self._checked(order, tag)
            order.write_id = self._writes.begin(
                order.uid, old, order.message, order.purpose
            )
        return self._finished(self._begun(order), tag)

    def _begun(self, order: WriteOrder) -> PendingWrite:
        for pending in self._unfinished(order.uid):
            if pending.id == order.write_id:
                return pending
        raise WriteError("The order was carried out or given up: place a new one.")

    def _checked(self, order: WriteOrder, tag: Tag) -> bytes:
        """What is on the tag, if the order may be begun on it."""
        guard.check(tag, order.message)
        old = _content(tag)
        if order.based_on is not None and old not in (order.based_on, order.message):
            raise TagUnsuitable(
                "changed", "The tag holds something else by now: read it again."
            )
        return old

    def _settled(self, pending: PendingWrite) -> Sequence[E]:
        tag = self._tag(pending.uid)
        if self._meaning(pending) is not None:
            return self._finished(pending, tag)
        try:
            self._put(tag, pending.old)
            why = "the tag is as it was"
        except (TagLocked, TagUnsuitable) as error:
            if self._tag(pending.uid).is_writable:
                raise
            why = str(error)
        self._writes.failed(pending.id, f"not wanted any more; {why}")
        return []

    def _finished(self, pending: PendingWrite, tag: Tag) -> Sequence[E]:
        try:
            self._put(tag, pending.new)
        except (TagLocked, TagUnsuitable) as error:
            self._give_up(pending, str(error))
            raise
        return self._writes.verified(pending.id, *(self._meaning(pending) or ()))

    def _put(self, tag: Tag, message: bytes) -> None:
        """Write, and compare by a new activation."""
        try:
            content = tag.read()
            if content == message:
                return
        except Garbled:
            content = b""
        tag.write(content, message)
        if self._tag(tag.uid).read() != message:
            raise NotStored("The tag does not hold what was written: tap again.")

    def _give_up(self, pending: PendingWrite, why: str) -> None:
        """End it as failed if the tag is seen to be as it was."""
        try:
            is_as_before = self._tag(pending.uid).read() == pending.old
        except (*_TAP_AGAIN, OtherTag):
            return
        if is_as_before:
            self._writes.failed(pending.id, why)

    def _tag(self, uid: bytes) -> Tag:
        tag = self._reader.sense(self._wait)
        if tag is None:
            raise TagGone("The tag left the reader: tap again.")
        if tag.uid != uid:
            wanted, found = uid.hex().upper(), tag.uid.hex().upper()
            raise OtherTag(f"This is tag {found}, not {wanted}: swap them.")
        return tag


def _content(tag: Tag) -> bytes:
    """The message; none where a write that was interrupted left no whole one."""
    try:
        return tag.read()
    except Garbled:
        return b""
