"""What the device carries: farmers, cards, certificates, crops, grades, bunches."""

from __future__ import annotations

from datetime import date
from typing import Any

from . import canonical
from .clock import day_of
from .database import Database, Row
from .intake import CHANGES, place_of
from .vault import Vault

Record = dict[str, Any]
#: of the generation in use; of two regions, what came later. Regions are few, and come
#: first: so a record is found by its ID without a look at all of its kind.
FROM = (
    "SELECT item.kind, item.id, item.data FROM scope CROSS JOIN item"
    " ON item.scope = scope.name AND item.generation = scope.generation"
)


class Snapshot:
    """Records as the server told of them, each with its ``id``.

    What they have is in the server's ``models/snapshot/rows``; what is not known there
    is not in the record.
    """

    def __init__(self, database: Database, vault: Vault) -> None:
        self._database = database
        self._vault = vault

    # -- people -----------------------------------------------------------------------

    def farmer(self, code: str) -> Record | None:
        """The farmer with a chain number."""
        return self._one("farmer", "code", code)

    def farmer_of_id(self, farmer_id: int) -> Record | None:
        """The farmer whose record a card names."""
        return self._one("farmer", "id", farmer_id)

    def farmers(self) -> list[Record]:
        """All farmers, by their number."""
        return self._all("farmer")

    def certificates(self, farmer_id: int) -> list[Record]:
        """A farmer's certificates, whatever their state, by their number."""
        return self._all("certificate", "owner", farmer_id)

    def certificate(self, number: str) -> Record | None:
        """The certificate with a number."""
        return self._one("certificate", "code", number)

    def card(self, code: str) -> Record | None:
        """The card with a lineage code."""
        return self._one("card", "code", code)

    # -- goods ------------------------------------------------------------------------

    def crops(self) -> list[Record]:
        """All crops, by their code."""
        return self._all("crop")

    def crop(self, crop_id: int) -> Record | None:
        """The crop that other records name."""
        return self._one("crop", "id", crop_id)

    def grades(self, crop_id: int) -> list[Record]:
        """The grades of a crop, the best first."""
        grades = self._all("grade", "owner", crop_id)
        return sorted(grades, key=lambda one: (one.get("rank") or 0, one["id"]))

    def guides(self, crop_id: int) -> list[Record]:
        """The guides of a crop."""
        return self._all("guide", "owner", crop_id)

    def bunch(self, code: str) -> Record | None:
        """The lot with a lineage code, where it lies where the device works."""
        return self._one("bunch", "code", code)

    # -- keys, and how new it all is --------------------------------------------------

    def of_kind(self, kind: str) -> list[Record]:
        """All records of a kind, by their code."""
        return self._all(kind)

    def sealing_key(self) -> Record | None:
        """``key_id`` and ``public_key`` (bytes) of the server, to seal for, or None."""
        row = self._database.row("SELECT value FROM meta WHERE name = 'sealing_key'")
        return canonical.decode(row[0]) if row else None

    def is_whole(self, scope: str = "") -> bool:
        """Whether all of a region has come once."""
        query = "SELECT is_whole FROM scope WHERE name = ?"
        row = self._database.row(query, (scope,))
        return bool(row and row[0])

    def scopes(self) -> list[str]:
        """The regions of which something has come."""
        return [name for (name,) in self._database.rows("SELECT name FROM scope")]

    def as_of(self) -> date | None:
        """The day of the last whole snapshot by the server's clock, or None."""
        query = "SELECT max(server_time) FROM scope WHERE is_whole = 1"
        row = self._database.row(query)
        return day_of(row[0]) if row and row[0] else None

    def changes(self) -> int:
        """A number that is another one when something else is carried."""
        row = self._database.row("SELECT value FROM meta WHERE name = ?", (CHANGES,))
        return int(row[0]) if row else 0

    # -- rows -------------------------------------------------------------------------

    def _one(self, kind: str, column: str, value: str | int) -> Record | None:
        row = self._database.row(
            f"{FROM} WHERE item.kind = ? AND item.{column} = ?"
            " ORDER BY scope.pulled DESC, item.id LIMIT 1",
            (kind, value),
        )
        return self._opened(row) if row else None

    def _all(
        self, kind: str, column: str = "kind", value: str | int = ""
    ) -> list[Record]:
        rows = self._database.rows(
            f"{FROM} WHERE item.kind = ? AND item.{column} = ?"
            " ORDER BY item.code, item.id, scope.pulled DESC",
            (kind, value or kind),
        )
        latest: dict[int, Row] = {}
        for row in rows:
            latest.setdefault(row[1], row)
        return [self._opened(row) for row in latest.values()]

    def _opened(self, row: Row) -> Record:
        kind, id, data = row
        values: Record = canonical.decode(self._vault.unlock(data, place_of(kind, id)))
        return values | {"id": id}
