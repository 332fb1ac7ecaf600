"""What nfcpy gets wrong: each test fails if our handling is taken out."""

import socket

import pytest
from edge_samples import (
    NEW,
    OLD,
    OTHER_UID,
    PLAIN_UID,
    TYPE_2,
    UID,
    lay,
    message_of,
    pages_written,
)
from farm_edge.reader import (
    Garbled,
    ReaderGone,
    TagGone,
    TagLocked,
    TagUnsuitable,
    TwoTags,
)
from farm_edge.reader.nfc import NfcReader
from farm_edge.reader.type2.products import PRODUCTS
from farm_edge.virtual.faults import Command, Fault
from farmtag import Chip

READ, WRITE, FIND = Command.READ, Command.WRITE, Command.FIND


def sensed(reader):
    tag = reader.sense(5)
    assert tag is not None
    return tag


# plain reading and writing ------------------------------------------------------------


@pytest.mark.parametrize("chip", TYPE_2)
@pytest.mark.parametrize("size", [0, 1, 130, None])
def test_message_is_read_and_written(field, reader, chip, size):
    old, new = message_of(min(300, chip.capacity)), message_of(size or chip.capacity, 5)
    new = b"" if size == 0 else new
    lay(field, chip, old)
    tag = sensed(reader)
    assert (tag.uid, tag.chip, tag.is_writable) == (UID, chip, True)
    assert tag.read() == old
    tag.write(old, new)
    assert sensed(reader).read() == new


def test_reading_takes_few_frames(field, reader):
    lay(field, Chip.NTAG216, message_of(800))
    tag = sensed(reader)
    field.frames()
    assert tag.read() == message_of(800)
    assert [frame[0] for frame in field.frames()] == [0x3A] * 4


