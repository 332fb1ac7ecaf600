"""The journal goes up: each event once, whatever the line and the server do."""

from __future__ import annotations

import shutil

import pytest
import sync_server as server
from farm_edge.store import DiskFull, Quarantined
from farm_edge.sync import Client, Occasion, Pace, Refused, State, Sync, enrol
from farm_edge.sync.pace import FIRST_BYTES
from store_world import NOW, item, open_store, purchase
from sync_server import says


def buy(store, count, **more):
    return [store.journal.append("purchase", purchase(n, **more)) for n in range(count)]


def arrived(village):
    return [(seq, body) for seq, _id, _kind, body in village.ledger.events]


def of(events):
    return [(one.seq, one.body) for one in events]


def test_all_goes_up_and_what_became_of_it_is_kept(device, sync, village):
    events = buy(device, 5)
    village.ledger.states[2] = "refused"
    outcome = sync.once()
    assert (outcome.state, outcome.sent) == (State.DONE, 5)
    assert arrived(village) == of(events)
    assert [event.seq for event, _result in device.journal.refused()] == [2]
    assert device.journal.today()[0][1].refs == {"harvest": "H/2026/00001"}
    assert sync.once().sent == 0


@pytest.mark.parametrize(
    "fault",
    [
        server.lost_on_the_way,
        server.answer_lost,
        server.answer_cut,
        server.sign_in_page,
        server.redirect,
        server.garbage,
        server.not_canonical,
        server.other_events,
        server.too_far,
        server.plainly(502),
        server.plainly(404),
        says(500, "internal", "later", 12),
        says(503, "busy", "later", 5),
    ],
    ids=lambda fault: getattr(fault, "__name__", "says"),
)
def test_after_any_fault_the_next_time_sends_each_event_once(
    device, sync, village, fault
):
    if fault is server.too_far:
        events = buy(device, 3)
        village.faults = [fault]
        # The server says that it has what this device never did.
        assert sync.once().state is State.STOPPED
        assert device.identity.quarantine
        return
    events = buy(device, 3)
    village.faults = [fault]
    outcome = sync.once()
    assert outcome.state is State.LATER and outcome.reason
    assert device.journal.waiting() == 3
    outcome = sync.once()
    assert (outcome.state, outcome.sent) == (State.DONE, 3)
    assert arrived(village) == of(events)


@pytest.mark.parametrize(
    ("wait", "told"),
    [
        ("5", 5.0),
        ("Wed, 21 Oct 2099 07:28:00 GMT", 3_600.0),
        ("", None),
        ("soon", None),
        ("0", None),  # or it would be asked again at once, and for ever
        ("Wed, 21 Oct 2015 07:28:00 GMT", None),
        ("-5", None),
    ],
)
def test_what_the_server_says_to_wait_is_heard(device, sync, village, wait, told):
    village.faults = [server.plainly(503, Retry_After=wait)]
    assert sync.once().wait == told


@pytest.mark.parametrize("moment", [NOW * 1_000, 2**62])
def test_a_time_that_is_none_is_not_believed(device, sync, village, moment):
    """The device would have had no today until the next answer, and no card."""
    push = village.ledger.push
    village.ledger.push = lambda sent: push(sent) | {"server_time": moment}
    assert sync.once().code == "not_the_server"
    assert device.clock.heard() == NOW
    assert device.clock.today()


def test_the_office_sees_a_clock_that_is_wrong(device, sync, village):
    """A board without a battery begins in 1970; its events are dated all the same."""
    device.clock._ticks.now = 86_400_000
    told, push = [], village.ledger.push
    village.ledger.push = lambda sent: told.append(sent["clock"]) or push(sent)
    (event,) = buy(device, 1)
    assert sync.once().state is State.DONE
    assert (told, event.at) == ([86_400_000], NOW)


