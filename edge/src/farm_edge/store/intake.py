"""What the server says that the device carries, page by page, as it comes in.

A whole snapshot is laid beside what is there and takes its place with its last page, so
that a link that breaks in the middle leaves the device with what it had. Only where
there is nothing yet, what has come so far is used at once.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from . import canonical
from .clock import Clock
from .database import Database
from .errors import StoreError
from .identity import describe
from .vault import Vault

#: kinds with names of people, or what leads to them
PRIVATE = frozenset({"farmer", "certificate", "card"})
CODE = {"certificate": "number", "device_key": "number", "authority_key": "number"}
OWNER = {
    "certificate": "farmer",
    "card": "farmer",
    "bunch": "farmer",
    "grade": "crop",
    "guide": "crop",
}
#: rows that one transaction deletes, so that no tap waits for long
AT_ONCE = 1_000
CHANGES = "snapshot_changes"


class HashDiffers(StoreError):
    """The device has something else than the server says: it asks for all."""

    code = "hash_differs"


@dataclass(frozen=True)
class Item:
    """A record that the device carries; ``data`` is None when it is gone."""

    kind: str
    id: int
    version: str
    data: dict[str, Any] | None


@dataclass(frozen=True)
class Page:
    """A part of a snapshot.

    The last one has ``since``, ``state_hash`` and ``device`` (what the server says of
    the device now), and no ``token``.
    """

    is_full: bool
    items: Sequence[Item]
    token: str | None
    since: int | None
    state_hash: bytes | None
    server_key: dict[str, Any] | None
    server_time: int
    device: dict[str, Any] | None = None


@dataclass(frozen=True)
class Place:
    """Where a region's snapshot goes on."""

    since: int
    token: str | None


class Intake:
    """Takes pages of snapshots in."""

    def __init__(self, database: Database, vault: Vault, clock: Clock) -> None:
        self._database = database
        self._vault = vault
        self._clock = clock

    def place(self, scope: str) -> Place:
        """Where to go on.

        :param scope: code of a region; "" for all of the device's
        """
        query = "SELECT since, token FROM scope WHERE name = ?"
        row = self._database.row(query, (scope,))
        return Place(*row) if row else Place(0, None)

    def take(self, scope: str, page: Page) -> None:
        """Take a page in; on the last one, check that the device has what it should.

        :raises HashDiffers: if it has something else; then it begins with all anew
        """
        rows = [self._row(item) for item in page.items]
        with self._database.writing() as connection:
            generation = self._open(connection, scope, page.is_full)
            for item, row in zip(page.items, rows, strict=True):
                _put(connection, scope, generation, item, row)
            self._go_on(connection, scope, page)
        if page.token is None:
            self._end(scope, generation, page)
        self._database.tidy()

    def _end(self, scope: str, generation: int, page: Page) -> None:
        with self._database.reading() as connection:
            is_same = state_hash(connection, scope, generation) == page.state_hash
        if not is_same:
            self.begin_anew(scope)
            raise HashDiffers(f"What is carried of {scope or 'all regions'} differs")
        with self._database.writing() as connection:
            connection.execute(
                "UPDATE scope SET generation = ?, incoming = NULL, since = ?,"
                " token = NULL, is_whole = 1, server_time = ?,"
                " pulled = (SELECT max(pulled) + 1 FROM scope) WHERE name = ?",
                (generation, page.since, page.server_time, scope),
            )
            _count_change(connection)
        self._sweep(scope)

    def begin_anew(self, scope: str) -> None:
        """Ask for all the next time; what is there stays until that has come."""
        with self._database.writing() as connection:
            connection.execute(
                "UPDATE scope SET since = 0, token = NULL, incoming = NULL"
                " WHERE name = ?",
                (scope,),
            )
        self._sweep(scope)

    def begin_again(self, scope: str) -> None:
        """Forget the page where it stopped: the server does not go on from there."""
        with self._database.writing() as connection:
            connection.execute(
                "UPDATE scope SET token = NULL, incoming = NULL WHERE name = ?",
                (scope,),
            )
        self._sweep(scope)

    def drop(self, scope: str) -> None:
        """Carry a region no more."""
        with self._database.writing() as connection:
            connection.execute("DELETE FROM scope WHERE name = ?", (scope,))
            _count_change(connection)
        self._sweep(scope)

    # -- a page -----------------------------------------------------------------------

    def _open(self, connection: sqlite3.Connection, scope: str, is_full: bool) -> int:
        """The generation into which the page goes."""
        connection.execute("INSERT OR IGNORE INTO scope (name) VALUES (?)", (scope,))
        current, incoming = connection.execute(
            "SELECT generation, incoming FROM scope WHERE name = ?", (scope,)
        ).fetchone()
        if not is_full and current is not None:
            return int(current)
        if incoming is not None:
            return int(incoming)
        # Higher than what is still being swept away.
        highest = connection.execute(
            "SELECT max(generation) FROM item WHERE scope = ?", (scope,)
        ).fetchone()[0]
        incoming = 1 + max(highest or 0, current or 0)
        connection.execute(
            "UPDATE scope SET incoming = ?, generation = coalesce(generation, ?)"
            " WHERE name = ?",
            (incoming, incoming, scope),
        )
        return int(incoming)

    def _row(self, item: Item) -> tuple[Any, ...]:
        """What is stored of a record, without its key."""
        if item.data is None:
            return ()
        code = item.data.get(CODE.get(item.kind, "code"))
        owner = item.data.get(OWNER.get(item.kind, ""))
        vault = self._vault if item.kind in PRIVATE else Vault()
        return (
            item.version,
            None if code is None else str(code),
            owner if isinstance(owner, int) else None,
            item.data.get("uid") or None,
            vault.lock(canonical.encode(item.data), place_of(item.kind, item.id)),
        )

    def _go_on(self, connection: sqlite3.Connection, scope: str, page: Page) -> None:
        # Of the last page it is known when it was checked: until then, ask for it.
        if page.token is not None:
            connection.execute(
                "UPDATE scope SET token = ? WHERE name = ?", (page.token, scope)
            )
        if page.server_key:
            connection.execute(
                "INSERT OR REPLACE INTO meta VALUES ('sealing_key', ?)",
                (canonical.encode(page.server_key),),
            )
        if page.device:
            describe(connection, self._vault, page.device)
        self._clock.hear(page.server_time)
        _count_change(connection)

    def _sweep(self, scope: str) -> None:
        """Take away, bit by bit, what is of no generation in use."""
        while self._sweep_some(scope):
            pass

    def _sweep_some(self, scope: str) -> bool:
        with self._database.writing() as connection:
            row = connection.execute(
                "SELECT generation, incoming FROM scope WHERE name = ?", (scope,)
            ).fetchone() or (None, None)
            kept = [one for one in row if one is not None] or [0]
            rows = connection.execute(
                "SELECT scope, generation, kind, id FROM item"
                " WHERE (scope, generation) = (?, ?) LIMIT ?",
                (scope, _stale(connection, scope, kept), AT_ONCE),
            ).fetchall()
            connection.executemany(
                "DELETE FROM item WHERE (scope, generation, kind, id) = (?, ?, ?, ?)",
                rows,
            )
        return bool(rows)