def test_only_pages_that_changed_are_written(field, reader):
    lay(field)
    changed = OLD[:101] + b"?" + OLD[102:]
    tag = sensed(reader)
    tag.read()
    field.frames()
    tag.write(OLD, changed)
    assert pages_written(field) == [4, 4 + (4 + 101) // 4, 4]
    tag = sensed(reader)
    tag.write(changed, changed)
    assert pages_written(field) == []


def test_while_it_is_written_the_tag_says_it_is_empty(field, reader):
    lay(field)
    field.break_([(WRITE, 5, Fault.LEAVE)])
    with pytest.raises(TagGone):
        sensed(reader).write(OLD, NEW)
    field.break_()
    assert sensed(reader).read() == b""


def test_too_long_a_message_is_refused_before_anything_is_written(field, reader):
    lay(field, Chip.NTAG213, b"")
    with pytest.raises(TagUnsuitable) as refused:
        sensed(reader).write(b"", message_of(138))
    assert refused.value.code == "full"
    assert pages_written(field) == []


def test_tag_with_something_else_is_not_written(field, reader):
    lay(field)
    with pytest.raises(TagUnsuitable) as refused:
        sensed(reader).write(NEW, OLD)
    assert refused.value.code == "changed"
    assert pages_written(field) == []


# what nfcpy gets wrong ----------------------------------------------------------------


def test_late_answers_are_never_taken_for_others(field):
    reader = NfcReader(field.path, patience=0.05)
    reader.open()
    lay(field, Chip.NTAG216, message_of(800))
    field.break_(rates={Fault.LATE: 0.2}, seed=1)
    whole = 0
    for _ in range(30):
        try:
            whole += sensed(reader).read() == message_of(800)
        except TagGone:
            continue
        except Garbled:
            pytest.fail("data of another answer")
    assert whole > 20


def test_port_that_a_service_has_a_name_for(field):
    port = next(p for p in (3306, 5432, 8080, 6667) if _service(p))
    reader = NfcReader(f"udp:127.0.0.1:{port}")
    reader.open()
    with pytest.raises(ReaderGone):
        reader.sense(0)


def test_tag_that_left_is_never_what_it_was(field, reader):
    lay(field)
    tag = sensed(reader)
    assert tag.read() == OLD
    field.break_([(WRITE, 3, Fault.TEAR)])
    with pytest.raises(TagGone):
        tag.write(OLD, NEW)
    with pytest.raises(TagGone):
        tag.write(OLD, NEW)
    assert sensed(reader).read() == b""


@pytest.mark.parametrize("bit", range(24))
def test_altered_container_leads_to_no_write(field, reader, bit):
    lay(field)
    field.poke("tag", 3, _flipped(PRODUCTS[Chip.NTAG215].container, bit))
    before = field.memory("tag")
    with pytest.raises(TagUnsuitable) as refused:
        sensed(reader).write(OLD, message_of(480))
    assert refused.value.code == "container"
    assert field.memory("tag") == before


def test_altered_container_of_a_plain_tag_makes_it_unknown(field, reader):
    lay(field, Chip.TYPE2_768, uid=PLAIN_UID)
    field.poke("tag", 3, bytes.fromhex("E110E000"))
    tag = sensed(reader)
    assert (tag.chip, tag.uid) == (None, PLAIN_UID)
    with pytest.raises(TagUnsuitable) as refused:
        tag.write(OLD, NEW)
    assert refused.value.code == "kind"


def test_ntag_that_does_not_say_its_version_is_not_taken_for_another(field, reader):
    """Lost answers and a container of a plain tag would lead into its settings."""
    lay(field, Chip.NTAG216)
    field.poke("tag", 3, PRODUCTS[Chip.TYPE2_768].container)
    field.break_([(Command.OTHER, n, Fault.DEAF) for n in (2, 3, 4)])
    with pytest.raises(TagGone):
        reader.sense(0)


@pytest.mark.parametrize("fault", [Fault.LOSE, Fault.DEAF, Fault.LATE])
@pytest.mark.parametrize("command", [READ, WRITE])
def test_single_lost_answer_does_no_harm(field, reader, command, fault):
    lay(field)
    field.break_([(command, 2, fault)])
    tag = sensed(reader)
    assert tag.read() == OLD
    tag.write(OLD, NEW)
    assert sensed(reader).read() == NEW


def test_empty_message_is_a_message(field, reader):
    lay(field)
    tag = sensed(reader)
    tag.write(OLD, b"")
    assert sensed(reader).read() == b""
    sensed(reader).write(b"", NEW)
    assert sensed(reader).read() == NEW


def test_settings_of_the_chip_are_out_of_reach(field, reader):
    lay(field)
    tag = sensed(reader)
    tag.read()
    for page in (2, 3, 128, 130, 131, 133):
        with pytest.raises(ValueError, match="not for messages"):
            tag._put(page, b"\xff\xff\xff\xff")
    assert pages_written(field) == []
    assert not hasattr(tag, "protect")


def test_without_a_tag_one_search_is_all(field, reader):
    assert reader.sense(0) is None
    assert field.heard() == ([b"\x26"], 0)


@pytest.mark.parametrize("command", ["sense", "read", "write"])
def test_unplugged_reader_is_gone_and_comes_back(command):
    from farm_edge.virtual import VirtualField

    with VirtualField() as field:
        reader = NfcReader(field.path)
        reader.open()
        lay(field)
        tag = sensed(reader)
        field.unplug()
        asked = {
            "sense": lambda: reader.sense(0),
            "read": tag.read,
            "write": lambda: tag.write(OLD, NEW),
        }
        with pytest.raises(ReaderGone):
            asked[command]()
        reader.close()
        field.plug()
        lay(field)
        reader.open()
        assert sensed(reader).read() == OLD


@pytest.mark.parametrize("path", ["usb:dead:beef", "tty:NOPE9:pn532", "nothing"])
def test_reader_that_is_not_there(path):
    with pytest.raises(ReaderGone, match=path):
        NfcReader(path).open()


def test_closed_reader_says_so(reader):
    reader.close()
    reader.close()
    with pytest.raises(ReaderGone):
        reader.sense(0)


def test_memory_of_another_tag_is_not_believed(field, reader):
    lay(field)
    field.poke("tag", 1, OTHER_UID[3:])
    with pytest.raises(Garbled):
        sensed(reader).read()


# more that goes wrong -----------------------------------------------------------------


def test_two_tags_are_said_and_none_is_read(field, reader):
    lay(field)
    assert sensed(reader).uid == UID
    lay(field, uid=OTHER_UID, name="other")
    with pytest.raises(TwoTags):
        for _ in range(2):
            reader.sense(0)
    field.take("tag")
    assert sensed(reader).uid == OTHER_UID


def test_tag_that_is_swapped_does_not_answer_for_the_first(field, reader):
    lay(field)
    tag = sensed(reader)
    lay(field, uid=OTHER_UID, name="other")
    field.swap("other")
    with pytest.raises(TagGone):
        tag.write(OLD, NEW)
    assert sensed(reader).read() == OLD


def test_slow_answers_are_waited_for(field):
    lay(field)
    field.slow(0.15)
    reader = NfcReader(field.path, patience=2)
    reader.open()
    assert sensed(reader).read() == OLD


def test_locked_pages(field, reader):
    lay(field)
    field.poke("tag", 130, b"\x02")
    tag = sensed(reader)
    assert not tag.is_writable
    with pytest.raises(TagLocked):
        tag.write(OLD, NEW)
    assert pages_written(field) == []


def test_read_only_tag(field, reader):
    lay(field)
    field.poke("tag", 3, bytes.fromhex("E1103E0F"))
    tag = sensed(reader)
    assert not tag.is_writable
    with pytest.raises(TagLocked):
        tag.write(OLD, NEW)


def test_password_is_given(field):
    lay(field)
    field.protect("tag", b"pass", b"ok", first=4)
    reader = NfcReader(field.path, password=lambda uid: (b"pass", b"ok"))
    reader.open()
    sensed(reader).write(OLD, NEW)
    assert sensed(reader).read() == NEW


def test_wrong_password_is_given_once(field):
    lay(field)
    field.protect("tag", b"pass", b"ok", first=4)
    reader = NfcReader(field.path, password=lambda uid: (b"nope", b"ok"))
    reader.open()
    tag = sensed(reader)
    field.frames()
    with pytest.raises(TagLocked):
        tag.write(OLD, NEW)
    assert [f for f in field.frames() if f[0] == 0x1B] == [b"\x1bnope"]


def test_unknown_password(field, reader):
    lay(field)
    field.protect("tag", b"pass", b"ok", first=4)
    assert not sensed(reader).is_writable


@pytest.mark.parametrize("seed", range(5))
def test_flipped_bits_do_not_lead_into_settings(field, reader, seed):
    lay(field)
    before = field.memory("tag")
    field.break_(rates={Fault.FLIP: 0.3}, seed=seed)
    for _ in range(20):
        try:
            tag = reader.sense(0)
            tag.write(tag.read(), message_of(480, seed))
        except (TagGone, Garbled, TagUnsuitable, TagLocked):
            continue
    after = field.memory("tag")
    assert after[:16] == before[:16]
    assert after[128 * 4 :] == before[128 * 4 :]


# --------------------------------------------------------------------------------------


def _service(port):
    try:
        return socket.getservbyport(port, "tcp")
    except OSError:
        return None


def _flipped(data, bit):
    return (int.from_bytes(data, "big") ^ 1 << (31 - bit)).to_bytes(4, "big")
