"""A tag ends as ordered with one event, or as it was with none."""

import os
import random
import signal

import pytest
from edge_samples import (
    NEW,
    OLD,
    OTHER_UID,
    TYPE_2,
    UID,
    lay,
    message_of,
    pages_written,
)
from farm_edge.reader import TagError, TagGone, TagLocked, TagUnsuitable, TwoTags
from farm_edge.reader.nfc import NfcReader
from farm_edge.virtual.faults import Command, Fault
from farm_edge.writing import (
    NotStored,
    OrderExpired,
    Orders,
    OtherTag,
    SafeWriter,
    WriteError,
)
from write_log import WriteLog, card_event

WRITE = Command.WRITE


class Desk:
    """A writer with its log and a clock that is set by hand."""

    def __init__(self, reader, path, meaning=card_event, tries=5):
        self.now = 0.0
        self.log = WriteLog(path)
        self.orders = Orders(lambda: self.now)
        self.writer = SafeWriter(
            reader, self.log, self.orders, meaning, tries=tries, wait=0
        )

    def order(self, message=NEW, uid=UID, **more):
        return self.orders.place(uid, message, "card 1", **more)


@pytest.fixture
def desk(reader, tmp_path):
    return Desk(reader, tmp_path / "edge.db")


def content(reader):
    return reader.sense(1).read()


def test_written_compared_and_told(field, reader, desk):
    lay(field)
    assert desk.writer.write(desk.order()) == [1]
    assert content(reader) == NEW
    assert desk.log.states() == ["verified"]
    assert desk.log.events() == [{"uid": UID.hex(), "purpose": "card 1"}]
    assert desk.orders.of(UID) is None


def test_log_knows_of_it_before_the_tag_does(field, desk):
    lay(field)
    field.break_([(WRITE, 1, Fault.LEAVE)])
    desk.writer._tries = 1
    with pytest.raises(TagGone):
        desk.writer.write(desk.order())
    (pending,) = desk.log.unfinished()
    assert (pending.uid, pending.old, pending.new) == (UID, OLD, NEW)
    assert pending.purpose == "card 1"


def test_wrong_byte_that_was_acknowledged_is_found(field, reader, desk):
    lay(field)
    field.break_([(WRITE, 4, Fault.WRONG)])
    desk.writer._tries = 1
    order = desk.order()
    with pytest.raises(NotStored):
        desk.writer.write(order)
    assert desk.log.events() == []
    assert desk.writer.write(order) == [1]
    assert content(reader) == NEW
    assert desk.log.states() == ["verified"]


@pytest.mark.parametrize("fault", [Fault.LEAVE, Fault.TEAR, Fault.REFUSE, Fault.WRONG])
@pytest.mark.parametrize("nth", [1, 2, 40, 78, 79])
def test_order_goes_on_after_any_fault(field, reader, desk, fault, nth):
    lay(field)
    field.break_([(WRITE, nth, fault)])
    order = desk.order()
    while True:
        try:
            events = desk.writer.write(order)
            break
        except TagGone:
            continue
    assert (events, desk.log.states()) == ([1], ["verified"])
    assert content(reader) == NEW


def test_order_is_for_one_tag(field, desk):
    lay(field, uid=OTHER_UID)
    with pytest.raises(OtherTag, match=OTHER_UID.hex().upper()):
        desk.writer.write(desk.order())
    assert pages_written(field) == []
    assert desk.log.states() == []


def test_tag_swapped_between_two_activations(field, reader, desk):
    lay(field)
    lay(field, uid=OTHER_UID, name="other")
    field.swap("tag")
    field.break_([(WRITE, 9, Fault.LEAVE)])
    desk.writer._tries = 1
    with pytest.raises(TagGone):
        desk.writer.write(order := desk.order())
    field.swap("other")
    with pytest.raises(OtherTag):
        desk.writer.write(order)
    assert content(reader) == OLD
    field.swap("tag")
    assert desk.writer.write(order) == [1]


def test_two_tags_are_not_written(field, reader, desk):
    lay(field)
    lay(field, uid=OTHER_UID, name="other")
    with pytest.raises(TwoTags):
        desk.writer.write(desk.order())
    assert pages_written(field) == []


def test_order_expires(field, reader, desk):
    lay(field)
    order = desk.order(seconds=60)
    desk.now = 60
    with pytest.raises(OrderExpired):
        desk.writer.write(order)
    assert desk.orders.of(UID) is None
    assert content(reader) == OLD


