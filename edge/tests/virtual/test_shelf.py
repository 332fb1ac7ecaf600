"""Virtual tags that outlive their process."""

import json

import nfc
import pytest
from edge_samples import OTHER_UID, UID, message_of
from farm_edge.virtual import VirtualField
from farm_edge.virtual.command import main
from farmtag import Chip


def test_what_was_written_is_there_after_the_plug_was_pulled(tmp_path):
    message = message_of(200)
    with VirtualField(keep=tmp_path / "tags.json") as field:
        field.make("card", Chip.NTAG216, UID)
        field.make("other", Chip.NTAG213, OTHER_UID)
        field.put("card")
        with nfc.ContactlessFrontend(field.path) as frontend:
            target = frontend.sense(nfc.clf.RemoteTarget("106A"))
            nfc.tag.activate(frontend, target).ndef.octets = message
        memory = field.memory("card")
        field.unplug()
        field.plug()
        assert field.state()["chips"] == {
            "card": ["NTAG216", UID.hex()],
            "other": ["NTAG213", OTHER_UID.hex()],
        }
        assert field.memory("card") == memory
        assert message in memory
        assert field.state()["lying"] == []


@pytest.mark.parametrize(
    "content",
    [
        "no JSON",
        "[]",
        json.dumps({"card": ["NTAG999", "00"]}),
        json.dumps({"card": ["NTAG213", "04"]}),
    ],
)
def test_a_file_that_is_none_of_ours_is_said_and_left(tmp_path, capsys, content):
    path = tmp_path / "tags.json"
    path.write_text(content)
    assert main(["--port", "0", "--keep", str(path)]) == 1
    assert "name another file" in capsys.readouterr().err
    assert path.read_text() == content
