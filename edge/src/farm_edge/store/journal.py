"""What was done on the device, in the order in which it was done."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from . import canonical
from .chain import BEGIN, Event, Result, body_of, first_broken, hash_of, new_id
from .clock import Clock
from .database import Database, Row
from .errors import NotEnrolled, OtherHistory, StoreDamaged

EVENT = "event.seq, event.id, event.kind, event.body, event.hash, event.at"
RESULT = "result.state, result.code, result.message, result.refs"
CURRENT = "SELECT id, number, ack_seq, ack_hash FROM chain WHERE is_current = 1"
#: what a person looks at
BACK = ("refused", "conflict", "forked")
#: what may become something else on the server
OPEN = ("parked", "refused", "conflict")
#: as the index of results that are open says it, so that it is used
NOT_DONE = "result.state NOT IN ('applied', 'settled')"
#: bytes of an event on the wire beside its body and kind
FRAME = 40
_MOST = 2**31


@dataclass(frozen=True)
class Head:
    """Where the current journal ends, and how far the server has it."""

    chain: int
    number: int
    seq: int
    hash: bytes
    ack_seq: int
    ack_hash: bytes

    @property
    def waiting(self) -> int:
        """How many events wait to be sent."""
        return self.seq - self.ack_seq


class Journal:
    """The journal of the current enrolment; what was written is never changed."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        #: called when an event is safe on the disk, by the thread that wrote it
        self.listeners: list[Callable[[], None]] = []

    # -- writing ----------------------------------------------------------------------

    def append(self, kind: str, body: dict[str, Any]) -> Event:
        """Write an event down; when this returns, it is on the disk.

        :raises UnfitEvent: if no server would take it
        :raises NotEnrolled: before the first enrolment
        """
        raw = body_of(kind, body)
        now = self._clock.now()
        with self._database.writing() as connection:
            event = _add(connection, new_id(now), kind, raw, now)
            self._database.after(self._tell)
        return event

    def carry_over(self, from_chain: int) -> int:
        """Write what another journal still had to send into the current one, under the
        same ids, so that the server knows what it has already.

        Left out is what the server keeps as another history: people look at that.

        :return: how many
        """
        with self._database.writing() as connection:
            rows = connection.execute(
                "SELECT event.id, kind, body, at FROM event"
                " JOIN chain ON chain.id = event.chain LEFT JOIN result"
                " ON result.chain = event.chain AND result.seq = event.seq"
                " WHERE event.chain = ? AND event.seq > ack_seq"
                " AND coalesce(result.state, '') <> 'forked' ORDER BY event.seq",
                (from_chain,),
            ).fetchall()
            for row in rows:
                _add(connection, *row)
            self._database.after(self._tell)
        return len(rows)

    def _tell(self) -> None:
        for listener in self.listeners:
            listener()

    # -- what is to be sent -----------------------------------------------------------

    def head(self) -> Head:
        """:raises NotEnrolled: before the first enrolment"""
        with self._database.reading() as connection:
            return _head(connection)

    def hash_at(self, seq: int) -> bytes:
        """The hash of an event; zeros for 0.

        :raises OtherHistory: if the journal has no such event
        """
        with self._database.reading() as connection:
            return _hash_at(connection, _head(connection), seq)

    def unsent(self, limit: int, most_bytes: int = _MOST) -> list[Event]:
        """The next events that the server does not have.

        :param most_bytes: of all together on the wire; one event at least is given
        """
        with self._database.reading() as connection:
            head = _head(connection)
            return self.since(head.ack_seq + 1, limit, most_bytes)

    def since(self, seq: int, limit: int, most_bytes: int = _MOST) -> list[Event]:
        """Events from a number on, see :meth:`unsent`."""
        found: list[Event] = []
        with self._database.reading() as connection:
            cursor = connection.execute(
                f"SELECT {EVENT} FROM event WHERE chain = ? AND seq >= ?"
                " ORDER BY seq LIMIT ?",
                (_head(connection).chain, seq, limit),
            )
            for row in cursor:
                event = Event(*row)
                most_bytes -= len(event.body) + len(event.kind) + FRAME
                if found and most_bytes < 0:
                    break
                found.append(event)
        return found

    def acknowledge(self, seq: int, hash: bytes, results: Sequence[Result]) -> None:
        """Note what the server has, and what it made of it.

        :raises OtherHistory: if it has other events than these, or more
        """
        with self._database.writing() as connection:
            head = _head(connection)
            if _hash_at(connection, head, seq) != hash:
                raise OtherHistory(f"The server has another event {seq}")
            self._note(connection, head.chain, results)
            if seq > head.ack_seq:  # another process may have heard more already
                _acknowledge(connection, head.chain, seq, hash)

    def set_back(self, seq: int) -> None:
        """Note that the server has no more than this: it was restored from a backup.

        :raises OtherHistory: if it has more than that, or not even that many are here
        """
        with self._database.writing() as connection:
            head = _head(connection)
            if seq >= head.ack_seq:
                raise OtherHistory(f"The server has more than {seq} events")
            hash = _hash_at(connection, head, seq)
            _acknowledge(connection, head.chain, seq, hash)

    def note(self, results: Sequence[Result]) -> None:
        """Note what became of events that the server has.

        :raises OtherHistory: if one is of another event
        """
        with self._database.writing() as connection:
            self._note(connection, _head(connection).chain, results)

    def note_fork(self, events: Iterable[Event]) -> None:
        """Note that the server keeps these as another history, for people."""
        self.note([Result(event.seq, event.id, "forked", "fork") for event in events])

    def _note(
        self, connection: sqlite3.Connection, chain: int, results: Sequence[Result]
    ) -> None:
        for result in results:
            row = connection.execute(
                "SELECT id FROM event WHERE chain = ? AND seq = ?", (chain, result.seq)
            ).fetchone()
            if row is None or row[0] != result.id:
                raise OtherHistory(f"The server answers of another event {result.seq}")
            connection.execute(
                "INSERT INTO result (chain, seq, state, code, message, refs)"
                " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (chain, seq) DO UPDATE SET"
                " state = excluded.state, code = excluded.code,"
                " message = excluded.message, refs = excluded.refs",
                (
                    chain,
                    result.seq,
                    result.state,
                    result.code,
                    result.message,
                    canonical.encode(result.refs),
                ),
            )

    def open(self, limit: int) -> list[Event]:
        """Events whose result may have changed, those first that were asked about
        longest ago; they count as asked about now."""
        with self._database.writing() as connection:
            head = _head(connection)
            marks = ", ".join("?" * len(OPEN))
            rows = connection.execute(
                f"SELECT {EVENT} FROM result INDEXED BY result_open"
                " JOIN event USING (chain, seq)"
                f" WHERE {NOT_DONE} AND chain = ? AND state IN ({marks}) AND seq <= ?"
                " ORDER BY asked, seq LIMIT ?",
                (head.chain, *OPEN, head.ack_seq, limit),
            ).fetchall()
            connection.executemany(
                "UPDATE result SET asked = asked + 1 WHERE chain = ? AND seq = ?",
                [(head.chain, row[0]) for row in rows],
            )
        return [Event(*row) for row in rows]

    # -- what people look at ----------------------------------------------------------

    def today(self) -> list[tuple[Event, Result | None]]:
        """What was done on this day of the device's place, in order, with what became
        of it; a clock that was wrong puts an event on another day. What went over to
        another number of the device is there once, as the last one has it."""
        begin = datetime.fromtimestamp(self._clock.now() / 1_000).replace(
            hour=0, minute=0, second=0, microsecond=0
        )
        begin_ms = int(begin.timestamp() * 1_000)
        found = self._with_results("event.at >= ?", (begin_ms,))
        return list({event.id: (event, result) for event, result in found}.values())

    def naming(self, kind: str, since: int, *texts: str) -> list[Event]:
        """Events of a kind, from a moment on, in which one of some texts stands; of
        earlier enrolments, too."""
        if not texts:
            return []
        stands = " OR ".join(["instr(body, CAST(? AS BLOB))"] * len(texts))
        rows = self._database.rows(
            f"SELECT {EVENT} FROM event WHERE kind = ? AND at >= ? AND ({stands})"
            " ORDER BY chain, seq",
            (kind, since, *texts),
        )
        return [Event(*row) for row in rows]

    def refused(self) -> list[tuple[Event, Result]]:
        """What came back, and why; of earlier enrolments, too."""
        marks = ", ".join("?" * len(BACK))
        condition = f"{NOT_DONE} AND result.state IN ({marks})"
        found = self._with_results(condition, BACK, "result CROSS JOIN event")
        return [(event, result) for event, result in found if result]

    def waiting(self) -> int:
        """How many events wait to be sent; 0 before the first enrolment."""
        row = self._database.row(
            "SELECT count(*) FROM event JOIN chain ON chain.id = event.chain"
            " WHERE is_current = 1 AND seq > ack_seq"
        )
        return int(row[0]) if row else 0

    def back(self) -> int:
        """How many came back."""
        row = self._database.row(
            f"SELECT count(*) FROM result WHERE {NOT_DONE} AND state IN (?, ?, ?)",
            BACK,
        )
        return int(row[0]) if row else 0

    def _with_results(
        self,
        condition: str,
        values: Sequence[Any],
        joined: str = "event LEFT JOIN result",
    ) -> list[tuple[Event, Result | None]]:
        # The + keeps SQLite from reading the whole journal to spare a sort.
        rows = self._database.rows(
            f"SELECT {EVENT}, {RESULT} FROM {joined}"
            " ON result.chain = event.chain AND result.seq = event.seq"
            f" WHERE {condition} ORDER BY +event.chain, +event.seq",
            values,
        )
        return [_told(row) for row in rows]

    # -- whether it is whole ----------------------------------------------------------

    def check(self, from_seq: int = 1) -> None:
        """Check the chain of hashes from an event on.

        :raises StoreDamaged: if an event is not what was written
        """
        with self._database.reading() as connection:
            try:
                head = _head(connection)
            except NotEnrolled:
                return
            cursor = connection.execute(
                f"SELECT {EVENT} FROM event WHERE chain = ? AND seq >= ? ORDER BY seq",
                (head.chain, from_seq),
            )
            before = _hash_at(connection, head, from_seq - 1)
            events = (Event(*row) for row in cursor)
            broken = first_broken(before, head.number, events)
        if broken is not None:
            raise StoreDamaged(f"Event {broken} of the journal is not what was written")

    def check_unsent(self) -> None:
        """Check what is still to be sent, see :meth:`check`."""
        row = self._database.row(CURRENT)
        if row is not None:
            self.check(row[2] + 1)


