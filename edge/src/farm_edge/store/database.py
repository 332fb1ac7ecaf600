"""The SQLite file: a connection for each thread, safe writing, errors by name."""

from __future__ import annotations

import errno
import os
import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from . import schema
from .errors import (
    DiskFailed,
    DiskFull,
    ReadOnly,
    StoreBusy,
    StoreDamaged,
    StoreError,
)
from .turns import Turns

#: seconds that a thread waits for another one's transaction
PATIENCE = 30.0
#: bytes; with less than that a disk that fails is called full
LITTLE = 65_536
PRAGMAS = (
    "journal_mode = WAL",
    "synchronous = FULL",
    "foreign_keys = ON",
    "secure_delete = ON",
    "trusted_schema = OFF",
    "journal_size_limit = 4194304",
    # Who taps does not wait for it: see ``tidy``; this is the net below.
    "wal_autocheckpoint = 4000",
)
_BY_WORDS: tuple[tuple[str, type[StoreError]], ...] = (
    ("disk is full", DiskFull),
    ("readonly", ReadOnly),
    ("malformed", StoreDamaged),
    ("not a database", StoreDamaged),
    ("locked", StoreBusy),
)
_BY_NUMBER: dict[int, type[StoreError]] = {
    errno.ENOSPC: DiskFull,
    errno.EDQUOT: DiskFull,
    errno.EROFS: ReadOnly,
    errno.EACCES: ReadOnly,
    errno.EPERM: ReadOnly,
}
Row = tuple[Any, ...]


class Database:
    """The file of the store.

    :raises StoreError: each of its methods, as :mod:`.errors` says; then nothing of
        what was being written is there
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._local = threading.local()
        self._opened: list[tuple[threading.Thread, sqlite3.Connection]] = []
        self._guard = threading.Lock()
        self._turns = Turns()

    def prepare(self) -> None:
        """Check the file and bring it to this version."""
        with self.told():
            self._make()
            connection = self._connection()
            schema.migrate(connection)
            connection.execute("BEGIN IMMEDIATE")  # a disk that cannot be written
            connection.execute("ROLLBACK")
            found = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
        if found != "ok":
            raise StoreDamaged(f"{self.path} is not whole: {found}")

    def _make(self) -> None:
        """Make the file for nobody else to read; SQLite's other files are as this."""
        try:
            self.path.touch(mode=0o600)
        except OSError as error:
            kind = _BY_NUMBER.get(error.errno or 0, DiskFailed)
            raise kind(f"{self.path} cannot be made: {error}") from None

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A transaction, wholly or not at all; within another one, a part of that."""
        connection = self._connection()
        if connection.in_transaction:
            yield connection
            return
        with self._turns, self.told():
            connection.execute("BEGIN IMMEDIATE")
            self._local.after = []
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise
        for call in dict.fromkeys(self._local.after):
            call()

    def after(self, call: Callable[[], None]) -> None:
        """Have something called when the transaction of this thread is safe."""
        self._local.after.append(call)

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Several reads of one state."""
        connection = self._connection()
        if connection.in_transaction:
            yield connection
            return
        with self.told():
            connection.execute("BEGIN")
            try:
                yield connection
            finally:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")

    def rows(self, query: str, values: Sequence[Any] = ()) -> list[Row]:
        """What a query gives."""
        with self.told():
            return self._connection().execute(query, values).fetchall()

    def row(self, query: str, values: Sequence[Any] = ()) -> Row | None:
        """The first row of what a query gives."""
        with self.told():
            row: Row | None = self._connection().execute(query, values).fetchone()
        return row

    def tidy(self) -> None:
        """Bring what was written to its place in the file; nobody waits for it."""
        self.execute("PRAGMA wal_checkpoint(PASSIVE)")

    def execute(self, statement: str) -> None:
        """A statement outside of transactions, such as a checkpoint."""
        with self.told():
            self._connection().execute(statement).fetchall()

    def close(self) -> None:
        """Close the connections of all threads."""
        with self._guard:
            for _thread, connection in self._opened:
                connection.close()
            self._opened.clear()
        self._local = threading.local()

    def free_bytes(self) -> int:
        """Room on the disk for who is not root."""
        disk = os.statvfs(self.path.parent)
        return disk.f_bavail * disk.f_frsize

    @contextmanager
    def told(self) -> Iterator[None]:
        """Give errors of SQLite their names."""
        try:
            yield
        except sqlite3.Error as error:
            raise self._named(error) from error

    def _named(self, error: sqlite3.Error) -> Exception:
        if isinstance(error, (sqlite3.IntegrityError, sqlite3.ProgrammingError)):
            return error  # of the caller, not of the disk
        words = str(error)
        kind = next((kind for said, kind in _BY_WORDS if said in words), None)
        return (kind or self._kind_by_disk(words))(f"{self.path}: {words}")

    def _kind_by_disk(self, words: str) -> type[StoreError]:
        """What is behind ``disk I/O error`` and ``unable to open``."""
        try:
            disk = os.statvfs(self.path.parent)
        except OSError:
            return DiskFailed
        if disk.f_flag & os.ST_RDONLY:
            return ReadOnly
        if disk.f_bavail * disk.f_frsize < LITTLE:
            return DiskFull
        is_denied = "unable to open" in words and not os.access(
            self.path.parent, os.W_OK
        )
        return ReadOnly if is_denied else DiskFailed

    def _connection(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = self._connect()
            self._local.connection = connection
            self._keep(connection)
        return connection

    def _keep(self, connection: sqlite3.Connection) -> None:
        """Note whose it is, and close those of threads that have ended."""
        with self._guard:
            for thread, other in self._opened:
                if not thread.is_alive():
                    other.close()
            alive = [one for one in self._opened if one[0].is_alive()]
            self._opened = [*alive, (threading.current_thread(), connection)]

    def _connect(self) -> sqlite3.Connection:
        with self.told():
            # Closed by the thread that ends the agent; used by its own alone.
            connection = sqlite3.connect(
                self.path,
                timeout=PATIENCE,
                isolation_level=None,
                check_same_thread=False,
            )
            try:
                for pragma in PRAGMAS:
                    connection.execute(f"PRAGMA {pragma}")
            except sqlite3.Error:
                connection.close()
                raise
        return connection
