"""Lineage codes of new bunches: none is ever given twice."""

from __future__ import annotations

from farmtag import LineageCode

from .database import Database
from .errors import CodesUsedUp, NotEnrolled, Quarantined

HIGHEST = 2**22 - 1


class Codes:
    """The counter of the device's number."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def next(self) -> LineageCode:
        """A code that this device has not given before, nor will again.

        It is written down before it is given: a device that is killed has lost it.

        :raises NotEnrolled: before the first enrolment
        :raises Quarantined: the counter may be that of a copy or of a backup
        :raises CodesUsedUp: after about four million
        """
        with self._database.writing() as connection:
            row = connection.execute(
                "SELECT number, quarantine, last FROM chain"
                " JOIN counter USING (number) WHERE is_current = 1"
            ).fetchone()
            if row is None:
                raise NotEnrolled("Codes begin with a number: enrol the device first")
            number, quarantine, last = row
            if quarantine:
                raise Quarantined(f"Enrol the device anew: {quarantine}")
            if last >= HIGHEST:
                raise CodesUsedUp(f"All codes of {number} are given: enrol it anew")
            connection.execute(
                "UPDATE counter SET last = ? WHERE number = ?", (last + 1, number)
            )
        return LineageCode(number, last + 1)
