"""Readers come and go, tags rest, and each is told of once."""

import queue

import pytest
from edge_samples import NEW, OLD, OTHER_UID, UID, lay
from farm_edge.reader import Garbled, TagGone, TagUnsuitable
from farm_edge.reader.nfc import NfcReader
from farm_edge.reader.watch import LONGEST_BACK_OFF_SECONDS, TRIES, Station, Watch
from farm_edge.virtual import VirtualField
from farm_edge.virtual.faults import Command, Fault


class Notes:
    """Writes down what it is told, and reads each tag."""

    def __init__(self, work=lambda tag: tag.read()):
        self.all, self.work, self.queue = [], work, queue.Queue()

    def note(self, *what):
        self.all.append(what)
        self.queue.put(what)

    def tag_came(self, reader, tag):
        content = self.work(tag)
        self.note("came", tag.uid, content)

    def tag_left(self, reader, uid):
        self.note("left", uid)

    def tag_refused(self, reader, error):
        self.note("refused", error.code)

    def reader_lost(self, reader, error):
        self.note("lost", reader.name)

    def reader_found(self, reader):
        self.note("found", reader.name)


@pytest.fixture
def notes():
    return Notes()


@pytest.fixture
def station(field, notes, monkeypatch):
    monkeypatch.setattr("farm_edge.reader.watch.SENSE_SECONDS", 0)
    station = Station(NfcReader(field.path, patience=1), notes)
    station.look()
    assert notes.all.pop() == ("found", field.path)
    yield station
    station.close()


def look(station, times):
    return [station.look() for _ in range(times)]


def test_tag_that_rests_is_told_of_once_more_when_somebody_asks(field, station, notes):
    uid = lay(field)
    look(station, 4)
    assert notes.all == [("came", uid, OLD)]
    station.again()
    look(station, 4)
    assert notes.all == [("came", uid, OLD)] * 2
    field.take("tag")
    look(station, 6)
    station.again()  # nothing rests there: it is for the next one
    field.put("tag")
    look(station, 4)
    assert notes.all == [("came", uid, OLD)] * 2 + [("left", uid), ("came", uid, OLD)]


def test_resting_tag_is_told_of_once(field, station, notes):
    lay(field)
    look(station, 5)
    assert notes.all == [("came", UID, OLD)]
    field.take("tag")
    look(station, 5)
    assert notes.all == [("came", UID, OLD), ("left", UID)]
    field.put("tag")
    look(station, 2)
    assert notes.all[2:] == [("came", UID, OLD)]


def test_one_search_without_an_answer_is_bad_luck(field, station, notes):
    lay(field)
    look(station, 1)
    field.break_([(Command.FIND, 1, Fault.LOSE), (Command.FIND, 3, Fault.DEAF)])
    look(station, 5)
    assert notes.all == [("came", UID, OLD)]


def test_tag_in_place_of_another(field, station, notes):
    lay(field)
    look(station, 2)
    lay(field, uid=OTHER_UID, message=NEW, name="other")
    field.swap("other")
    look(station, 2)
    assert notes.all == [("came", UID, OLD), ("left", UID), ("came", OTHER_UID, NEW)]


def test_two_tags_are_refused_once_and_the_one_that_stays_is_read(
    field, station, notes
):
    lay(field)
    lay(field, uid=OTHER_UID, message=NEW, name="other")
    look(station, 4)
    assert notes.all == [("refused", "two_tags")]
    field.take("tag")
    look(station, 2)
    assert notes.all[1:] == [("came", OTHER_UID, NEW)]


def test_tag_laid_beside_one_that_rests(field, station, notes):
    lay(field)
    look(station, 2)
    lay(field, uid=OTHER_UID, name="other")
    look(station, 6)
    field.take("other")
    look(station, 3)
    assert notes.all == [("came", UID, OLD), ("refused", "two_tags")]


@pytest.mark.parametrize("error", [TagGone("gone"), Garbled("garbled")])
def test_work_that_came_to_nothing_is_done_again(field, station, notes, error):
    lay(field)
    errors = [error, error]

    def work(tag):
        if errors:
            raise errors.pop()
        return tag.read()

    notes.work = work
    look(station, 6)
    assert notes.all == [("came", UID, OLD)]


