"""The journal goes up, in batches, each acknowledged before the next."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Any

from .. import __version__
from ..store import Event, Identity, OtherHistory, Store
from . import wire
from .client import Client
from .errors import NotTheServer, Refused, Unreachable
from .pace import Pace

#: how often in one go the server may ask for earlier events
MOST_GAPS = 3
#: events whose result may have changed, in one go
ASKED_AGAIN = 10
#: what a server answers that could not do so much at once, or one of them
FAILED = frozenset({500, 502, 504})
Status = Callable[[], dict[str, Any]]


class Push:
    """Sends what the server does not have.

    :param status: what else the server is told of the device, such as ``battery``
    """

    def __init__(
        self, store: Store, client: Client, pace: Pace, status: Status = dict
    ) -> None:
        self._store = store
        self._client = client
        self._pace = pace
        self._status = status
        self._chain = 0  # of the enrolment that asks
        #: bytes that were sent
        self.bytes = 0

    def all(self) -> int:
        """Send all that waits now; without anything, ask the server how far it is, so
        that a restored backup is found before it is worked with.

        What comes meanwhile is of the next time: at a gate it may never end.

        :return: how many events
        :raises Refused: ``fork`` when the device is in quarantine from now on
        :raises SyncError: what stopped it; what was acknowledged before stands
        """
        sent, gaps = 0, 0
        until: int | None = None
        stopped: Refused | None = None
        goal = self._store.journal.head().seq
        while True:
            batch = self._batch(until)
            if stopped and not batch:
                raise stopped
            try:
                self._send(batch)
            except Refused as refused:
                gaps += refused.problem == "gap"
                if gaps > MOST_GAPS or not self._follow(refused, batch):
                    raise
                if refused.problem == "device-revoked":
                    until, stopped = refused.number("until_seq"), refused
                continue
            sent += len(batch)
            head = self._store.journal.head()
            if not head.waiting or head.ack_seq >= goal:
                return sent

    def again(self) -> int:
        """Ask what became of events that waited or were refused.

        :return: how many were asked about
        :raises SyncError: as :meth:`all`
        """
        events = self._store.journal.open(ASKED_AGAIN)
        for event in events:
            self._send([event])
        return len(events)

    # -- one batch --------------------------------------------------------------------

    def _batch(self, until: int | None) -> list[Event]:
        pace = self._pace
        events = self._store.journal.unsent(pace.events, pace.bytes)
        return [one for one in events if until is None or one.seq <= until]

    def _send(self, events: Sequence[Event]) -> None:
        """Send a run of events, and note what the server says."""
        journal, me = self._store.journal, self._store.identities.needed()
        head, self._chain = journal.head(), me.chain
        from_seq = events[0].seq if events else head.ack_seq + 1
        message = self._written(me, from_seq, events)
        begin = time.monotonic()
        try:
            answer = wire.read_answer(self._post(message, me.token))
        except Refused as refused:
            if refused.status in FAILED:
                self._pace.fewer(len(events))
            raise
        except Unreachable as error:
            if error.is_cut:
                self._pace.smaller()
            raise
        self._pace.went(len(message), time.monotonic() - begin)
        self._check(from_seq, events, answer)
        self._note(answer)

    def _written(self, me: Identity, from_seq: int, events: Sequence[Event]) -> bytes:
        journal = self._store.journal
        backlog = journal.waiting() - len(events)
        return wire.write_push(
            me.number,
            me.signing_key(),
            from_seq,
            journal.hash_at(from_seq - 1),
            events,
            self._store.clock.own(),
            self._status() | {"version": __version__, "backlog": max(backlog, 0)},
        )

    def _post(self, message: bytes, token: str) -> bytes:
        body = wire.packed(message)
        self.bytes += len(body)
        return self._client.post("push", body, token, coding=wire.GZIP)

    def _check(
        self, from_seq: int, events: Sequence[Event], answer: wire.Answer
    ) -> None:
        """Believe no answer that speaks of something else than was asked."""
        sent = {event.seq: event.id for event in events}
        told = {result.seq: result.id for result in answer.results}
        if told != sent or answer.ack_seq < from_seq + len(events) - 1:
            raise NotTheServer("The answer is not about the events that were sent")

    def _note(self, answer: wire.Answer) -> None:
        journal = self._store.journal
        try:
            with self._store.database.writing():
                if journal.head().chain != self._chain:
                    raise Unreachable("The device was enrolled anew meanwhile")
                journal.note(answer.results)
                journal.acknowledge(answer.ack_seq, answer.ack_hash, ())
                self._store.clock.hear(answer.server_time)
        except OtherHistory as error:
            self._store.identities.quarantine(str(error))
            raise Refused(409, "fork", str(error)) from None

    # -- what is refused --------------------------------------------------------------

    def _follow(self, refused: Refused, batch: Sequence[Event]) -> bool:
        """Do what a refusal asks for; gives whether to go on."""
        send_from = refused.number("send_from")
        if refused.problem == "gap" and send_from:
            return self._go_back(send_from)
        if refused.problem in ("fork", "device-quarantined"):
            self._shut_out(refused, batch)
            return False
        if refused.problem == "device-revoked":
            return self._may_send_until(refused.number("until_seq"), batch)
        if len(batch) < 2:
            return False
        if refused.status == 413:
            self._pace.fewer(len(batch))
            self._pace.smaller()
            return True
        if refused.status == 400:
            self._pace.fewer(len(batch))
            return True
        return False

    def _shut_out(self, refused: Refused, batch: Sequence[Event]) -> None:
        """The server believes the device no more, unless it was enrolled anew since."""
        with self._store.database.writing():
            if self._store.journal.head().chain != self._chain:
                return
            if refused.problem == "fork":
                self._store.journal.note_fork(batch)
            self._store.identities.quarantine(str(refused))

    def _go_back(self, send_from: int) -> bool:
        try:
            self._store.journal.set_back(send_from - 1)
        except OtherHistory as error:
            raise NotTheServer(f"The server asks for what is none: {error}") from None
        return True

    def _may_send_until(self, until: int | None, batch: Sequence[Event]) -> bool:
        """Whether something of the batch was done before the device was revoked."""
        first, last = batch[0].seq if batch else 0, batch[-1].seq if batch else 0
        return until is not None and first <= until < last
