"""A gate: tags pass, each is an event once."""

import farmtag
import pytest
from farm_edge.reader.keyboard.reader import TypedTag
from farm_edge.reader.keyboard.typed import meaning
from farm_edge.store import DiskFull
from farm_edge.work import Desk
from farm_edge.work.signal import SignalFailed, signal_of
from farm_edge.work.view import GateView, Tone
from store_world import NOW
from work_world import CARD_UID, CROP, TODAY, card, tag_uid, write


class Lamp:
    def __init__(self):
        self.shown = []

    def show(self, tone):
        self.shown.append(tone)

    def close(self):
        self.shown.append(None)


@pytest.fixture
def lamp():
    return Lamp()


@pytest.fixture
def desk(store, lamp):
    store.settings["mode"] = "gate"
    store.settings["point"] = "GATE-1"
    return Desk(store, signal=lamp)


def bunch(store, uid, counter=1):
    code = farmtag.LineageCode(4711, counter)
    unit = farmtag.Unit(code=code.child(1), written=TODAY, crop=CROP)
    return str(unit.code), write(unit, store.keys.signing(), uid)


def events(store):
    return [one.values for one in store.journal.since(1, 99)]


def test_each_tag_is_an_event_with_code_and_point(hand, desk, store, lamp):
    code, message = bunch(store, tag_uid(1))
    view = hand.tap(tag_uid(1), message)
    (body,) = events(store)
    assert body["point"] == "GATE-1"
    assert body["tags"] == [
        {"uid": tag_uid(1), "code": code, "first": NOW, "last": NOW}
    ]
    assert lamp.shown == [Tone.GOOD]
    assert isinstance(view, GateView) and (view.seen, view.last) == (1, code)


def test_within_the_quiet_time_it_is_not_told_again(hand, desk, store, lamp):
    _code, message = bunch(store, tag_uid(1))
    hand.tap(tag_uid(1), message)
    desk.tag_left(hand.reader, tag_uid(1))
    store.clock._ticks.now += 9_000
    hand.tap(tag_uid(1))
    desk.tag_left(hand.reader, tag_uid(1))
    assert len(events(store)) == 1
    store.clock._ticks.now += 11_000
    hand.tap(tag_uid(1))
    assert len(events(store)) == 2 and lamp.shown == [Tone.GOOD] * 2


def test_it_counts_when_it_has_lain_there_for_the_dwell_time(hand, store, lamp):
    store.settings["mode"], store.settings["dwell_ms"] = "gate", 500
    desk = hand.desk = Desk(store, signal=lamp)
    code, message = bunch(store, tag_uid(1))
    hand.tap(tag_uid(1), message)
    desk.tick()
    assert events(store) == [] and lamp.shown == []
    store.clock._ticks.now += 600
    desk.tick()
    desk.tick()
    desk.tag_left(hand.reader, tag_uid(1))
    (body,) = events(store)
    (tag,) = body["tags"]
    assert (tag["code"], tag["last"] - tag["first"]) == (code, 600)
    assert lamp.shown == [Tone.GOOD]
    # too short: the server is told, nobody is shown green
    _code, message = bunch(store, tag_uid(2), 2)
    hand.tap(tag_uid(2), message)
    store.clock._ticks.now += 100
    desk.tag_left(hand.reader, tag_uid(2))
    assert events(store)[1]["tags"][0]["last"] - NOW - 600 == 100
    assert lamp.shown == [Tone.GOOD, Tone.WAIT]


def test_what_is_not_to_be_believed_is_seen_by_its_chip(hand, desk, store, lamp):
    _code, message = bunch(store, tag_uid(1))
    hand.tap(tag_uid(2), message)  # a copy
    hand.tap(CARD_UID, card())
    assert [set(body["tags"][0]) for body in events(store)] == [
        {"uid", "first", "last"}
    ] * 2
    assert lamp.shown == [Tone.WARN] * 2


def test_who_looks_at_its_page_does_not_end_the_gate(hand, desk, store):
    desk.go("today")
    _code, message = bunch(store, tag_uid(1))
    hand.tap(tag_uid(1), message)
    assert len(events(store)) == 1 and desk.view().step == "today"
    desk.act("home")
    assert isinstance(desk.view(), GateView)
    _code, message = bunch(store, tag_uid(2), 2)
    assert hand.tap(tag_uid(2), message).seen == 2


def test_what_passes_while_the_disk_is_full_is_told_when_there_is_room(
    hand, store, monkeypatch
):
    store.settings["dwell_ms"] = 500
    desk = hand.desk = Desk(store)
    _code, message = bunch(store, tag_uid(1))
    hand.tap(tag_uid(1), message)
    store.clock._ticks.now += 600

    def full(*_values):
        raise DiskFull("no room")

    with monkeypatch.context() as patch:
        patch.setattr(store.journal, "append", full)
        desk.tag_left(hand.reader, tag_uid(1))
        desk.tick()
        assert desk.view().notice.key == "error.disk_full"
    desk.tick()
    desk.tick()
    (body,) = events(store)
    assert body["tags"][0]["last"] == NOW + 600


def test_a_clock_that_is_put_back_silences_no_tag(hand, desk, store):
    _code, message = bunch(store, tag_uid(1))
    hand.tap(tag_uid(1), message)
    desk.tag_left(hand.reader, tag_uid(1))
    store.clock.hear(NOW - 86_400_000)
    store.clock._ticks.now = NOW - 86_400_000
    hand.tap(tag_uid(1))
    assert len(events(store)) == 2


def test_readers_that_type(desk, store, reader, lamp):
    for line, name in (("04A1B2C3D4E580", "uid"), ("30340789000C0E4000000001", "epc")):
        desk.tap(reader, TypedTag(meaning(line)))
        assert events(store)[-1]["tags"][0][name] == bytes.fromhex(line)
    code = str(farmtag.LineageCode(4711, 8))
    desk.tap(reader, TypedTag(meaning(code)))
    assert events(store)[-1]["tags"][0]["code"] == code


def test_lights_that_cannot_be():
    assert signal_of("none").show(Tone.GOOD) is None
    for text in ("lamp", "gpio:", "gpio:/dev/x:green=1", "gpio:/dev/x:good=a"):
        with pytest.raises(SignalFailed):
            signal_of(text)
    with pytest.raises(SignalFailed):
        signal_of("gpio:/dev/no-such-chip:good=17")
