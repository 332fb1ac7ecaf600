"""PC/SC for the agent's tests: made ready, or the reason why it is not."""

import pytest

from dev import pcsc, testrun
from dev.say import Stop


@pytest.fixture
def daemon(tmp_path):
    path = tmp_path / "pcscd"
    path.write_bytes(b"\x7fELF/run/pcscd\0/run/pcscd/pcscd.pid\0")
    return path


def test_folders_of_a_program_are_others_of_the_same_length(daemon):
    pcsc.relocate(daemon, {b"/run/pcscd": b"/dev/fd//9"})
    assert daemon.read_bytes() == b"\x7fELF/dev/fd//9\0/dev/fd//9/pcscd.pid\0"


def test_program_without_the_folder_is_refused(daemon):
    with pytest.raises(Stop, match="pcscd has no folder /run/other"):
        pcsc.relocate(daemon, {b"/run/other": b"/dev/fd//9"})


@pytest.fixture
def home(tmp_path, monkeypatch):
    libraries = tmp_path / "usr/lib/x86_64-linux-gnu"
    libraries.mkdir(parents=True)
    (libraries / "libpcsclite.so.1").touch()
    monkeypatch.setattr(pcsc, "HOME", tmp_path)
    return tmp_path


def test_tests_find_the_service_and_its_libraries_first(home):
    told = pcsc.environment({"PYTHONPATH": "/sources", "PGPORT": "1"}, "")
    assert told["FARM_PCSCD"].endswith("dev/pcscd.sh")
    assert told["LD_LIBRARY_PATH"] == str(home / "usr/lib/x86_64-linux-gnu")
    assert told["PYTHONPATH"] == f"{home / 'python'}:/sources"
    assert told["PGPORT"] == "1"


def test_tests_are_told_why_there_is_none():
    told = pcsc.environment({}, "no C compiler here")
    assert told == {"FARM_PCSC_MISSING": "no C compiler here"}


def test_compiler_is_looked_for_by_the_name_that_pip_takes(monkeypatch):
    monkeypatch.setenv("CC", "clang -pthread")
    assert pcsc.has_compiler(which={"clang": "/usr/bin/clang"}.get)
    assert not pcsc.has_compiler(which=lambda _name: None)


def test_headers_of_python_are_looked_for(tmp_path):
    assert not pcsc.has_python_headers(tmp_path)
    (tmp_path / "Python.h").touch()
    assert pcsc.has_python_headers(tmp_path)


def test_closing_line_says_why_readers_were_not_tried(tmp_path):
    line = testrun.closing_line(0, tmp_path / "none.json", "bin", "no apt-get here")
    assert line == (
        "All tests passed. The tests of readers by PC/SC were skipped: no apt-get here"
    )


def test_trouble_is_a_reason_and_no_end(home, monkeypatch):
    def fail(_key):
        raise Stop("Reading the package index: no network.")

    monkeypatch.setattr(pcsc.stamp, "is_done", lambda *_of: False)
    monkeypatch.setattr(pcsc, "_hindrance", lambda: "")
    monkeypatch.setattr(pcsc, "_make", fail)
    assert pcsc.ensure() == "Reading the package index: no network."
