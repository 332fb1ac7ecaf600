"""The server is looked at in its own time, and no tap waits for it."""

from __future__ import annotations

import threading

import pytest
import sync_server as server
from farm_edge.sync import Backoff, Occasion, Pace, State, Sync, SyncThread, enrol
from farm_edge.sync.network import has_way_out
from farm_edge.sync.pace import LEAST_BYTES, MOST_BYTES
from store_world import open_store, purchase
from sync_server import says

PATIENCE = 20


class Told:
    """Outcomes, as they come."""

    def __init__(self):
        self.outcomes = []
        self.change = threading.Condition()

    def __call__(self, outcome):
        with self.change:
            self.outcomes.append(outcome)
            self.change.notify()

    def until(self, count):
        with self.change:
            assert self.change.wait_for(lambda: len(self.outcomes) >= count, PATIENCE)
        return self.outcomes[count - 1]


@pytest.fixture
def start(device, client):
    def start(**how):
        thread = SyncThread(device, Sync(device, client, Pace()), told, **how)
        thread.start()
        started.append(thread)
        return thread, told

    told, started = Told(), []
    yield start
    for thread in started:
        thread.stop(PATIENCE)
        assert not thread.is_alive()


def test_what_is_done_goes_up_by_itself(device, village, start):
    _thread, told = start()
    told.until(1)
    device.journal.append("purchase", purchase())
    assert told.until(2).sent == 1


def test_a_tap_does_not_wait_for_a_server_that_hangs(device, village, start):
    begun, go_on = threading.Event(), threading.Event()

    def hang(handler, work):
        begun.set()
        go_on.wait(PATIENCE)
        handler.send(200, work())

    village.faults = [hang]
    _thread, told = start()
    assert begun.wait(PATIENCE)
    # While the request hangs: a code, a tag, an event, a look at a card.
    code = device.codes.next()
    write = device.writes.begin(b"\4", b"", b"new", "bunch")
    device.writes.verified(write, ("purchase", purchase(str(code))))
    assert device.snapshot.farmer("F-1") is None
    assert device.journal.waiting() == 1
    assert not told.outcomes
    go_on.set()
    told.until(2)
    assert len(village.ledger.events) == 1


def test_after_a_failure_events_wait_and_a_person_does_not(device, village, start):
    village.faults = [says(503, "busy", "later", 3_000)]
    thread, told = start()
    assert told.until(1).wait == 3_000.0
    device.journal.append("purchase", purchase())
    thread.ask(Occasion.UNKNOWN_FARMER)
    thread.ask(Occasion.PERSON)
    assert told.until(2).sent == 1


def test_a_card_shortens_a_wait_that_nobody_asked_for(device, village, start):
    village.faults = [server.lost_on_the_way]
    thread, told = start(backoff=Backoff(first=3_000, most=3_000))
    assert told.until(1).state is State.LATER
    thread.ask(Occasion.NEWER_CARD)
    assert told.until(2).state is State.DONE


def test_a_network_that_comes_back_is_noticed(device, village, start, monkeypatch):
    monkeypatch.setattr("farm_edge.sync.thread.GLANCE", 0.02)
    has_network = threading.Event()
    village.faults = [server.lost_on_the_way]
    _thread, told = start(
        backoff=Backoff(first=3_000, most=3_000), way_out=has_network.is_set
    )
    assert told.until(1).state is State.LATER
    has_network.set()
    assert told.until(2).state is State.DONE


@pytest.mark.parametrize("was", ["never enrolled", "in quarantine"])
def test_a_device_that_is_enrolled_by_another_process_is_noticed(
    tmp_path, client, village, monkeypatch, was
):
    """``farm-edge enrol``, while the agent runs."""
    monkeypatch.setattr("farm_edge.sync.thread.GLANCE", 0.02)
    store = open_store(tmp_path / "store", enrol=was != "never enrolled")
    if was == "in quarantine":
        store.identities.quarantine("a backup was restored")
    told = Told()
    thread = SyncThread(store, Sync(store, client, Pace()), told)
    thread.start()
    assert told.until(1).state in (State.NOT_ENROLLED, State.STOPPED)
    other = open_store(tmp_path / "store", enrol=False)
    enrol(other, client, server.CODE)
    other.close()
    assert told.until(2).state is State.DONE
    thread.stop(PATIENCE)
    store.close()