def test_work_that_always_comes_to_nothing_is_given_up(field, station, notes):
    lay(field)
    count = []

    def work(tag):
        count.append(1)
        raise Garbled("garbled")

    notes.work = work
    look(station, TRIES + 3)
    assert (len(count), notes.all) == (TRIES, [("refused", "garbled")])


def test_unsuitable_tag_is_refused_at_once(field, station, notes):
    lay(field)

    def work(tag):
        raise TagUnsuitable("kind", "no")

    notes.work = work
    look(station, 3)
    assert notes.all == [("refused", "kind")]


def test_fault_of_the_work_does_not_end_the_watch(field, station, notes, caplog):
    lay(field)
    notes.work = lambda tag: 1 / 0
    look(station, 3)
    assert "ZeroDivisionError" in caplog.text
    notes.work = lambda tag: tag.read()
    lay(field, uid=OTHER_UID, name="other")
    field.swap("other")
    look(station, 1)
    assert ("came", OTHER_UID, OLD) in notes.all


@pytest.mark.parametrize("what", ["tag_left", "tag_refused", "reader_found"])
def test_listener_that_fails_does_not_end_the_watch(
    field, notes, monkeypatch, caplog, what
):
    """A full disk fails so, where a gate writes down that a tag has left."""
    monkeypatch.setattr("farm_edge.reader.watch.SENSE_SECONDS", 0)
    tell, failed = getattr(notes, what), []

    def fail_once(*told):
        if not failed:
            failed.append(what)
            raise OSError("no room")
        tell(*told)

    monkeypatch.setattr(notes, what, fail_once)
    lay(field)
    lay(field, uid=OTHER_UID, name="other")
    station = Station(NfcReader(field.path, patience=1), notes)
    look(station, 3)
    for name in ("other", "tag"):
        field.swap(name)
        look(station, 2)
    assert ("came", UID, OLD) in notes.all
    assert failed and "no room" in caplog.text
    station.close()


def test_reader_that_is_lost_is_looked_for_though_that_cannot_be_told(
    notes, monkeypatch, caplog
):
    monkeypatch.setattr(notes, "reader_lost", lambda reader, error: 1 / 0)
    with VirtualField() as field:
        station = Station(NfcReader(field.path, patience=1), notes)
        lay(field)
        look(station, 2)
        field.unplug()
        assert look(station, 8)[-1] == LONGEST_BACK_OFF_SECONDS
        field.plug()
        lay(field)
        look(station, 2)
        assert notes.all[-1] == ("came", UID, OLD)
        station.close()


def test_unplugged_reader_is_lost_once_and_found_again(notes):
    with VirtualField() as field:
        station = Station(NfcReader(field.path, patience=1), notes)
        lay(field)
        look(station, 2)
        field.unplug()
        waits = look(station, 8)
        name = field.path
        assert notes.all[2:] == [("left", UID), ("lost", name)]
        assert waits == sorted(waits)
        assert waits[-1] == LONGEST_BACK_OFF_SECONDS
        field.plug()
        lay(field)
        look(station, 2)
        assert notes.all[4:] == [("found", name), ("came", UID, OLD)]
        station.close()


def test_reader_unplugged_during_work(notes):
    with VirtualField() as field:
        station = Station(NfcReader(field.path, patience=1), notes)
        lay(field)
        notes.work = lambda tag: (field.unplug(), tag.read())
        station.look()
        assert [what for what, *_ in notes.all] == ["found", "left", "lost"]


def test_two_readers_at_once(field, notes):
    """In threads; one is unplugged, the other goes on."""
    with VirtualField() as second:
        watch = Watch([NfcReader(field.path), NfcReader(second.path)], notes)
        watch.start()
        lay(field)
        lay(second, uid=OTHER_UID, message=NEW)
        wanted = {
            ("found", field.path),
            ("found", second.path),
            ("came", UID, OLD),
            ("came", OTHER_UID, NEW),
        }
        assert {notes.queue.get(timeout=60) for _ in wanted} == wanted
        second.unplug()
        assert notes.queue.get(timeout=60) == ("left", OTHER_UID)
        assert notes.queue.get(timeout=60) == ("lost", second.path)
        field.take("tag")
        assert notes.queue.get(timeout=60) == ("left", UID)
        second.plug()
        assert notes.queue.get(timeout=60) == ("found", second.path)
        watch.stop()
        assert notes.queue.empty()
