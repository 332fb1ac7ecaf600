"""What time it is on a device whose clock may jump."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date, datetime, timezone

from .database import Database

HEARD = "server_time"
_MILLISECONDS = 1_000


def wall() -> int:
    """Milliseconds since 1970, as the device says."""
    return int(time.time() * _MILLISECONDS)


class Clock:
    """The clock, never before the last time that the server said.

    A board without a battery begins anew at an old time. Order is never taken from it:
    that is the journal's.
    """

    def __init__(self, database: Database, ticks: Callable[[], int] = wall) -> None:
        self._database = database
        self._ticks = ticks

    def now(self) -> int:
        """Milliseconds since 1970."""
        return max(self._ticks(), self.heard())

    def today(self) -> date:
        """The day, in UTC."""
        return day_of(self.now())

    def day_here(self) -> date:
        """The day where the device is, as people there say it."""
        return datetime.fromtimestamp(self.now() / _MILLISECONDS).date()

    def heard(self) -> int:
        """The last time that the server said; 0 if it never did."""
        query = "SELECT value FROM meta WHERE name = ?"
        row = self._database.row(query, (HEARD,))
        return int(row[0]) if row else 0

    def hear(self, milliseconds: int) -> None:
        """Keep what the server says: the newest word, which may be an earlier one
        where the server's own clock was put right."""
        with self._database.writing() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO meta VALUES (?, ?)", (HEARD, milliseconds)
            )

    def own(self) -> int:
        """What the device's clock says, however wrong it is; at least 0."""
        return max(self._ticks(), 0)

    def ahead(self) -> int:
        """By how many milliseconds the device's clock is certainly wrong: how far it
        is behind what the server has said before, as a number below 0; else 0."""
        return min(self._ticks() - self.heard(), 0)


def day_of(milliseconds: int) -> date:
    """The day in UTC of a moment."""
    moment = datetime.fromtimestamp(milliseconds / _MILLISECONDS, timezone.utc)
    return moment.date()
