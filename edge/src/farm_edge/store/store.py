"""The store of a device: one file, all its rooms."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from .clock import Clock, wall
from .codes import Codes
from .database import Database
from .errors import DiskFull, StoreLocked
from .identity import Enrolled, Identities, Identity
from .intake import PRIVATE as PRIVATE_KINDS
from .intake import Intake, place_of
from .journal import Journal
from .keys import Keys
from .settings import Settings
from .snapshot import Snapshot
from .tasks import Tasks
from .vault import Vault, is_locked
from .writes import Writes

#: a word that shows whether a key is the right one
WORD = b"farm-edge"
#: table, key, column, and the place of the vault: what is locked beside records
PLACES = (
    ("chain", "id", "seed", "'seed ' || number"),
    ("chain", "id", "token", "'token ' || number"),
    ("chain", "id", "description", "'device ' || number"),
    ("setting", "name", "value", "'setting ' || name"),
)
#: bytes; with less room a person is told before it is too late
ENOUGH = 20_000_000


class Store:
    """What a device knows and did; any number of threads may use it.

    - ``journal``: what was done; ``writes``: tags that were written
    - ``tasks``: purchases and splits that are not done
    - ``codes``: names of new bunches; ``keys``: who signs
    - ``snapshot``: farmers, cards, crops; ``intake``: how they come in
    - ``settings``, ``clock``, ``identities``
    """

    def __init__(self, path: Path, key: bytes | None, ticks: Callable[[], int]) -> None:
        self.path = path
        self._vault = vault = Vault(key)
        self.database = database = Database(path)
        self.clock = Clock(database, ticks)
        self.settings = Settings(database, vault)
        self.identities = Identities(database, vault)
        self.codes = Codes(database)
        self.journal = Journal(database, self.clock)
        self.writes = Writes(database, self.journal)
        self.tasks = Tasks(database, self.journal)
        self.snapshot = Snapshot(database, vault)
        self.intake = Intake(database, vault, self.clock)
        self.keys = Keys(self.identities, self.snapshot)

    @classmethod
    def open(
        cls, path: Path, key: bytes | None = None, ticks: Callable[[], int] = wall
    ) -> Store:
        """The store in a file, made if there is none.

        :param key: of the platform, see ``vault.platform_key``; what was in clear
            before is locked with it
        :param ticks: milliseconds since 1970, as the device's clock says
        :raises StoreError: ``StoreDamaged``, ``StoreTooNew``, ``StoreLocked``,
            ``DiskFull``, ``ReadOnly``
        """
        store = cls(path, key, ticks)
        try:
            store.database.prepare()
            store._check_key()
            store.journal.check_unsent()
        except BaseException:
            store.close()
            raise
        return store

    def close(self) -> None:
        """Close the file, in all threads."""
        self.database.close()

    @property
    def identity(self) -> Identity | None:
        """Who the device is, or None before the first enrolment."""
        return self.identities.current()

    @property
    def is_encrypted(self) -> bool:
        """Whether names and secrets are encrypted on the disk."""
        return self._vault.has_key

    def has_room(self) -> bool:
        """Whether there is room for more than a day's work."""
        return self.database.free_bytes() >= ENOUGH

    def check_writable(self) -> None:
        """Before something that cannot be asked for twice.

        :raises StoreError: ``DiskFull``, ``ReadOnly``: what comes may find no place
        """
        if not self.has_room():
            raise DiskFull(f"{self.path} has no room: make some")
        with self.database.writing() as connection:
            connection.execute("UPDATE meta SET value = value WHERE name = 'word'")

    def enrolled(self, given: Enrolled) -> int:
        """Note an enrolment; what an earlier one had still to send goes with it.

        :return: how many events went over
        """
        with self.database.writing() as connection:
            before = connection.execute(
                "SELECT id FROM chain WHERE is_current = 1"
            ).fetchone()
            self.identities.add(connection, given)
            # What was carried was told to the device that it was.
            connection.execute(
                "UPDATE scope SET since = 0, token = NULL, incoming = NULL"
            )
            return self.journal.carry_over(before[0]) if before else 0

    # -- the key of the platform ------------------------------------------------------

    def _check_key(self) -> None:
        row = self.database.row("SELECT value FROM meta WHERE name = 'word'")
        if row is not None and is_locked(row[0]):
            if not self._vault.has_key:
                raise StoreLocked(f"{self.path} is locked: the platform gives no key")
            self._vault.unlock(row[0], "word")
            return
        if row is None or self._vault.has_key:
            self._lock_all()

    def _lock_all(self) -> None:
        """Lock what was in clear, and leave no copy of it in the file."""
        with self.database.writing() as connection:
            for table, key, column, place in PLACES:
                for row_key, stored, name in connection.execute(
                    f"SELECT {key}, {column}, {place} FROM {table}"
                ).fetchall():
                    locked = self._vault.lock(self._vault.unlock(stored, name), name)
                    connection.execute(
                        f"UPDATE {table} SET {column} = ? WHERE {key} = ?",
                        (locked, row_key),
                    )
            self._lock_items()
            connection.execute(
                "INSERT OR REPLACE INTO meta VALUES ('word', ?)",
                (self._vault.lock(WORD, "word"),),
            )
        if self._vault.has_key:
            self.database.execute("VACUUM")
            self.database.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def _lock_items(self) -> None:
        kinds = ", ".join(f"'{kind}'" for kind in sorted(PRIVATE_KINDS))
        with self.database.writing() as connection:
            rows = connection.execute(
                "SELECT scope, generation, kind, id, data FROM item"
                f" WHERE kind IN ({kinds})"
            ).fetchall()
            for scope, generation, kind, id, stored in rows:
                place = place_of(kind, id)
                connection.execute(
                    "UPDATE item SET data = ?"
                    " WHERE (scope, generation, kind, id) = (?, ?, ?, ?)",
                    (
                        self._vault.lock(self._vault.unlock(stored, place), place),
                        scope,
                        generation,
                        kind,
                        id,
                    ),
                )
