"""Files of earlier and of later versions, and files that are none."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from farm_edge.store import Store, StoreDamaged, StoreTooNew, canonical, schema
from farm_edge.store.chain import BEGIN, hash_of
from store_world import KEY, NUMBER, enrolment, open_store, purchase

BODY = canonical.encode(purchase())
ID = bytes(range(16))


def version_1(path: Path) -> None:
    """A file as the first version wrote it, with something of everything."""
    given = enrolment()
    connection = sqlite3.connect(path)
    connection.executescript(schema.VERSION_1)
    connection.execute("PRAGMA user_version = 1")
    hash = hash_of(BEGIN, NUMBER, 1, ID, "purchase", BODY)
    for statement, values in (
        ("INSERT INTO meta VALUES ('word', ?)", (b"\0farm-edge",)),
        ("INSERT INTO setting VALUES ('language', ?)", (b"\0" + b"bid",)),
        (
            "INSERT INTO chain VALUES (1, ?, ?, ?, ?, ?, 1, NULL, 1, ?)",
            (
                NUMBER,
                bytes(32),
                b"\0" + given.seed,
                b"\0token",
                b"\0" + canonical.encode(given.description),
                hash,
            ),
        ),
        ("INSERT INTO counter VALUES (?, 7)", (NUMBER,)),
        ("INSERT INTO event VALUES (1, 1, ?, 'purchase', ?, ?, 5)", (ID, BODY, hash)),
        ("INSERT INTO result VALUES (1, 1, 'parked', 'waits', '', ?)", (b"\xa0",)),
        (
            "INSERT INTO tag_write VALUES (3, x'04', x'', x'01', 'bunch', 'begun', '')",
            (),
        ),
        ("INSERT INTO scope VALUES ('', 1, NULL, 4, NULL, 1, 1, 5)", ()),
        (
            "INSERT INTO item VALUES ('', 1, 'crop', 1, 'v', 'AJ', NULL, NULL, ?)",
            (b"\0" + canonical.encode({"code": "AJ"}),),
        ),
    ):
        connection.execute(statement, values)
    connection.commit()
    connection.close()


@pytest.mark.parametrize("key", [None, KEY])
def test_a_file_of_the_first_version_is_brought_up_to_this_one(tmp_path, key):
    path = tmp_path / "store"
    version_1(path)
    store = open_store(path, key)
    with store.database.reading() as connection:
        assert schema.version_of(connection) == len(schema.MIGRATIONS)
    assert store.identity.number == NUMBER
    assert store.settings["language"] == "id"
    assert store.codes.next().counter == 8
    assert [one.seq for one in store.journal.open(5)] == [1]
    assert [one.id for one in store.writes.unfinished()] == [3]
    assert [one["code"] for one in store.snapshot.crops()] == ["AJ"]
    assert store.journal.append("purchase", purchase()).seq == 2
    store.journal.check()


@pytest.mark.parametrize("done", range(len(schema.MIGRATIONS)))
def test_a_step_that_fails_leaves_the_version_before(tmp_path, monkeypatch, done):
    steps = list(schema.MIGRATIONS)
    steps[done] += "CREATE TABLE more (a);\nCREATE TABLE more (a);\n"
    with monkeypatch.context() as patch:
        patch.setattr(schema, "MIGRATIONS", tuple(steps))
        with pytest.raises(sqlite3.Error):
            connection = sqlite3.connect(tmp_path / "store", isolation_level=None)
            schema.migrate(connection)
    assert schema.version_of(connection) == done
    connection.close()
    open_store(tmp_path / "store").journal.append("purchase", purchase())


def test_all_versions_lead_to_the_same_tables(tmp_path):
    version_1(tmp_path / "old")
    shapes = []
    for name in ("old", "new"):
        store = open_store(tmp_path / name)
        shapes.append(
            store.database.rows("SELECT name, sql FROM sqlite_master ORDER BY name")
        )
    assert shapes[0] == shapes[1]


def test_a_file_of_a_later_version_is_left_alone(tmp_path):
    path = tmp_path / "store"
    open_store(path).close()
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(StoreTooNew, match="update the agent"):
        Store.open(path)


def test_a_file_that_is_none_is_told(tmp_path):
    (tmp_path / "store").write_bytes(b"what is this" * 1_000)
    with pytest.raises(StoreDamaged):
        Store.open(tmp_path / "store")


def test_pages_that_were_overwritten_are_told(tmp_path):
    path = tmp_path / "store"
    store = open_store(path)
    for number in range(50):
        store.journal.append("purchase", purchase(number))
    store.close()
    raw = bytearray(path.read_bytes())
    raw[8192:-4096] = bytes(len(raw) - 12288)
    path.write_bytes(raw)
    with pytest.raises(StoreDamaged):
        Store.open(path)


def test_every_connection_waits_for_the_disk(tmp_path):
    store = open_store(tmp_path / "store")
    for pragma, value in (("synchronous", 2), ("journal_mode", "wal")):
        assert store.database.row(f"PRAGMA {pragma}") == (value,)