def test_no_setting_makes_it_look_without_pause(device, client):
    device.settings["minutes"] = 0
    thread = SyncThread(device, Sync(device, client))
    assert thread._look({Occasion.PERSON}) >= 60


def test_it_tries_again_by_itself(device, village, start):
    village.faults = [server.lost_on_the_way] * 3
    _thread, told = start(backoff=Backoff(first=0.01, most=0.02))
    assert told.until(4).state is State.DONE


def test_it_lives_through_a_disk_that_fails(device, client, start, village, caplog):
    device.journal.append("purchase", purchase())

    def full(*_answer):
        from farm_edge.store import DiskFull

        device.journal.acknowledge = acknowledge
        raise DiskFull("no room")

    acknowledge = device.journal.acknowledge
    device.journal.acknowledge = full
    _thread, told = start(backoff=Backoff(first=0.01, most=0.02))
    assert told.until(1).sent == 1
    assert "no room" in caplog.text
    assert len(village.ledger.events) == 1


def test_it_lives_through_what_nobody_thought_of(device, client, start, caplog):
    first = [ZeroDivisionError("what is this")]

    def once(self, occasions):
        if first:
            raise first.pop()
        return look(self, occasions)

    look = Sync.once
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Sync, "once", once)
        _thread, told = start(backoff=Backoff(first=0.01, most=0.02))
        assert told.until(1).state is State.DONE
    assert "what is this" in caplog.text


def test_it_lives_through_a_listener_that_fails(device, client, caplog):
    told, failed = Told(), []

    def tell(outcome):
        if not failed:
            failed.append(outcome)
            raise ZeroDivisionError("what is this")
        told(outcome)

    backoff = Backoff(first=0.01, most=0.02)
    thread = SyncThread(device, Sync(device, client, Pace()), tell, backoff)
    thread.start()
    assert told.until(1).state is State.DONE
    thread.stop(PATIENCE)
    assert "what is this" in caplog.text


def test_it_stops_while_a_request_hangs(device, village, start):
    begun, go_on = threading.Event(), threading.Event()

    def hang(handler, work):
        begun.set()
        go_on.wait(PATIENCE)
        handler.close_connection = True

    village.faults = [hang]
    thread, _told = start()
    assert begun.wait(PATIENCE)
    thread.stop(0.05)
    go_on.set()


# -- how long, how much -------------------------------------------------------------


def test_waits_grow_differ_and_end_somewhere():
    least, most = Backoff(2, 60, lambda a, b: a), Backoff(2, 60, lambda a, b: b)
    assert [least.next() for _ in range(7)] == [1, 2, 4, 8, 16, 30, 30]
    assert [most.next() for _ in range(7)] == [2, 4, 8, 16, 32, 60, 60]
    most.reset()
    assert most.next() == 2
    assert len({Backoff().next() for _ in range(20)}) > 15


def test_what_the_server_says_is_the_least():
    assert Backoff(2, 60, lambda a, b: a).next(40.0) == 40
    assert Backoff(2, 60, lambda a, b: b).next(40.0) == 50


def test_batches_grow_on_a_good_line_and_shrink_on_a_bad_one():
    pace = Pace()
    for _time in range(9):
        pace.went(pace.bytes, 1.0)
    assert pace.bytes == MOST_BYTES
    pace.went(100, 1.0)
    pace.went(MOST_BYTES, 20.0)
    assert pace.bytes == MOST_BYTES
    pace.went(MOST_BYTES, 40.0)
    assert pace.bytes == MOST_BYTES // 2
    for _time in range(20):
        pace.smaller()
    assert pace.bytes == LEAST_BYTES


@pytest.mark.parametrize(
    ("routes", "routes_6", "expected"),
    [
        ("Iface Destination Gateway\neth0 00000000 0100A8C0 0\n", "", True),
        ("Iface Destination Gateway\neth0 0000A8C0 00000000 0\n", "", False),
        ("", f"{'0' * 32} 00 {'0' * 32} 00 fe80 ffffffff 1 0 0 lo\n", False),
        ("", f"{'0' * 32} 00 {'0' * 32} 00 fe80 00000400 1 0 0 eth0\n", True),
        (None, None, False),
    ],
)
def test_a_way_out_is_a_default_route(tmp_path, routes, routes_6, expected):
    paths = tmp_path / "route", tmp_path / "ipv6_route"
    for path, text in zip(paths, (routes, routes_6), strict=True):
        if text is not None:
            path.write_text(text)
    assert has_way_out(*paths) is expected
