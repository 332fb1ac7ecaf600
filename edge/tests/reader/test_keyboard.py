"""Readers that type."""

import os

import pytest
from farm_edge.reader import ReaderGone, TagUnsuitable
from farm_edge.reader.keyboard import KeyboardReader, Kind, Spelling
from farm_edge.reader.keyboard.keys import EVENT, KeyDecoder, TextDecoder
from farm_edge.reader.keyboard.typed import meaning
from farm_edge.reader.paths import reader_at
from farm_edge.reader.watch import Station
from farmtag import LineageCode
from hypothesis import given
from hypothesis import strategies as st

CODE = str(LineageCode(12345, 678).child(11))
EPC = "30340789000C0E42DFDC1C35"


@pytest.mark.parametrize(
    ("line", "kind", "value"),
    [
        ("04A1B2C3D4E580", Kind.UID, bytes.fromhex("04A1B2C3D4E580")),
        (" 04:a1:b2:c3 ", Kind.UID, bytes.fromhex("04A1B2C3")),
        ("04-A1-B2-C3-D4-E5-80", Kind.UID, bytes.fromhex("04A1B2C3D4E580")),
        ("E004015012345678", Kind.UID, bytes.fromhex("E004015012345678")),
        (EPC, Kind.EPC, bytes.fromhex(EPC)),
        (CODE.lower(), Kind.CODE, CODE.encode()),
        (CODE[:-1] + "0", Kind.TEXT, None),
        ("https://id.tani.example/01/x", Kind.TEXT, b"https://id.tani.example/01/x"),
        ("0123456789", Kind.TEXT, b"0123456789"),
        ("123", Kind.TEXT, b"123"),
    ],
)
def test_line_means(line, kind, value):
    typed = meaning(line)
    assert typed.kind is kind
    assert value is None or typed.value == value


@pytest.mark.parametrize(
    ("line", "spelling", "uid"),
    [
        ("C3B2A104", Spelling.HEX_REVERSED, "04A1B2C3"),
        ("0077705923", Spelling.DECIMAL, "04A1B2C3"),
        ("3283263748", Spelling.DECIMAL_REVERSED, "04A1B2C3"),
        ("1303689068602752", Spelling.DECIMAL, "04A1B2C3D4E580"),
    ],
)
def test_uid_is_spelt_as_the_reader_does(line, spelling, uid):
    assert meaning(line, spelling).value == bytes.fromhex(uid)


@pytest.mark.parametrize("line", ["", "  ", "\t"])
def test_empty_line_means_nothing(line):
    assert meaning(line) is None


@given(st.text())
def test_any_line_means_something(line):
    typed = meaning(line)
    assert typed is None if not line.strip() else typed.value


def events(*keys):
    """Presses and releases; a tuple is a key with shift."""
    for key in keys:
        shifted = isinstance(key, tuple)
        steps = [(42, 1)] * shifted + [(key[0] if shifted else key, 1)]
        steps += [(code, 0) for code, _down in reversed(steps)]
        for code, value in steps:
            yield EVENT.pack(0, 0, 1, code, value)
            yield EVENT.pack(0, 0, 0, 0, 0)


@given(st.integers(1, 100))
def test_keys_are_text_also_in_pieces(size):
    data = b"".join(events(11, 5, (30,), 2, 57, 12, (34,), 28))
    decoder = KeyDecoder()
    pieces = [data[i : i + size] for i in range(0, len(data), size)]
    assert [line for p in pieces for line in decoder.lines(p)] == ["04A1 -G"]


@given(st.integers(1, 20))
def test_text_is_text_also_in_pieces(size):
    data = "04A1\r\nPisang é\n04".encode()
    decoder = TextDecoder()
    pieces = [data[i : i + size] for i in range(0, len(data), size)]
    lines = [line for p in pieces for line in decoder.lines(p)]
    assert [line for line in lines if line] == ["04A1", "Pisang é"]