def test_a_kill_between_answer_and_note_doubles_nothing(
    device, sync, client, village, tmp_path
):
    events = buy(device, 3)
    before = tmp_path / "before"
    device.database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copy(device.path, before)
    sync.once()
    again = open_store(before)
    assert Sync(again, client).once().sent == 3
    assert arrived(village) == of(events)


def test_much_goes_in_batches_that_grow(device, client, village):
    buy(device, 300, note="x" * 500)
    pace = Pace()
    assert Sync(device, client, pace).once().sent == 300
    assert village.asked.count("push") > 2
    assert pace.bytes > 32_768


def test_a_gate_where_tags_never_end_hears_of_revocations_all_the_same(
    device, sync, village
):
    buy(device, 3)
    push = village.ledger.push

    def meanwhile(sent):
        if device.journal.head().seq < 20:
            device.journal.append("read", {"at": NOW})
        return push(sent)

    village.ledger.push = meanwhile
    village.asked.clear()
    outcome = sync.once()
    assert (outcome.state, outcome.sent) == (State.DONE, 3)
    assert village.asked == ["push", "snapshot"]
    assert sync.once().sent == 1


def test_a_day_without_network_makes_no_batch_smaller(device, client, village):
    """It says nothing of the line; a request that was cut does."""
    buy(device, 1)
    pace = Pace()
    village.faults = [server.sign_in_page, server.answer_cut]
    Sync(device, client, pace).once()
    assert pace.bytes == FIRST_BYTES
    Sync(device, client, pace).once()
    assert pace.bytes == FIRST_BYTES // 2
    away = Client("http://127.0.0.1:9", proxy="none")
    for _look in range(9):
        assert Sync(device, away, pace).once().state is State.LATER
    assert pace.bytes == FIRST_BYTES // 2
    away.close()


def test_a_message_that_is_too_large_is_sent_in_smaller_ones(device, sync, village):
    events = buy(device, 8)
    village.faults = [says(413, "too-large", "changed"), server.plainly(413)]
    assert sync.once().sent == 8
    assert arrived(village) == of(events)


def test_one_event_that_is_not_understood_stops_only_what_comes_after(
    device, sync, village
):
    events = buy(device, 8)

    def refuse_fifth(handler, work):
        if village.ledger.events[3:] and not village.ledger.events[4:]:
            raise server.Problem(400, "damaged")
        if not village.ledger.events:
            raise server.Problem(400, "damaged")
        handler.send(200, work())

    village.faults = [refuse_fifth] * 2 + [None] * 2
    outcome = sync.once()
    assert outcome.state is State.DONE
    assert arrived(village) == of(events)
    buy(device, 1)
    village.faults = [says(400, "damaged")]
    outcome = sync.once()
    assert (outcome.state, outcome.code) == (State.STOPPED, "damaged")
    assert device.journal.waiting() == 1


# -- histories ----------------------------------------------------------------------


def test_a_server_that_was_restored_gets_again_what_it_lost(device, sync, village):
    events = buy(device, 6)
    sync.once()
    del village.ledger.events[2:], village.ledger.hashes[3:]
    events += buy(device, 1)
    assert sync.once().sent == 5
    assert arrived(village) == of(events)


def test_a_gap_ahead_of_all_is_not_believed(device, sync, village):
    buy(device, 2)
    village.faults = [says(409, "gap", "changed", send_from=3)]
    outcome = sync.once()
    assert (outcome.state, outcome.code) == (State.LATER, "not_the_server")
    assert device.journal.waiting() == 2


def test_gaps_without_end_are_given_up(device, sync, village):
    buy(device, 3)
    sync.once()

    def always(handler, work):
        journal = device.journal
        journal.acknowledge(3, journal.hash_at(3), [])
        raise server.Problem(409, "gap", "changed", send_from=2)

    village.faults = [always] * 9
    assert sync.once().code == "gap"
    assert len(village.faults) == 5


