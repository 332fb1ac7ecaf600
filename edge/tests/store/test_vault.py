"""With a key of the platform, names and secrets are not on the disk in clear."""

from __future__ import annotations

import sqlite3

import pytest
from farm_edge.store import Store, StoreLocked, platform_key
from store_world import KEY, item, open_store, page

NAME = "Anastasia Petrowna"
SECRETS = (NAME.encode(), b"hunter2", b"token")


def fill(store):
    store.settings["proxy"] = "http://me:hunter2@proxy:3128"
    store.intake.take("", page(item("farmer", 12, code="F-12", name=NAME)))
    return store


def on_disk(path):
    return b"".join(one.read_bytes() for one in path.parent.iterdir())


def test_nothing_private_is_in_the_file(tmp_path):
    path = tmp_path / "store"
    store = fill(open_store(path, KEY))
    seed = store.identity.seed
    raw = on_disk(path)
    assert store.is_encrypted
    assert not [one for one in (*SECRETS[:2], seed) if one in raw]
    store.close()
    store = open_store(path, KEY)
    assert store.snapshot.farmer("F-12")["name"] == NAME
    assert store.settings["proxy"].endswith("3128")
    assert store.identity.seed == seed


def test_without_a_key_the_file_says_all_and_the_store_says_so(tmp_path):
    store = fill(open_store(tmp_path / "store"))
    assert NAME.encode() in on_disk(tmp_path / "store")
    assert not store.is_encrypted


@pytest.mark.parametrize("key", [None, b"x" * 32])
def test_a_locked_store_does_not_open_otherwise(tmp_path, key):
    fill(open_store(tmp_path / "store", KEY)).close()
    with pytest.raises(StoreLocked):
        Store.open(tmp_path / "store", key)


def test_a_key_that_comes_later_locks_what_was_in_clear(tmp_path):
    path = tmp_path / "store"
    store = fill(open_store(path))
    seed = store.identity.seed
    store.close()
    store = open_store(path, KEY)
    assert store.snapshot.farmer("F-12")["name"] == NAME
    assert store.identity.seed == seed
    raw = on_disk(path)
    assert not [one for one in (*SECRETS[:2], seed) if one in raw]
    store.close()
    with pytest.raises(StoreLocked):
        Store.open(path)


def test_what_is_locked_opens_at_its_place_only(tmp_path):
    store = open_store(tmp_path / "store", KEY)
    people = [item("farmer", one, code=f"F-{one}", name=NAME) for one in (1, 2)]
    store.intake.take("", page(*people))
    with store.database.writing() as connection:
        connection.execute(
            "UPDATE item SET data = (SELECT data FROM item WHERE id = 1) WHERE id = 2"
        )
    assert store.snapshot.farmer("F-1")
    with pytest.raises(StoreLocked):
        store.snapshot.farmer("F-2")


def test_the_same_content_is_never_written_alike(tmp_path):
    store = open_store(tmp_path / "store", KEY)
    locked = set()
    for _time in range(3):
        store.settings["proxy"] = "http://proxy"
        query = "SELECT value FROM setting WHERE name = 'proxy'"
        locked.add(store.database.row(query)[0])
    assert len(locked) == 3


def test_the_key_comes_from_the_platform(tmp_path, monkeypatch):
    monkeypatch.delenv("CREDENTIALS_DIRECTORY", raising=False)
    assert platform_key() is None
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path))
    assert platform_key() is None
    (tmp_path / "farm-edge.key").write_bytes(KEY + b"\n")
    assert platform_key() == KEY
    (tmp_path / "other").write_bytes(b"short")
    for file in ("other", "none"):
        with pytest.raises(StoreLocked):
            platform_key(tmp_path / file)


def test_a_setting_has_a_default_and_a_kind(tmp_path):
    store = open_store(tmp_path / "store")
    assert store.settings["language"] == "en"
    store.settings["language"] = "id"
    assert store.settings.all()["language"] == "id"
    with pytest.raises(KeyError):
        store.settings["nothing"] = 1
    with pytest.raises(TypeError):
        store.settings["minutes"] = "5"
    assert sqlite3.connect(tmp_path / "store").execute(
        "SELECT count(*) FROM setting"
    ).fetchone() == (1,)
