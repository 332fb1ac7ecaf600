"""The log of writes to tags: what is begun is known, also after a power cut."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Any

from .chain import Event
from .database import Database
from .errors import WriteOver
from .journal import Journal


@dataclass(frozen=True)
class PendingWrite:
    """A write of which nobody knows how it ended.

    ``old`` is what was on the tag before, ``new`` what is to be there: NDEF messages.
    """

    id: int
    uid: bytes
    old: bytes
    new: bytes
    purpose: str


class Writes:
    """Each write is begun, then verified with its events, or failed: once."""

    def __init__(self, database: Database, journal: Journal) -> None:
        self._database = database
        self._journal = journal

    def begin(self, uid: bytes, old: bytes, new: bytes, purpose: str) -> int:
        """Write down that a tag is about to be written.

        :return: the number of the write
        """
        with self._database.writing() as connection:
            cursor = connection.execute(
                "INSERT INTO tag_write (uid, old, new, purpose, state)"
                " VALUES (?, ?, ?, ?, 'begun')",
                (uid, old, new, purpose),
            )
        return int(cursor.lastrowid or 0)

    def verified(
        self, write_id: int, *events: tuple[str, dict[str, Any]]
    ) -> list[Event]:
        """Note that the tag has it, and what that means, in one transaction.

        :raises WriteOver: if it ended before; then its events are there already
        """
        with self._database.writing() as connection:
            self._end(connection, write_id, "verified", "")
            return [self._journal.append(kind, body) for kind, body in events]

    def failed(self, write_id: int, why: str) -> None:
        """Note that it was given up.

        :raises WriteOver: if it ended before
        """
        with self._database.writing() as connection:
            self._end(connection, write_id, "failed", why)

    def unfinished(self) -> list[PendingWrite]:
        """What was begun and did not end, the oldest first."""
        rows = self._database.rows(
            "SELECT id, uid, old, new, purpose FROM tag_write"
            " WHERE state = 'begun' ORDER BY id"
        )
        return [PendingWrite(*row) for row in rows]

    def _end(
        self, connection: sqlite3.Connection, write_id: int, state: str, why: str
    ) -> None:
        cursor = connection.execute(
            "UPDATE tag_write SET state = ?, why = ? WHERE id = ? AND state = 'begun'",
            (state, why, write_id),
        )
        if not cursor.rowcount:
            raise WriteOver(f"The write {write_id} is over, or never began")
