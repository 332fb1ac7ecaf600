"""Who the device is: what the enrolment gave, and the journal that goes with it."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import farmtag

from . import canonical
from .chain import BEGIN
from .database import Database
from .errors import NotEnrolled
from .vault import Vault

COLUMNS = "id, number, public_key, seed, token, description, quarantine"


@dataclass(frozen=True)
class Identity:
    """An enrolment.

    - ``chain``: which of the device's journals; ``number``: what its codes begin with
    - ``description``: what the server says of the device: name, kind, scope
    - ``quarantine``: why the server believes it no more, or ""
    """

    chain: int
    number: int
    public_key: bytes
    seed: bytes
    token: str
    description: dict[str, Any]
    quarantine: str

    @property
    def scope(self) -> Mapping[str, Any]:
        """Company, user, warehouse, regions, and what the device may do."""
        scope = self.description.get("scope")
        return scope if isinstance(scope, dict) else {}

    @property
    def regions(self) -> list[str]:
        """Codes of the regions that it works in."""
        return [str(code) for code in self.scope.get("regions") or ()]

    def signing_key(self) -> farmtag.SigningKey:
        """The key that signs tags and pushes."""
        return farmtag.SigningKey.from_bytes(self.seed)


@dataclass(frozen=True)
class Enrolled:
    """What an enrolment gives: a key of the device's own, and what the server says."""

    seed: bytes
    number: int
    token: str
    description: dict[str, Any]


def describe(
    connection: sqlite3.Connection, vault: Vault, description: Mapping[str, Any]
) -> None:
    """Keep what the server says of the device now, if it means this enrolment."""
    number = description.get("number")
    connection.execute(
        "UPDATE chain SET description = ? WHERE is_current = 1 AND number = ?",
        (vault.lock(canonical.encode(dict(description)), f"device {number}"), number),
    )


class Identities:
    """The enrolments of the device; the last one counts."""

    def __init__(self, database: Database, vault: Vault) -> None:
        self._database = database
        self._vault = vault

    def current(self) -> Identity | None:
        """Who the device is, or None before the first enrolment."""
        row = self._database.row(f"SELECT {COLUMNS} FROM chain WHERE is_current = 1")
        if row is None:
            return None
        chain, number, public_key, seed, token, description, quarantine = row
        return Identity(
            chain,
            number,
            public_key,
            self._vault.unlock(seed, f"seed {number}"),
            self._vault.unlock(token, f"token {number}").decode(),
            canonical.decode(self._vault.unlock(description, f"device {number}")),
            quarantine or "",
        )

    def needed(self) -> Identity:
        """Who the device is.

        :raises NotEnrolled: before the first enrolment
        """
        identity = self.current()
        if identity is None:
            raise NotEnrolled("The device is not enrolled: ask for a code and enrol it")
        return identity

    def add(self, connection: sqlite3.Connection, given: Enrolled) -> int:
        """Write an enrolment down as the current one.

        :return: its journal
        """
        public = farmtag.SigningKey.from_bytes(given.seed).verify_key.public
        number = given.number
        connection.execute("UPDATE chain SET is_current = 0 WHERE is_current = 1")
        cursor = connection.execute(
            "INSERT INTO chain (number, public_key, seed, token, description,"
            " is_current, ack_hash) VALUES (?, ?, ?, ?, ?, 1, ?)",
            (
                number,
                public,
                self._vault.lock(given.seed, f"seed {number}"),
                self._vault.lock(given.token.encode(), f"token {number}"),
                self._vault.lock(
                    canonical.encode(given.description), f"device {number}"
                ),
                BEGIN,
            ),
        )
        connection.execute(
            "INSERT OR IGNORE INTO counter (number, last) VALUES (?, 0)", (number,)
        )
        return int(cursor.lastrowid or 0)

    def quarantine(self, reason: str) -> None:
        """Note that the server believes the device no more."""
        with self._database.writing() as connection:
            connection.execute(
                "UPDATE chain SET quarantine = ? WHERE is_current = 1", (reason,)
            )