def test_order_in_place_of_another(field, desk):
    first, second = desk.order(OLD), desk.order(NEW)
    assert desk.orders.of(UID) is second
    desk.orders.withdraw(first)
    assert desk.orders.of(UID) is second


def test_order_that_another_has_replaced_is_not_carried_out(field, reader, desk):
    lay(field)
    first, second = desk.order(message_of(30)), desk.order(NEW)
    with pytest.raises(OrderExpired):
        desk.writer.write(first)
    assert (content(reader), desk.log.states()) == (OLD, [])
    assert desk.writer.write(second) == [1]


def test_orders_that_came_to_nothing_are_forgotten(desk):
    for number in range(100):
        desk.order(uid=bytes((4, 0, 0, 0, 0, 0, number)))
        desk.now += 1
    assert len(desk.orders._open) == 60


def test_order_that_is_done_is_not_done_again(field, desk):
    lay(field)
    desk.writer.write(order := desk.order())
    with pytest.raises(WriteError):
        desk.writer.write(order)
    assert len(desk.log.events()) == 1


def test_order_made_from_what_is_there_no_more(field, desk):
    lay(field)
    with pytest.raises(TagUnsuitable) as refused:
        desk.writer.write(desk.order(based_on=message_of(20)))
    assert refused.value.code == "changed"
    assert desk.log.states() == []


def test_order_to_keep_what_is_there_puts_it_on_nothing_else(field, reader, desk):
    lay(field, message=message_of(20))
    with pytest.raises(TagUnsuitable) as refused:
        desk.writer.write(desk.order(NEW, based_on=NEW))
    assert refused.value.code == "changed"
    lay(field)
    assert desk.writer.write(desk.order(OLD, based_on=OLD)) == [1]


@pytest.mark.parametrize(
    ("page", "data", "error"),
    [
        (130, "01", TagLocked),
        (2, "72481000", TagLocked),
        (3, "E1103E0F", TagLocked),
        (3, "E1106D00", TagLocked),
    ],
)
def test_tag_that_cannot_be_written_is_not_begun(field, desk, page, data, error):
    lay(field)
    field.poke("tag", page, bytes.fromhex(data))
    with pytest.raises(error):
        desk.writer.write(desk.order())
    assert (pages_written(field), desk.log.states()) == ([], [])


def test_wrong_password_leaves_the_tag_as_it_was(field, tmp_path):
    lay(field)
    field.protect("tag", b"pass", b"ok", first=4)
    reader = NfcReader(field.path, password=lambda uid: (b"nope", b"ok"))
    reader.open()
    desk = Desk(reader, tmp_path / "edge.db")
    with pytest.raises(TagLocked):
        desk.writer.write(desk.order())
    assert desk.log.states() == ["failed"]


def test_too_long_a_message(field, desk):
    lay(field)
    with pytest.raises(TagUnsuitable) as refused:
        desk.writer.write(desk.order(message_of(493)))
    assert refused.value.code == "full"
    assert desk.log.states() == []


# what is unfinished -------------------------------------------------------------------


def torn(field, desk, nth=20):
    lay(field)
    field.break_([(WRITE, nth, Fault.TEAR)])
    desk.writer._tries = 1
    with pytest.raises(TagGone):
        desk.writer.write(desk.order())
    desk.writer._tries = 5
    field.break_()


def test_after_a_restart_the_write_is_finished(field, reader, desk, tmp_path):
    torn(field, desk)
    again = Desk(reader, tmp_path / "edge.db")
    assert again.writer.settle(UID) == [1]
    assert content(reader) == NEW
    assert again.log.states() == ["verified"]


def test_what_nobody_wants_any_more_is_undone(field, reader, desk, tmp_path):
    torn(field, desk)
    again = Desk(reader, tmp_path / "edge.db", meaning=lambda pending: None)
    assert again.writer.settle(UID) == []
    assert content(reader) == OLD
    assert (again.log.states(), again.log.events()) == (["failed"], [])


@pytest.mark.parametrize("old", [OLD, b""])
def test_what_nobody_wants_on_a_tag_that_takes_nothing_lingers_no_more(
    field, reader, desk, tmp_path, old
):
    """It was locked since: what was begun could neither be ended nor undone, and each
    tap of the tag failed."""
    lay(field, message=old)
    field.break_([(WRITE, 2, Fault.LEAVE)])
    desk.writer._tries = 1
    with pytest.raises(TagGone):
        desk.writer.write(desk.order())
    field.break_()
    field.poke("tag", 130, b"\xff")
    again = Desk(reader, tmp_path / "edge.db", meaning=lambda pending: None)
    assert again.writer.settle(UID) == []
    assert (again.log.states(), again.log.events()) == (["failed"], [])


