"""What nfcpy 1.0.4 itself does, without our handling.

These are the reasons for ``reader/nfc`` and ``reader/type2``. Where one of them fails
with a later nfcpy, something was put right there.
"""

import socket

import nfc
import nfc.tag
import pytest
from edge_samples import NEW, OLD, lay, message_of
from farm_edge.virtual import VirtualField
from farm_edge.virtual.faults import Command, Fault
from farmtag import Chip

READ, WRITE = Command.READ, Command.WRITE


def activated(frontend):
    target = frontend.sense(nfc.clf.RemoteTarget("106A"))
    return nfc.tag.activate(frontend, target)


def test_late_answer_passes_for_that_to_the_next_question(field, frontend):
    lay(field)
    tag = activated(frontend)
    field.break_([(READ, 1, Fault.LATE)])
    page_4 = tag.read(4)
    assert page_4 == field.memory("tag")[16:32]
    assert tag.read(8) == page_4


def test_port_that_has_a_name_is_an_error():
    port = next(p for p in (3306, 5432, 8080, 6667) if _has_name(p))
    with pytest.raises(ValueError, match="invalid literal"):
        nfc.ContactlessFrontend(f"udp:127.0.0.1:{port}")


def test_object_shows_what_the_tag_has_lost(field, frontend):
    lay(field)
    tag = activated(frontend)
    assert tag.ndef.octets == OLD
    field.break_([(WRITE, 9, Fault.LEAVE)])
    with pytest.raises(nfc.tag.TagCommandError):
        tag.ndef.octets = NEW
    assert tag.ndef.octets == OLD
    assert field.memory("tag")[17] == 0


def test_altered_container_leads_into_the_settings(field, frontend):
    lay(field)
    field.poke("tag", 3, bytes.fromhex("E1107E00"))
    before = field.memory("tag")
    tag = activated(frontend)
    tag.ndef.octets = message_of(508)
    assert field.memory("tag")[130 * 4 :] != before[130 * 4 :]


def test_wrong_byte_is_not_noticed(field, frontend):
    lay(field)
    field.break_([(WRITE, 9, Fault.WRONG)])
    tag = activated(frontend)
    tag.ndef.octets = NEW
    assert tag.ndef.octets == NEW
    assert activated(frontend).ndef.octets != NEW


def test_empty_message_is_an_error(field, frontend):
    lay(field)
    tag = activated(frontend)
    with pytest.raises(UnboundLocalError):
        tag.ndef.octets = b""


def test_protecting_locks_for_ever(field, frontend):
    lay(field, Chip.NTAG213, message_of(20))
    assert activated(frontend).protect()
    assert field.memory("tag")[10:12] == b"\xff\xff"


def test_connecting_looks_for_all_kinds_of_tags_first(field, frontend):
    is_over = iter([False, True])
    frontend.connect(
        rdwr={"interval": 0, "iterations": 2}, terminate=lambda: next(is_over)
    )
    _frames, others = field.heard()
    assert others >= 4


def test_unplugged_reader_looks_like_an_interrupt(field):
    """By a socket that is connected, as that of a real reader is."""
    with VirtualField() as unplugged, nfc.ContactlessFrontend(field.path) as frontend:
        frontend.device.addr = ("127.0.0.1", unplugged.port)
        unplugged.unplug()
        frontend.device.socket.connect(frontend.device.addr)
        frontend.device.mute = lambda: None
        assert frontend.connect(rdwr={"targets": ["106A"], "iterations": 1}) is False


def _has_name(port):
    try:
        return socket.getservbyport(port, "tcp")
    except OSError:
        return ""
