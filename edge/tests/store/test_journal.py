"""The journal: in order, without gaps, frozen, never ordered by time."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from farm_edge.store import (
    NotEnrolled,
    OtherHistory,
    Result,
    Store,
    StoreDamaged,
    UnfitEvent,
)
from farm_edge.store.chain import BEGIN, hash_of
from store_world import NOW, NUMBER, acknowledge, enrolment, open_store, purchase

DAY = 86_400_000


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(tmp_path / "store")


def test_each_event_has_the_next_number_and_follows_from_the_one_before(store):
    events = [store.journal.append("purchase", purchase(one)) for one in range(3)]
    assert [one.seq for one in events] == [1, 2, 3]
    before = BEGIN
    for one in events:
        before = hash_of(before, NUMBER, one.seq, one.id, one.kind, one.body)
        assert one.hash == before
    assert store.journal.unsent(10) == events
    assert events[0].values == purchase(0)


def test_an_id_is_a_uuid_of_version_7_and_says_when(store):
    id = store.journal.append("purchase", purchase()).id
    assert (id[6] >> 4, id[8] >> 6) == (7, 2)
    assert int.from_bytes(id[:6], "big") == NOW


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE event SET body = x'a0' WHERE seq = 1",
        "DELETE FROM event WHERE seq = 2",
        "INSERT INTO event SELECT chain, 4, zeroblob(16), kind, body, hash, at"
        " FROM event WHERE seq = 1",
        "UPDATE counter SET last = last",
        "DELETE FROM counter",
    ],
)
def test_the_file_itself_refuses_to_change_what_was_written(store, statement):
    for one in range(2):
        store.journal.append("purchase", purchase(one))
    with pytest.raises(sqlite3.IntegrityError), store.database.writing() as connection:
        connection.execute(statement)
    assert store.journal.head().seq == 2


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("Purchase", {}),
        ("", {}),
        ("x" * 33, {}),
        ("purchase", []),
        ("purchase", {1: 2}),
        ("purchase", {"a": float("nan")}),
        ("purchase", {"a": 2**64}),
        ("purchase", {"a": {1, 2}}),
        ("purchase", {"a": "x" * 16_384}),
        ("purchase", {"a": [[[[[[[[1]]]]]]]]}),
    ],
)
def test_what_no_server_would_take_is_not_written_down(store, kind, body):
    with pytest.raises(UnfitEvent):
        store.journal.append(kind, body)
    assert store.journal.head().seq == 0


def test_nothing_is_written_before_there_is_a_number(tmp_path):
    store = open_store(tmp_path / "store", enrol=False)
    for call in (
        lambda: store.journal.append("purchase", purchase()),
        store.codes.next,
        store.keys.signing,
        store.journal.head,
    ):
        with pytest.raises(NotEnrolled):
            call()
    assert store.journal.waiting() == 0


def test_many_threads_write_one_journal(store):
    def write(number: int) -> int:
        return store.journal.append("purchase", purchase(number)).seq

    with ThreadPoolExecutor(8) as pool:
        seqs = list(pool.map(write, range(200)))
    assert sorted(seqs) == list(range(1, 201))
    store.journal.check()


def test_a_clock_that_jumps_back_changes_no_order(store):
    for hour in (0, -5, 3, -9_000):
        store.clock._ticks.now = NOW + hour * 3_600_000
        store.journal.append("purchase", purchase(hour + 9_000))
    grown = [event.values["bunches"][0]["code"] for event in store.journal.unsent(9)]
    assert grown == ["CODE-9000", "CODE-8995", "CODE-9003", "CODE-0"]
    store.journal.check()


def test_a_clock_is_never_before_what_the_server_said(store):
    store.clock.hear(NOW)
    store.clock._ticks.now = 0
    assert (store.clock.now(), store.clock.ahead()) == (NOW, -NOW)
    store.clock._ticks.now = NOW + 5
    assert (store.clock.now(), store.clock.ahead()) == (NOW + 5, 0)


def test_todays_list_has_what_became_of_each(store):
    store.clock._ticks.now = NOW - 2 * DAY
    store.journal.append("purchase", purchase(1))
    store.clock._ticks.now = NOW
    first = store.journal.append("purchase", purchase(2))
    second = store.journal.append("purchase", purchase(3))
    acknowledge(store, 2, "refused")
    today = [
        (event.seq, result.state if result else "")
        for event, result in store.journal.today()
    ]
    assert today == [(first.seq, "refused"), (second.seq, "")]
    assert [event.seq for event, _result in store.journal.refused()] == [1, 2]


# -- what is to be sent -------------------------------------------------------------


def test_a_batch_ends_where_the_bytes_end_and_has_one_event_at_least(store):
    for one in range(5):
        store.journal.append("purchase", purchase(one))
    size = len(store.journal.unsent(1)[0].body) + len("purchase") + 40
    assert len(store.journal.unsent(10, 3 * size)) == 3
    assert len(store.journal.unsent(10, 3 * size - 1)) == 2
    assert len(store.journal.unsent(10, 1)) == 1
    assert len(store.journal.unsent(2)) == 2


def test_what_is_acknowledged_is_not_sent_again(store):
    for one in range(3):
        store.journal.append("purchase", purchase(one))
    acknowledge(store, 2)
    assert [one.seq for one in store.journal.unsent(9)] == [3]
    assert store.journal.waiting() == 1


def test_an_acknowledgement_of_another_history_is_not_believed(store):
    event = store.journal.append("purchase", purchase())
    for seq, hash, result in (
        (1, bytes(32), Result(1, event.id, "applied")),
        (2, event.hash, Result(1, event.id, "applied")),
        (1, event.hash, Result(1, bytes(16), "applied")),
    ):
        with pytest.raises(OtherHistory):
            store.journal.acknowledge(seq, hash, [result])
    assert (store.journal.waiting(), store.journal.refused()) == (1, [])


def test_a_server_that_lost_events_gets_them_again(store):
    for one in range(3):
        store.journal.append("purchase", purchase(one))
    acknowledge(store, 3)
    store.journal.set_back(1)
    assert [one.seq for one in store.journal.unsent(9)] == [2, 3]
    for more in (1, 3, 7):
        with pytest.raises(OtherHistory):
            store.journal.set_back(more)


def test_those_are_asked_about_first_that_were_not_for_longest(store):
    for one in range(5):
        store.journal.append("purchase", purchase(one))
    acknowledge(store, 4, "parked")
    assert [one.seq for one in store.journal.open(3)] == [1, 2, 3]
    assert [one.seq for one in store.journal.open(3)] == [4, 1, 2]


def test_who_listens_is_told_when_the_event_is_safe(store):
    seen = []
    store.journal.listeners.append(lambda: seen.append(store.journal.waiting()))
    with store.database.writing():
        store.journal.append("purchase", purchase(1))
        store.journal.append("purchase", purchase(2))
        assert not seen
    assert seen == [2]
    with pytest.raises(RuntimeError), store.database.writing():
        store.journal.append("purchase", purchase(3))
        raise RuntimeError
    assert (seen, store.journal.waiting()) == ([2], 2)


# -- another number -----------------------------------------------------------------


def test_what_was_not_sent_goes_over_to_the_new_number_under_its_ids(store):
    events = [store.journal.append("purchase", purchase(one)) for one in range(4)]
    acknowledge(store, 1)
    store.journal.note_fork(events[1:2])
    assert store.enrolled(enrolment(4712)) == 2
    moved = store.journal.unsent(9)
    assert [(one.seq, one.id, one.body) for one in moved] == [
        (1, events[2].id, events[2].body),
        (2, events[3].id, events[3].body),
    ]
    store.journal.check()
    assert store.identity.number == 4712
    assert [event.seq for event, _result in store.journal.refused()] == [2]


def test_a_changed_byte_is_found_when_the_store_is_opened(tmp_path):
    store = open_store(tmp_path / "store")
    store.journal.append("purchase", purchase(1))
    store.journal.append("purchase", purchase(2))
    store.close()
    connection = sqlite3.connect(tmp_path / "store")
    connection.execute("DROP TRIGGER event_is_frozen")
    connection.execute("UPDATE event SET body = x'a0' WHERE seq = 2")
    connection.commit()
    connection.close()
    with pytest.raises(StoreDamaged, match="Event 2"):
        open_store(tmp_path / "store")


def test_what_came_back_is_found_by_its_index(store, monkeypatch):
    """It is counted for each view: after a year of a gate that is 50,000 results."""
    plans = []
    for name in ("row", "rows"):
        query = getattr(store.database, name)

        def planned(sql, values=(), query=query):
            plan = store.database._connection().execute(
                f"EXPLAIN QUERY PLAN {sql}", values
            )
            plans.append(" ".join(line[3] for line in plan))
            return query(sql, values)

        monkeypatch.setattr(store.database, name, planned)
    assert store.journal.back() == 0 and store.journal.refused() == []
    assert len(plans) == 2
    assert all("SCAN result USING INDEX result_open" in one for one in plans), plans
    assert not any("SCAN event" in one for one in plans), plans