def _put(
    connection: sqlite3.Connection,
    scope: str,
    generation: int,
    item: Item,
    row: tuple[Any, ...],
) -> None:
    key = (scope, generation, item.kind, item.id)
    if item.data is None:
        connection.execute(
            "DELETE FROM item WHERE (scope, generation, kind, id) = (?, ?, ?, ?)", key
        )
    else:
        connection.execute(
            "INSERT OR REPLACE INTO item VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (*key, *row),
        )


def _stale(connection: sqlite3.Connection, scope: str, kept: list[int]) -> int | None:
    """The first generation of a scope that is none of these."""
    found: int | None = -1
    while found is not None:
        (found,) = connection.execute(
            "SELECT min(generation) FROM item WHERE scope = ? AND generation > ?",
            (scope, found),
        ).fetchone()
        if found not in kept:
            break
    return found


def place_of(kind: str, id: int) -> str:
    """Where the vault locks a record."""
    return f"{kind} {id}"


def state_hash(connection: sqlite3.Connection, scope: str, generation: int) -> bytes:
    """SHA-256 of a line ``kind:id:version`` for each record, by kind and id."""
    cursor = connection.execute(
        "SELECT kind, id, version FROM item WHERE scope = ? AND generation = ?"
        " ORDER BY kind, id",
        (scope, generation),
    )
    digest, joint = hashlib.sha256(), b""
    for kind, id, version in cursor:
        digest.update(joint + f"{kind}:{id}:{version}".encode())
        joint = b"\n"
    return digest.digest()


def _count_change(connection: sqlite3.Connection) -> None:
    connection.execute(
        "INSERT INTO meta VALUES (?, 1)"
        " ON CONFLICT (name) DO UPDATE SET value = value + 1",
        (CHANGES,),
    )
