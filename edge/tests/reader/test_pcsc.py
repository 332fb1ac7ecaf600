"""pyscard and pcscd, with a virtual card on the virtual reader vpcd."""

import glob
import os
import shutil
import socket
import subprocess
import time

import pytest
from edge_samples import NEW, OLD, OTHER_UID, PLAIN_UID, TYPE_2, UID, message_of
from farm_edge.reader import ReaderGone, TagGone, TagLocked, TagUnsuitable
from farm_edge.reader.pcsc.classic import ClassicArea, directory_sum
from farm_edge.reader.type2.products import PRODUCTS
from farm_edge.virtual.acr122 import Type2Card
from farm_edge.virtual.card import PORT, CardOnReader
from farm_edge.virtual.chip import VirtualChip
from farm_edge.virtual.classic import ClassicCard
from farm_edge.virtual.faults import Command, Cue, Fault, Faults
from farm_edge.writing import Orders, SafeWriter
from farmtag import Chip
from write_log import WriteLog, card_event

CLASSIC_UID = bytes.fromhex("A1B2C3D4")
NAME = "Virtual PCD 00 00"
#: seconds in which the service surely looks; a card that another takes the place of in
#: between is never seen by it
POLLS = 1.0
#: starts a service of its own with the virtual reader, given a folder and a port;
#: `make test` names it, or says why it has none
PCSCD = os.environ.get("FARM_PCSCD")
NO_PCSCD = os.environ.get("FARM_PCSC_MISSING")


def _missing():
    """Why pcscd cannot be tried here."""
    if PCSCD or NO_PCSCD:
        return NO_PCSCD
    try:
        import smartcard  # noqa: F401
    except ImportError:
        return "pyscard is not installed: pip install farm-edge[pcsc]"
    if not shutil.which("pcscd"):
        return "pcscd is not installed: apt install pcscd"
    if not glob.glob("/usr/lib/pcsc/drivers/serial/libifdvpcd*"):
        return "the virtual reader is not installed: apt install vsmartcard-vpcd"
    if os.geteuid():
        return "pcscd is started by root only"
    return ""


pytestmark = pytest.mark.skipif(bool(_missing()), reason=_missing() or "-")


@pytest.fixture(scope="module")
def port():
    """Where the card comes to the virtual reader."""
    if not PCSCD:
        return PORT
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="module")
def service(port, tmp_path_factory):
    """pcscd: that of the machine, or one for the time of these tests."""
    if not PCSCD and _answers():
        yield None
        return
    command = ["pcscd", "--foreground"]
    with pytest.MonkeyPatch.context() as patch:
        if PCSCD:
            folder = tmp_path_factory.mktemp("pcscd")
            patch.setenv("PCSCLITE_CSOCK_NAME", str(folder / "pcscd.comm"))
            command = [PCSCD, str(folder), str(port)]
        service = Service(command)
        service.start()
        yield service
        service.end()


class Service:
    """A pcscd of our own."""

    def __init__(self, command):
        self.command = command

    def start(self):
        self.process = subprocess.Popen(self.command)
        while not _answers():
            assert self.process.poll() is None, "pcscd ended"
            time.sleep(0.05)

    def end(self):
        self.process.terminate()
        self.process.wait()


def _answers():
    from smartcard import scard

    result, context = scard.SCardEstablishContext(scard.SCARD_SCOPE_USER)
    if result != scard.SCARD_S_SUCCESS:
        return False
    scard.SCardReleaseContext(context)
    return True


@pytest.fixture
def reader(service):
    from farm_edge.reader.pcsc.reader import PcscReader

    reader = PcscReader(NAME)
    reader.open()
    yield reader
    reader.close()


@pytest.fixture
def lay(reader, port):
    """Lay a card on the reader; those that were laid are taken at the end."""
    laid = []

    def lay(card):
        laid.append(CardOnReader(card, port))
        return card

    lay.take = lambda: laid[-1].take()
    yield lay
    reader._disconnect()
    for card in laid:
        card.take()
    time.sleep(POLLS)


def type_2(chip=Chip.NTAG215, message=OLD, uid=UID):
    return Type2Card(VirtualChip(PRODUCTS[chip], uid, message))


def sensed(reader):
    tag = reader.sense(20)
    assert tag is not None
    return tag


@pytest.mark.parametrize("chip", TYPE_2)
def test_chip_is_read_and_written(reader, lay, chip):
    old, new = message_of(100), message_of(chip.capacity, 5)
    lay(type_2(chip, old))
    tag = sensed(reader)
    assert (tag.uid, tag.chip, tag.is_writable) == (UID, chip, True)
    assert tag.read() == old
    tag.write(old, new)
    assert sensed(reader).read() == new


def test_silent_chip_of_another_maker(reader, lay):
    lay(type_2(Chip.TYPE2_768, OLD, PLAIN_UID))
    assert sensed(reader).chip is Chip.TYPE2_768


