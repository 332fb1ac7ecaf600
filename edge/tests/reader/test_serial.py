"""nfcpy's serial driver, pyserial and termios, with a PN532 on a pseudo terminal."""

import os

import pytest
from edge_samples import NEW, OLD, OTHER_UID, TYPE_2, UID, message_of
from farm_edge.reader import ReaderGone, TagGone, TwoTags
from farm_edge.reader.nfc import NfcReader
from farm_edge.reader.type2.products import PRODUCTS
from farm_edge.virtual.chip import VirtualChip
from farm_edge.virtual.faults import Command, Cue, Fault, Faults
from farm_edge.virtual.field import Field
from farm_edge.virtual.pn532 import SerialPn532
from farmtag import Chip

#: of this process: tests of two checkouts do not unplug each other's reader
LINK = f"/dev/ttyfarmedge{os.getpid()}"

pytestmark = pytest.mark.skipif(
    not os.access("/dev", os.W_OK), reason="nfcpy finds serial lines in /dev only"
)


class Plug:
    """A reader that is plugged in under one name, pulled out, plugged in."""

    def __init__(self):
        self.field = Field()
        self.plug_in()

    def plug_in(self):
        self.chip = SerialPn532(self.field)
        os.symlink(self.chip.path, LINK)

    def pull_out(self):
        os.unlink(LINK)
        self.chip.unplug()

    def lay(self, chip=Chip.NTAG215, message=OLD, uid=UID, name="tag"):
        self.field.chips[name] = VirtualChip(PRODUCTS[chip], uid, message)
        self.field.put(name)


@pytest.fixture
def plug():
    plug = Plug()
    yield plug
    if os.path.lexists(LINK):
        plug.pull_out()


@pytest.fixture
def reader(plug):
    reader = NfcReader(f"tty:{os.path.basename(LINK)}:pn532", patience=1)
    reader.open()
    yield reader
    reader.close()


def sensed(reader):
    tag = reader.sense(5)
    assert tag is not None
    return tag


@pytest.mark.parametrize("chip", TYPE_2)
def test_message_is_read_and_written(plug, reader, chip):
    assert reader.sense(0) is None
    plug.lay(chip, message_of(100))
    tag = sensed(reader)
    assert (tag.uid, tag.chip, tag.is_writable) == (UID, chip, True)
    assert tag.read() == message_of(100)
    tag.write(message_of(100), message_of(chip.capacity, 5))
    assert sensed(reader).read() == message_of(chip.capacity, 5)


def test_two_tags(plug, reader):
    plug.lay()
    plug.lay(uid=OTHER_UID, name="other")
    with pytest.raises(TwoTags):
        reader.sense(0)


def test_tag_that_leaves(plug, reader):
    plug.lay()
    plug.field.faults = Faults(script=[Cue(Command.WRITE, 7, Fault.TEAR)])
    with pytest.raises(TagGone):
        sensed(reader).write(OLD, NEW)
    plug.field.faults = Faults()
    assert sensed(reader).read() == b""


@pytest.mark.parametrize("job", ["sense", "read"])
def test_pulled_out_and_plugged_in(plug, reader, job):
    plug.lay()
    tag = sensed(reader)
    plug.pull_out()
    with pytest.raises(ReaderGone):
        reader.sense(0) if job == "sense" else tag.read()
    reader.close()
    with pytest.raises(ReaderGone):
        reader.open()
    plug.plug_in()
    reader.open()
    assert sensed(reader).read() == OLD