def test_a_restored_backup_is_found_before_it_is_worked_with(
    device, client, village, tmp_path
):
    buy(device, 2)
    Sync(device, client).once()
    device.database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copy(device.path, tmp_path / "backup")
    buy(device, 2)
    Sync(device, client).once()
    backup = open_store(tmp_path / "backup")
    outcome = Sync(backup, client).once()
    assert (outcome.state, outcome.code) == (State.STOPPED, "fork")
    with pytest.raises(Quarantined):
        backup.codes.next()
    # Once it is enrolled anew, it is another device with all that it still had.
    more = backup.journal.append("purchase", purchase(9))
    assert Sync(backup, client).once().state is State.STOPPED
    enrol(backup, client, server.CODE)
    assert Sync(backup, client).once().sent == 1
    assert [(one[1], one[3]) for one in village.ledger.events] == [(more.id, more.body)]


def test_a_copied_card_puts_the_second_in_quarantine(device, client, village, tmp_path):
    device.database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copy(device.path, tmp_path / "copy")
    copy = open_store(tmp_path / "copy")
    mine = buy(device, 2)
    theirs = [copy.journal.append("purchase", purchase(n + 50)) for n in range(3)]
    assert Sync(device, client).once().state is State.DONE
    outcome = Sync(copy, client).once()
    assert (outcome.state, outcome.code) == (State.STOPPED, "fork")
    asked = len(village.asked)
    assert Sync(copy, client).once().state is State.STOPPED
    assert len(village.asked) == asked
    assert arrived(village) == of(mine)
    # People look at what the server keeps as the other history: it is not sent again.
    assert [result.state for _event, result in copy.journal.refused()] == ["forked"] * 3
    assert len(village.ledger.forked) == len(theirs)
    enrol(copy, client, server.CODE)
    assert copy.journal.waiting() == 0


def test_another_hash_than_ours_is_not_taken_for_an_acknowledgement(
    device, sync, village
):
    buy(device, 2)
    village.faults = [server.other_hash]
    outcome = sync.once()
    assert (outcome.state, outcome.code) == (State.STOPPED, "fork")
    assert device.journal.waiting() == 2
    assert device.identity.quarantine


def test_an_answer_to_the_enrolment_before_is_none_for_the_new_one(
    device, client, village
):
    """Somebody enrols the device anew, in another process, while a slow push is under
    way: what went over has the same numbers and IDs there."""
    events = buy(device, 3)
    other = Client(village.url)

    def meanwhile(handler, work):
        answer = work()
        enrol(device, other, server.CODE)
        handler.send(200, answer)

    village.faults = [meanwhile]
    assert Sync(device, client).once().state is State.LATER
    assert not device.identity.quarantine
    assert device.journal.waiting() == 3
    assert Sync(device, client).once().state is State.DONE
    assert [one[1] for one in village.ledger.events] == [one.id for one in events]
    other.close()


@pytest.mark.parametrize("problem", ["fork", "device-quarantined"])
def test_who_was_shut_out_before_is_not_when_enrolled_anew(
    device, client, village, problem
):
    buy(device, 2)
    other = Client(village.url)

    def meanwhile(handler, work):
        enrol(device, other, server.CODE)
        raise server.Problem(409, problem)

    village.faults = [meanwhile]
    assert Sync(device, client).once().state is State.STOPPED
    assert not device.identity.quarantine
    assert Sync(device, client).once().sent == 2
    other.close()


# -- who may not --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fault", "state", "wait"),
    [
        (says(401, "unauthenticated"), State.STOPPED, None),
        (says(401, "bad-signature"), State.STOPPED, None),
        (says(403, "device-replaced"), State.STOPPED, None),
        (says(403, "device-quarantined"), State.STOPPED, None),
        (says(403, "device-revoked"), State.STOPPED, None),
        (says(403, "device-suspended", "later", 70), State.LATER, 70.0),
        (says(403, "user-inactive", "later", 70), State.LATER, 70.0),
        (says(403, "user-changed", "later", 70), State.LATER, 70.0),
        (says(415, "wrong-type"), State.STOPPED, None),
    ],
    ids=lambda one: "",
)
def test_a_refusal_keeps_the_journal(device, sync, village, fault, state, wait):
    buy(device, 2)
    village.faults = [fault]
    outcome = sync.once()
    assert (outcome.state, outcome.wait) == (state, wait)
    assert device.journal.waiting() == 2


