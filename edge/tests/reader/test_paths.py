"""The reader that a path names."""

import importlib.util
import sys

import pytest
from farm_edge.reader import ReaderGone
from farm_edge.reader.paths import reader_at

HAS_PYSCARD = importlib.util.find_spec("smartcard") is not None


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("usb:054c", "NfcReader"),
        ("tty:USB0:pn532", "NfcReader"),
        ("udp:127.0.0.1:41000", "NfcReader"),
        ("keys:-", "KeyboardReader"),
        ("replay:tags.jsonl", "ReplayReader"),
        pytest.param(
            "pcsc:ACS ACR122U",
            "PcscReader",
            marks=pytest.mark.skipif(
                not HAS_PYSCARD, reason="pyscard is not installed"
            ),
        ),
    ],
)
def test_path_names_a_reader(path, kind):
    reader = reader_at(path)
    assert (type(reader).__name__, reader.name) == (kind, path)


@pytest.mark.parametrize("path", ["", "nothing", "bluetooth:1"])
def test_path_that_names_none(path):
    with pytest.raises(ReaderGone):
        reader_at(path)


def test_without_pyscard_it_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "smartcard", None)
    monkeypatch.delitem(sys.modules, "farm_edge.reader.pcsc.reader", raising=False)
    with pytest.raises(ReaderGone, match="pip install"):
        reader_at("pcsc:any")