def _head(connection: sqlite3.Connection) -> Head:
    row = connection.execute(CURRENT).fetchone()
    if row is None:
        raise NotEnrolled("A journal has a number: enrol the device first")
    chain, number, ack_seq, ack_hash = row
    last = connection.execute(
        "SELECT seq, hash FROM event WHERE chain = ? ORDER BY seq DESC LIMIT 1",
        (chain,),
    ).fetchone()
    seq, hash = last or (0, BEGIN)
    return Head(chain, number, seq, hash, ack_seq, ack_hash)


def _hash_at(connection: sqlite3.Connection, head: Head, seq: int) -> bytes:
    if seq == 0:
        return BEGIN
    row = connection.execute(
        "SELECT hash FROM event WHERE chain = ? AND seq = ?", (head.chain, seq)
    ).fetchone()
    if row is None:
        raise OtherHistory(f"The journal ends at {head.seq} and has no event {seq}")
    return bytes(row[0])


def _acknowledge(
    connection: sqlite3.Connection, chain: int, seq: int, hash: bytes
) -> None:
    connection.execute(
        "UPDATE chain SET ack_seq = ?, ack_hash = ? WHERE id = ?", (seq, hash, chain)
    )


def _add(
    connection: sqlite3.Connection, id: bytes, kind: str, body: bytes, at: int
) -> Event:
    head = _head(connection)
    seq = head.seq + 1
    hash = hash_of(head.hash, head.number, seq, id, kind, body)
    connection.execute(
        "INSERT INTO event (chain, seq, id, kind, body, hash, at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (head.chain, seq, id, kind, body, hash, at),
    )
    return Event(seq, id, kind, body, hash, at)


def _told(row: Row) -> tuple[Event, Result | None]:
    event = Event(*row[:6])
    if row[6] is None:
        return event, None
    state, code, message, refs = row[6:]
    told = canonical.decode(refs)
    return event, Result(event.seq, event.id, state, code, message, told)