def test_next_order_first_settles_what_was_left(field, reader, desk, tmp_path):
    torn(field, desk)
    again = Desk(reader, tmp_path / "edge.db")
    third = message_of(200, seed=5)
    assert again.writer.write(again.order(third)) == [2]
    assert content(reader) == third
    assert again.log.states() == ["verified", "verified"]


def test_other_tags_are_not_touched_by_what_was_left(field, reader, desk, tmp_path):
    torn(field, desk)
    lay(field, uid=OTHER_UID, name="other")
    field.swap("other")
    again = Desk(reader, tmp_path / "edge.db")
    assert again.writer.settle(OTHER_UID) == []
    assert content(reader) == OLD
    assert len(again.log.unfinished()) == 1


# many at random -----------------------------------------------------------------------

RATES = {
    Fault.LOSE: 0.01,
    Fault.DEAF: 0.01,
    Fault.LATE: 0.01,
    Fault.FLIP: 0.005,
    Fault.LEAVE: 0.004,
    Fault.TEAR: 0.006,
    Fault.WRONG: 0.004,
    Fault.REFUSE: 0.002,
}


def test_200_tags_under_random_faults(field, tmp_path):
    dice = random.Random(200)
    reader = NfcReader(field.path, patience=0.03)
    reader.open()
    desk = Desk(reader, tmp_path / "edge.db", tries=1)
    taps = []
    for number in range(200):
        chip = dice.choice(TYPE_2)
        uid = bytes((0x04 if chip.name != "TYPE2_768" else 0x05, *dice.randbytes(6)))
        old = message_of(dice.randrange(0, min(400, chip.capacity)), number)
        new = message_of(dice.randrange(1, min(400, chip.capacity)), number + 100)
        field.break_(rates=RATES, seed=number)
        lay(field, chip, old, uid)
        field.swap("tag")
        taps.append(_taps(desk, desk.order(new, uid)))
        field.break_()
        assert content_of(reader) == new, "accepted wrong"
    reader.close()
    assert desk.log.states() == ["verified"] * 200
    assert len(desk.log.events()) == len({e["uid"] for e in desk.log.events()}) == 200
    assert max(taps) > 1, "nothing went wrong at all"


def content_of(reader):
    for _ in range(10):
        tag = reader.sense(1)
        if tag is not None:
            return tag.read()
    raise AssertionError("the tag does not answer")


def _taps(desk, order):
    for tap in range(1, 100):
        try:
            assert len(desk.writer.write(order)) == 1
            return tap
        except TagError:
            continue
    raise AssertionError("the tag never was as ordered")


# kill -9 ------------------------------------------------------------------------------


def test_killed_at_any_step(field, tmp_path):
    """Killed before each frame and each statement in turn; then started again."""
    old, new = message_of(40), message_of(60, seed=3)
    for step in range(1, 500):
        lay(field, message=old)
        path = tmp_path / f"{step}.db"
        was_killed = _write_and_die(field.path, path, new, step)
        reader = NfcReader(field.path)
        reader.open()
        desk = Desk(reader, path)
        desk.writer.settle(UID)
        is_new, states = content(reader) == new, desk.log.states()
        assert states == (["verified"] if is_new else []), step
        assert len(desk.log.events()) == len(states), step
        assert is_new or content(reader) == old, step
        reader.close()
        desk.log.store.close()
        if not was_killed:
            break
    assert step > 25


def _write_and_die(path, database, message, step):
    """Write a tag in a child that kills itself; whether it came to that."""
    child = os.fork()
    if not child:
        try:
            _count_down(step)
            reader = NfcReader(path)
            reader.open()
            desk = Desk(reader, database)
            desk.log.db.set_trace_callback(lambda statement: _step())
            _before_each_frame(reader, _step)
            desk.writer.write(desk.order(message))
        finally:
            os._exit(0)
    _pid, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL


def _before_each_frame(reader, job):
    device = reader._frontend.device
    send = device._send_data
    device._send_data = lambda *frame: (job(), send(*frame))


def _count_down(step):
    global _left
    _left = step


def _step():
    global _left
    _left -= 1
    if not _left:
        os.kill(os.getpid(), signal.SIGKILL)