@pytest.mark.parametrize("size", [0, 1, 300, 716])
def test_classic_is_read_and_written(reader, lay, size):
    card = lay(ClassicCard(CLASSIC_UID, OLD))
    settings = [card.blocks[b] for b in (0, 1, 2, *range(3, 64, 4))]
    tag = sensed(reader)
    assert (tag.uid, tag.chip) == (CLASSIC_UID, Chip.MIFARE_CLASSIC_1K)
    assert (tag.is_writable, tag.read()) == (True, OLD)
    tag.write(OLD, message_of(size, 5))
    assert sensed(reader).read() == message_of(size, 5)
    assert settings == [card.blocks[b] for b in (0, 1, 2, *range(3, 64, 4))]


def test_classic_is_written_in_few_blocks(reader, lay):
    card = lay(ClassicCard(CLASSIC_UID, OLD))
    card.writes_left = 4
    tag = sensed(reader)
    changed = OLD[:100] + b"?" + OLD[101:]
    tag.write(OLD, changed)
    assert card.writes_left == 1
    assert sensed(reader).read() == changed


def test_classic_that_left_says_it_is_empty(reader, lay):
    card = lay(ClassicCard(CLASSIC_UID, OLD))
    card.writes_left = 5
    with pytest.raises(TagGone):
        sensed(reader).write(OLD, NEW)
    card.writes_left = None
    assert sensed(reader).read() == b""


@pytest.mark.parametrize(
    ("block", "data", "error"),
    [
        (1, bytes(16), TagUnsuitable),
        (7, bytes.fromhex("FFFFFFFFFFFF7F078840FFFFFFFFFFFF"), TagLocked),
        (7, bytes.fromhex("D3F7D3F7D3F7078F0F40FFFFFFFFFFFF"), TagLocked),
        (3, bytes.fromhex("FFFFFFFFFFFF787788C1FFFFFFFFFFFF"), TagUnsuitable),
    ],
)
def test_classic_of_somebody_else(reader, lay, block, data, error):
    card = ClassicCard(CLASSIC_UID, OLD)
    card.blocks[block] = data
    lay(card)
    before = list(card.blocks)
    tag = sensed(reader)
    assert not tag.is_writable
    with pytest.raises(error):
        tag.write(OLD, NEW)
    assert card.blocks == before


def test_classic_with_a_sector_of_another_use(reader, lay):
    card = ClassicCard(CLASSIC_UID, OLD)
    entries = b"\x01" + b"\x03\xe1" * 14 + b"\x48\x00"
    directory = bytes((directory_sum(entries),)) + entries
    card.blocks[1:3] = [directory[:16], directory[16:]]
    lay(card)
    with pytest.raises(TagUnsuitable):
        sensed(reader).read()


def test_sum_of_the_directory_is_that_of_the_maker():
    example = "01010801080108000000000000040003100310021002100000000000001130"
    assert directory_sum(bytes.fromhex(example)) == 0x89
    assert directory_sum(b"\x01" + b"\x03\xe1" * 15) == 0x14
    assert ClassicArea.area_bytes - 4 == Chip.MIFARE_CLASSIC_1K.capacity


def test_no_tag_is_no_tag(reader):
    assert reader.sense(0) is None


def test_tag_that_is_taken_away(reader, lay):
    lay(type_2())
    tag = sensed(reader)
    lay.take()
    with pytest.raises(TagGone):
        while True:
            tag.write(tag.read(), NEW)
            tag.write(tag.read(), OLD)


def test_earlier_activation_is_over(reader, lay):
    lay(type_2())
    first = sensed(reader)
    sensed(reader)
    with pytest.raises(TagGone):
        first.read()


def test_altered_container(reader, lay):
    card = lay(type_2())
    card.chip.poke(3, bytes.fromhex("E1106D00"))
    with pytest.raises(TagUnsuitable):
        sensed(reader).write(OLD, message_of(480))


@pytest.mark.parametrize("fault", [Fault.TEAR, Fault.WRONG, Fault.LEAVE])
def test_written_safely_past_faults(reader, lay, tmp_path, fault):
    card = lay(type_2())
    card.break_(Faults(script=[Cue(Command.WRITE, 9, fault)]))
    log = WriteLog(tmp_path / "edge.db")
    orders = Orders()
    writer = SafeWriter(reader, log, orders, card_event)
    assert writer.write(orders.place(UID, NEW, "card 1")) == [1]
    assert sensed(reader).read() == NEW


def test_reader_that_is_not_there(service):
    from farm_edge.reader.pcsc.reader import PcscReader

    with pytest.raises(ReaderGone, match="nobody's"):
        PcscReader("nobody's").open()


def test_service_that_ends_and_comes_back(reader, lay, service):
    if service is None:
        pytest.skip("the service of the machine is not ours to end")
    lay(type_2())
    assert sensed(reader).uid == UID
    service.end()
    with pytest.raises(ReaderGone):
        reader.sense(0)
    with pytest.raises(ReaderGone):
        reader.open()
    service.start()
    reader.open()
    lay(type_2())
    assert sensed(reader).uid == UID


def test_other_tag_is_another(reader, lay):
    lay(type_2())
    assert sensed(reader).uid == UID
    lay.take()
    time.sleep(POLLS)
    lay(type_2(uid=OTHER_UID))
    assert sensed(reader).uid == OTHER_UID
