"""The virtual tag, held against the chips' data sheets and nfcpy's own tags."""

import socket

import nfc
import pytest
from edge_samples import OTHER_UID, TYPE_2, UID, lay, message_of
from farm_edge.reader.nfc import NfcReader
from farm_edge.reader.type2.products import PRODUCTS
from farm_edge.virtual.chip import REFUSED, VirtualChip
from farm_edge.virtual.command import main
from farm_edge.virtual.process import FieldError
from farmtag import Chip


def nfcpy_tag(frontend):
    return nfc.tag.activate(frontend, frontend.sense(nfc.clf.RemoteTarget("106A")))


def selected(chip=Chip.NTAG215, message=b""):
    virtual = VirtualChip(PRODUCTS[chip], UID, message)
    for frame in ("26", "9370", "9570"):
        level = {"9370": virtual._serial()[:5], "9570": virtual._serial()[5:]}
        assert virtual.answer(bytes.fromhex(frame) + level.get(frame, b"")) is not None
    return virtual


@pytest.mark.parametrize("chip", TYPE_2)
def test_nfcpy_takes_it_for_the_chip_that_it_is(field, frontend, chip):
    text = b"\xd1\x01\x05T\x02idhi"
    lay(field, chip, text)
    tag = nfcpy_tag(frontend)
    assert tag.identifier == UID
    assert tag.ndef.capacity == chip.capacity
    assert tag.ndef.octets == text
    names = {Chip.TYPE2_768: "NXP NTAG203"}
    assert tag.product == names.get(chip, f"NXP {chip.name}")


@pytest.mark.parametrize("chip", TYPE_2)
def test_nfcpy_fills_it_to_the_last_byte(field, frontend, chip):
    lay(field, chip, b"")
    whole = message_of(chip.capacity)
    tag = nfcpy_tag(frontend)
    tag.ndef._write_ndef_data(bytearray(whole))
    assert nfcpy_tag(frontend).ndef.octets == whole


@pytest.mark.parametrize(
    ("page", "data", "locked"),
    [
        (2, "00001000", range(4, 5)),
        (2, "0000f0ff", range(4, 16)),
        (130, "010000bd", range(16, 32)),
        (130, "ff0000bd", range(16, 130)),
    ],
)
def test_lock_bits_lock_their_pages_for_ever(page, data, locked):
    chip = selected()
    assert chip.answer(bytes((0xA2, page)) + bytes.fromhex(data)) == b"\x0a"
    assert [p for p in range(4, 130) if chip.is_locked(p)] == list(locked)
    assert chip.answer(bytes((0xA2, page)) + bytes(4)) == b"\x0a"
    assert [p for p in range(4, 130) if chip.is_locked(p)] == list(locked)


def test_bits_of_the_container_are_only_ever_set():
    chip = selected()
    chip.answer(b"\xa2\x03" + bytes((0, 0, 0, 0x0F)))
    assert chip.page(3) == bytes.fromhex("E1103E0F")


def test_password_opens_until_the_field_is_off():
    chip = selected()
    chip.protect(b"pass", b"ok", first=4)
    assert chip.is_locked(4)
    assert not selected().is_locked(4)
    assert chip.answer(b"\x1bpass") == b"ok"
    assert not chip.is_locked(4)
    chip.power_off()
    assert chip.is_locked(4)


def test_wrong_password_is_refused_and_never_shown():
    chip = selected()
    chip.protect(b"pass", b"ok", first=4)
    assert chip.answer(b"\x30\x85")[:8] == bytes(8)
    assert chip.answer(b"\x1bnope") == REFUSED
    assert chip.answer(b"\x30\x04") is None, "what was refused has to be selected again"


def test_last_page_is_followed_by_the_first():
    chip = selected(Chip.NTAG213)
    assert chip.answer(b"\x30\x2c")[4:8] == UID[:3] + chip.page(0)[3:]
    assert chip.answer(b"\x3a\x00\x2d") == REFUSED


def test_two_tags_answer_one_after_the_other(field, frontend):
    lay(field)
    lay(field, uid=OTHER_UID, name="other")
    found = {
        bytes(frontend.sense(nfc.clf.RemoteTarget("106A")).sdd_res) for _ in range(4)
    }
    assert found == {UID, OTHER_UID}


def test_what_it_cannot_do_it_says(field):
    with pytest.raises(FieldError, match="KeyError"):
        field.put("nobody")


@pytest.mark.parametrize(
    "datagram",
    [
        b"106A zz",
        b"106A \xff",
        b"106A 3",
        b"",
        b"\x00" * 9_000,
        b"{",
        b'{"id": 1, "do": "break", "rates": [], "script": [], "seed": 0}',
        b'{"id": 2, "do": "slow", "seconds": -1}',
        b'{"id": 3, "do": "slow", "seconds": 1e9}',
        b'{"id": 4, "do": "slow", "seconds": NaN}',
        b'{"id": [' + b"[" * 30_000,
        b'{"id": {}, "do": {}}',
        b'{"id": 5, "do": "poke", "name": "tag", "page": 9999, "data": "00"}',
    ],
)
def test_what_anybody_sends_to_its_port_does_not_end_it(field, datagram):
    lay(field)
    size = len(field.memory("tag"))
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as stranger:
        stranger.sendto(datagram, ("127.0.0.1", field.port))
    assert len(field.memory("tag")) == size
    reader = NfcReader(field.path, patience=1)
    reader.open()
    assert reader.sense(1).uid == UID
    reader.close()


def test_a_swap_for_what_is_not_there_takes_nothing_away(field):
    lay(field)
    with pytest.raises(FieldError):
        field.swap("nobody")
    assert field.state()["lying"] == ["tag"]


def test_port_in_use_is_said(field, capsys):
    assert main(["--port", str(field.port)]) == 1
    assert "take another" in capsys.readouterr().err


@pytest.mark.parametrize("wrong", [["--uid", "04"], ["--fault", "x=1"]])
def test_wrong_arguments_are_said(wrong, capsys):
    with pytest.raises(SystemExit) as ended:
        main(wrong)
    assert ended.value.code == 2
