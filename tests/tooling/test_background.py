"""What a command leaves running is found again, and ended, and nothing else is."""

import os
import sys
from pathlib import Path

import pytest

from dev import background
from dev.background import Program, born


@pytest.fixture
def program(tmp_path, monkeypatch):
    monkeypatch.setattr(background, "LOG", tmp_path / "log")
    program = Program("x", tmp_path)
    yield program
    program.stop()


def start(program, code="import time; time.sleep(60)", *notes):
    return program.start([sys.executable, "-c", code], os.environ, *notes)


def test_it_is_found_by_its_notes_until_it_is_stopped(program):
    assert program.notes() is None
    child = start(program, "import time; time.sleep(60)", 8069, "key")
    assert program.notes() == ["8069", "key"]
    assert program.stop()
    assert child.wait(10) < 0
    assert program.notes() is None
    assert not program.stop()


def test_one_that_does_not_listen_is_ended_all_the_same(program, monkeypatch):
    monkeypatch.setattr(background, "_GRACE", 0.5)
    code = (
        "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN);"
        " print('deaf', flush=True); time.sleep(60)"
    )
    child = start(program, code)
    while "deaf" not in program.log.read_text():
        assert child.poll() is None
    program.stop()
    assert child.wait(10) < 0


def test_one_that_ends_by_itself_while_it_is_ended_is_no_trouble(program):
    child = start(program)
    birth = born(child.pid)
    child.kill()
    child.wait(10)
    background._end(child.pid, birth)


def test_one_that_cannot_be_noted_does_not_go_on(tmp_path, program):
    before = children()
    nowhere = Program("x", tmp_path / "full")
    with pytest.raises(FileNotFoundError):
        start(nowhere)
    assert children() <= before


def children():
    """Process ids of what this process has started."""
    tasks = Path("/proc/self/task").glob("*/children")
    return {one for task in tasks for one in task.read_text().split()}


def test_one_that_has_ended_is_not_there(program):
    child = start(program, "print('hello')")
    child.wait(10)
    assert program.notes() is None
    assert program.log.read_text() == "hello\n"


def test_record_of_a_reused_process_id_is_not_ours(program, tmp_path):
    (tmp_path / "x.pid").write_text(f"{os.getpid()} 1 8069\n")
    assert program.notes() is None
    assert not program.stop()
    assert born(os.getpid())


@pytest.mark.parametrize("text", ["", "x", "1"])
def test_a_damaged_record_is_of_nobody(program, tmp_path, text):
    (tmp_path / "x.pid").write_text(text)
    assert program.notes() is None
