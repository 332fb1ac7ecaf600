"""No code is given twice; a write ends once, with its events."""

from __future__ import annotations

import sqlite3
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from farm_edge.store import (
    CodesUsedUp,
    PendingWrite,
    Quarantined,
    UnfitEvent,
    WriteOver,
)
from farm_edge.store.codes import HIGHEST
from farm_edge.store.turns import Turns
from farmtag import LineageCode
from store_world import NUMBER, enrolment, open_store, purchase

UID = bytes.fromhex("04a1b2c3d4e5f6")


@pytest.fixture
def store(tmp_path):
    return open_store(tmp_path / "store")


def test_codes_begin_with_the_number_and_count(store, tmp_path):
    assert store.codes.next() == LineageCode(NUMBER, 1)
    store.close()
    assert open_store(tmp_path / "store").codes.next() == LineageCode(NUMBER, 2)


def test_threads_get_different_codes(store):
    with ThreadPoolExecutor(8) as pool:
        codes = list(pool.map(lambda _one: store.codes.next(), range(100)))
    assert len(set(codes)) == 100


def test_who_asked_first_writes_first():
    """Nobody who writes all the time keeps a tap waiting."""
    turns, order, threads = Turns(), [], []

    def write(name):
        with turns:
            order.append(name)

    with turns:
        for name in range(5):
            threads.append(threading.Thread(target=write, args=(name,)))
            threads[-1].start()
            while len(turns._waiting) <= name:
                time.sleep(0.001)
    with turns:
        order.append("the first again")
    for one in threads:
        one.join()
    assert order == [0, 1, 2, 3, 4, "the first again"]


def test_who_fails_gives_its_turn_on(store):
    for _time in range(2):
        with pytest.raises(ZeroDivisionError), store.database.writing():
            raise ZeroDivisionError
    store.journal.append("purchase", purchase())


def test_a_number_that_comes_back_goes_on_where_it_was(store):
    store.codes.next()
    store.enrolled(enrolment(9))
    assert store.codes.next() == LineageCode(9, 1)
    store.enrolled(enrolment(NUMBER))
    assert store.codes.next() == LineageCode(NUMBER, 2)


def test_who_is_in_quarantine_names_nothing_and_still_notes_what_is_done(store):
    store.identities.quarantine("fork")
    with pytest.raises(Quarantined):
        store.codes.next()
    store.journal.append("purchase", purchase())
    store.enrolled(enrolment(9))
    assert store.codes.next() == LineageCode(9, 1)
    assert store.journal.waiting() == 1


def test_codes_end(store):
    with store.database.writing() as connection:
        connection.execute("UPDATE counter SET last = ?", (HIGHEST - 1,))
    assert store.codes.next().counter == HIGHEST
    with pytest.raises(CodesUsedUp):
        store.codes.next()


# -- writes -------------------------------------------------------------------------


def test_a_verified_write_and_its_events_are_one(store):
    write = store.writes.begin(UID, b"old", b"new", "bunch")
    assert store.writes.unfinished() == [
        PendingWrite(write, UID, b"old", b"new", "bunch")
    ]
    events = store.writes.verified(
        write, ("purchase", purchase(1)), ("purchase", purchase(2))
    )
    assert store.journal.unsent(9) == events
    assert store.writes.unfinished() == []


def test_an_event_that_is_unfit_leaves_the_write_unfinished(store):
    write = store.writes.begin(UID, b"old", b"new", "bunch")
    with pytest.raises(UnfitEvent):
        store.writes.verified(write, ("purchase", purchase(1)), ("Bad", {}))
    assert store.journal.waiting() == 0
    assert [one.id for one in store.writes.unfinished()] == [write]


@pytest.mark.parametrize("end", ["verified", "failed"])
def test_a_write_ends_once(store, end):
    write = store.writes.begin(UID, b"old", b"new", "bunch")
    if end == "verified":
        store.writes.verified(write, ("purchase", purchase(1)))
    else:
        store.writes.failed(write, "it left")
    with pytest.raises(WriteOver):
        store.writes.verified(write, ("purchase", purchase(1)))
    with pytest.raises(WriteOver):
        store.writes.failed(write, "again")
    assert store.journal.waiting() == (end == "verified")


def test_a_write_that_never_began_is_over(store):
    with pytest.raises(WriteOver):
        store.writes.verified(7, ("purchase", purchase(1)))
    assert store.journal.waiting() == 0


def test_the_log_of_writes_is_frozen_where_it_ended(store):
    write = store.writes.begin(UID, b"old", b"new", "bunch")
    store.writes.failed(write, "it left")
    for statement in ("UPDATE tag_write SET why = ''", "DELETE FROM tag_write"):
        with pytest.raises(sqlite3.IntegrityError), store.database.writing() as writing:
            writing.execute(statement)
