"""Tags from a file."""

import io

import pytest
from edge_samples import OLD, UID, lay
from farm_edge.reader import Garbled, ReaderGone, TagLocked
from farm_edge.reader.replay import RecordingReader, ReplayReader
from farm_edge.reader.watch import Station
from farmtag import Chip


def test_what_was_recorded_is_given_again(field, reader, tmp_path):
    out = io.StringIO()
    recording = RecordingReader(reader, out)
    recording.sense(0)
    lay(field)
    recording.sense(0)
    path = tmp_path / "tags.jsonl"
    path.write_text(out.getvalue() + '\n{"uid": "0405"}\n')
    replay = ReplayReader(path)
    replay.open()
    assert replay.sense(0) is None
    tag = replay.sense(0)
    assert (tag.uid, tag.chip, tag.read()) == (UID, Chip.NTAG215, OLD)
    with pytest.raises(TagLocked):
        tag.write(OLD, b"")
    with pytest.raises(Garbled):
        replay.sense(0).read()
    with pytest.raises(ReaderGone, match="ended"):
        replay.sense(0)
    replay.close()
    with pytest.raises(ReaderGone, match="not open"):
        replay.sense(0)


def test_a_watch_is_told_of_each_tag_once(tmp_path):
    path = tmp_path / "tags.jsonl"
    path.write_text('{"uid": "0405"}\n{"uid": "0406"}\n')
    came = []

    class Listener:
        def tag_came(self, reader, tag):
            came.append(tag.uid.hex())

        def __getattr__(self, name):
            return lambda *arguments: None

    station = Station(ReplayReader(path), Listener())
    for _look in range(8):
        station.look()
    assert came == ["0405", "0406"]


@pytest.mark.parametrize("text", ["{", "[]", '{"uid": 1}', '{"uid":"04","chip":"X"}'])
def test_what_is_no_recording(tmp_path, text):
    path = tmp_path / "tags.jsonl"
    path.write_text(text)
    with pytest.raises(ReaderGone, match="no recording"):
        ReplayReader(path).open()


def test_file_that_is_not_there(tmp_path):
    with pytest.raises(ReaderGone):
        ReplayReader(tmp_path / "none").open()
