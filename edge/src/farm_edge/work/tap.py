"""A tag while it lies on a reader, read and judged, written safely."""

from __future__ import annotations

from collections.abc import Sequence

import farmtag

from ..reader import Reader, Tag, TagGone, TagUnsuitable
from ..store import Event, Store
from ..writing import Orders, SafeWriter
from .check import DOUBTFUL, Finding, check
from .purposes import Purposes
from .view import Verdict


class Tap:
    """One tag, from when it came.

    :raises TagError: each of its methods; what lies there is then not known
    """

    def __init__(self, store: Store, orders: Orders, reader: Reader, tag: Tag) -> None:
        self.reader, self.tag, self.uid = reader, tag, tag.uid
        self._store, self._orders = store, orders
        self._purposes = Purposes(store)
        self._message: bytes | None = None
        self._found: Finding | None = None

    @property
    def chip(self) -> farmtag.Chip | None:
        """What chip it is."""
        return self.tag.chip

    def known_chip(self) -> farmtag.Chip:
        """What chip it is, where something is to be written to it.

        :raises TagUnsuitable: ``kind``
        """
        if self.chip is None:
            raise TagUnsuitable("kind", "This is no chip of ours: take another tag.")
        return self.chip

    @property
    def message(self) -> bytes:
        """What stood on it when it was read first."""
        if self._message is None:
            self._message = self.tag.read()
        return self._message

    def finding(self) -> Finding:
        """What it is worth; nothing bad is said of a tag that was read only once."""
        if self._found is None:
            self._found = self._judged()
        return self._found

    def _judged(self) -> Finding:
        found = check(self._store, self.message, self.uid)
        if found.verdict in DOUBTFUL:
            self._message = self._again().read()
            found = check(self._store, self.message, self.uid)
        return found

    def is_card(self) -> bool:
        """Whether it is a farmer's card, whatever it is worth."""
        reading = self.finding().reading
        return reading is not None and isinstance(reading.payload, farmtag.FarmerCard)

    def is_blank(self) -> bool:
        """Whether nothing stands on it."""
        return self.finding().verdict is Verdict.EMPTY

    def is_unsettled(self) -> bool:
        """Whether a write to it was begun and did not end."""
        return any(one.uid == self.uid for one in self._purposes.unfinished())

    def settle(self) -> Sequence[Event]:
        """Bring that to its end.

        :raises EdgeError: as ``SafeWriter.settle``; it stays unfinished
        """
        return self._writer().settle(self.uid)

    def write(self, message: bytes, purpose: str) -> Sequence[Event]:
        """Have it hold a message instead of what was read.

        :return: the events of the purpose
        :raises EdgeError: as ``SafeWriter.write``
        """
        order = self._orders.place(self.uid, message, purpose, self.message)
        return self._writer().write(order)

    def _writer(self) -> SafeWriter[Event]:
        meaning = self._purposes.meaning
        return SafeWriter(self.reader, self._purposes, self._orders, meaning)

    def _again(self) -> Tag:
        tag = self.reader.sense(1.0)
        if tag is None or tag.uid != self.uid:
            raise TagGone("The tag left the reader: tap again.")
        return tag