def test_a_key_that_is_stuck_fills_no_memory_and_names_no_tag():
    """For a night, as keyboards repeat it; the line after it is a tag again."""
    decoder = KeyDecoder()
    night = b"".join(EVENT.pack(0, 0, 1, 5, 2) for _ in range(50_000))
    assert list(decoder.lines(night)) == []
    assert len(decoder._line) < 2_000
    rest = b"".join(events(28, 11, 28))
    assert list(decoder.lines(rest)) == ["0"]


def test_text_without_an_end_fills_no_memory_and_names_no_tag():
    decoder = TextDecoder()
    for _piece in range(100):
        assert list(decoder.lines(b"04A1" * 1_000)) == []
    assert len(decoder._rest) < 2_000
    assert list(decoder.lines(b"B2\n04A1B2C3\n")) == ["04A1B2C3"]


@pytest.fixture
def pipe(tmp_path):
    """The path of a pipe, and its end to type into."""
    path = tmp_path / "keys"
    os.mkfifo(path)
    reader = KeyboardReader(str(path))
    reader.open()
    with open(path, "wb", buffering=0) as typing:
        yield reader, typing
    reader.close()


def test_lines_are_tags(pipe):
    reader, typing = pipe
    assert reader.sense(0) is None
    typing.write(f"{EPC}\n04A1B2C3D4E580\n{CODE}".encode())
    tags = [reader.sense(1), reader.sense(1)]
    assert [(tag.kind, tag.uid.hex().upper()) for tag in tags] == [
        (Kind.EPC, EPC),
        (Kind.UID, "04A1B2C3D4E580"),
    ]
    assert reader.sense(0) is None
    typing.write(b"\n")
    assert reader.sense(1).typed.text == CODE


@pytest.mark.parametrize(
    ("word", "line"),
    [
        ("", "04A1B2C3"),
        ("hex:", "04A1B2C3"),
        ("hex-reversed:", "C3B2A104"),
        ("decimal:", "0077705923"),
        ("decimal-reversed:", "3283263748"),
    ],
)
def test_a_path_says_how_a_reader_spells(tmp_path, word, line):
    os.mkfifo(tmp_path / "keys")
    reader = reader_at(f"keys:{word}{tmp_path / 'keys'}")
    reader.open()
    with open(tmp_path / "keys", "wb", buffering=0) as typing:
        typing.write(line.encode() + b"\n")
        assert reader.sense(1).uid == bytes.fromhex("04A1B2C3")
    reader.close()


def test_no_more_than_its_number_is_known(pipe):
    reader, typing = pipe
    typing.write(b"04A1B2C3D4E580\n")
    tag = reader.sense(1)
    assert (tag.chip, tag.is_writable) == (None, False)
    for job in (tag.read, lambda: tag.write(b"", b"x")):
        with pytest.raises(TagUnsuitable) as refused:
            job()
        assert refused.value.code == "identity"


def test_reader_that_is_pulled_out(pipe):
    reader, typing = pipe
    reader.sense(0)
    typing.close()
    with pytest.raises(ReaderGone):
        reader.sense(1)


@pytest.mark.parametrize("path", ["/dev/input/none", "/nowhere"])
def test_reader_that_is_not_there(path):
    with pytest.raises(ReaderGone, match=path):
        KeyboardReader(path).open()


def test_different_numbers_are_different_tags(pipe, monkeypatch):
    monkeypatch.setattr("farm_edge.reader.watch.SENSE_SECONDS", 0)
    reader, typing = pipe
    came = []

    class Listener:
        def tag_came(self, reader, tag):
            came.append(tag.typed.text)

        def __getattr__(self, name):
            return lambda *arguments: None

    station = Station(reader, Listener())
    station._is_open = True
    typing.write(f"{EPC}\n{EPC}\n{EPC[:-1]}6\n".encode())
    for _ in range(4):
        station.look()
    assert came == [EPC, EPC[:-1] + "6"]
