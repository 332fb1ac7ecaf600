"""A store for tests: enrolled, with a clock that stands where a test puts it."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from farm_edge.store import Enrolled, Item, Page, Result, Store

NOW = 1_781_492_400_000  # 2026-06-15 03:00 UTC
SEED = bytes(range(32))
NUMBER = 4711
KEY = b"k" * 32


class Ticks:
    """A clock that tests set."""

    def __init__(self, now: int = NOW) -> None:
        self.now = now

    def __call__(self) -> int:
        return self.now


def enrolment(number: int = NUMBER, **scope: Any) -> Enrolled:
    description = {
        "number": number,
        "name": "Tablet",
        "kind": "collector",
        "scope": {"regions": ["NORTH", "SOUTH"]} | scope,
    }
    seed = hashlib.sha256(SEED + number.to_bytes(4, "big")).digest()
    return Enrolled(seed, number, "token", description)


def open_store(path: Path, key: bytes | None = None, enrol: bool = True) -> Store:
    store = Store.open(path, key, Ticks())
    if enrol and store.identity is None:
        store.enrolled(enrolment())
    return store


def purchase(number: int = 1, **more: Any) -> dict[str, Any]:
    bunch = {"code": f"CODE-{number}", "grams": 12_000, "hands": 8}
    return {"at": NOW, "farmer": "F-12", "crop": "AJ", "bunches": [bunch]} | more


def acknowledge(store: Store, until: int, state: str = "applied") -> None:
    events = store.journal.unsent(1_000)
    results = [Result(one.seq, one.id, state) for one in events if one.seq <= until]
    store.journal.acknowledge(until, store.journal.hash_at(until), results)


def carried(*items: Item) -> bytes:
    """The hash of what is carried, as the server makes it."""
    lines = [
        f"{one.kind}:{one.id}:{one.version}"
        for one in sorted(items, key=lambda one: (one.kind, one.id))
        if one.data is not None
    ]
    return hashlib.sha256("\n".join(lines).encode()).digest()


def page(*items: Item, is_full: bool = True, **more: Any) -> Page:
    values = {
        "token": None,
        "since": 1,
        "state_hash": carried(*items),
        "server_key": None,
        "server_time": NOW,
    }
    return Page(is_full=is_full, items=items, **(values | more))


def item(kind: str, id: int, version: str = "1", **data: Any) -> Item:
    return Item(kind, id, version, data)


def gone(kind: str, id: int) -> Item:
    return Item(kind, id, "", None)