def test_a_revoked_device_sends_what_it_did_before(device, sync, village):
    events = buy(device, 5)
    village.faults = [says(403, "device-revoked", until_seq=3)]
    outcome = sync.once()
    assert (outcome.state, outcome.code) == (State.STOPPED, "device-revoked")
    assert arrived(village) == of(events[:3])
    assert device.journal.waiting() == 2


def test_who_is_not_enrolled_asks_nothing(tmp_path, client, village):
    store = open_store(tmp_path / "new", enrol=False)
    assert Sync(store, client).once().state is State.NOT_ENROLLED
    assert village.asked == []


def test_a_code_that_is_none_enrols_nobody(tmp_path, client):
    store = open_store(tmp_path / "new", enrol=False)
    with pytest.raises(Refused) as refused:
        enrol(store, client, "00000-00000")
    assert refused.value.problem == "code-unknown"
    assert store.identity is None


def test_a_code_is_not_used_up_where_the_answer_finds_no_room(
    device, client, village, monkeypatch
):
    """The number that the device had is over once the code is used."""
    village.asked.clear()
    monkeypatch.setattr(device.database, "free_bytes", lambda: 4_096)
    with pytest.raises(DiskFull):
        enrol(device, client, server.CODE)
    assert village.asked == []
    buy(device, 1)
    assert Sync(device, client).once().sent == 1


# -- what became of it --------------------------------------------------------------


def test_what_waited_is_asked_about_until_it_is_done(device, sync, village):
    buy(device, 4)
    village.ledger.states = {2: "parked", 4: "conflict"}
    assert sync.once().asked_again == 2
    village.ledger.states = {4: "settled"}
    sync.once()
    states = [result.state for _event, result in device.journal.today()]
    assert states == ["applied", "applied", "applied", "settled"]
    assert sync.once().asked_again == 0
    assert len(village.ledger.events) == 4


def test_an_event_that_the_server_stumbles_over_keeps_nothing_away(
    device, sync, village
):
    """Without it being asked about again, revocations and cards still come."""
    buy(device, 1)
    village.ledger.states = {1: "parked"}
    sync._ask_again.begin()
    sync._ask_again.seconds = 3_600.0
    sync.once()
    push = village.ledger.push

    def stumble(sent):
        if sent["events"]:
            raise server.Problem(500, "internal", "later", 12)
        return push(sent)

    village.ledger.push = stumble
    village.ledger.items = [item("farmer", 1, code="F-1", name="Ana")]
    device.intake.begin_anew("")
    sync._ask_again.seconds = 0.0
    assert sync.once().state is State.LATER
    assert device.snapshot.farmer("F-1")


def test_after_an_event_what_is_carried_is_not_asked_for_before_its_time(
    device, client, village
):
    sync = Sync(device, client)
    buy(device, 1)
    sync.once({Occasion.EVENT})
    buy(device, 1)
    sync.once({Occasion.EVENT})
    assert village.asked == ["enrol", "push", "snapshot", "push"]
    device.settings["minutes"] = 0
    sync.once({Occasion.EVENT})
    assert village.asked[-1] == "snapshot"


def test_a_server_that_cannot_do_so_much_gets_less(device, sync, village):
    buy(device, 8)
    village.faults = [says(500, "internal", "later", 1), server.plainly(504)]
    for _time in range(2):
        assert sync.once().state is State.LATER
    assert sync.once().sent == 8
    assert village.asked.count("push") == 5  # of two, four and two events
    assert sync._pace.events >= 8
