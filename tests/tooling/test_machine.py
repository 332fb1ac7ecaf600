"""What the machine lacks is said in one line that tells what to do."""

import socket
from collections import namedtuple

import pytest

from dev import config, machine, proc, venv
from dev.say import Stop

Usage = namedtuple("Usage", "free")


def test_too_little_disk_names_free_and_needed():
    with pytest.raises(Stop, match=r"Too little disk: 1\.5 GB free .* about 4 GB"):
        machine.need_disk(4, usage=lambda _path: Usage(1.5e9))


def test_enough_disk_is_silent():
    machine.need_disk(4, usage=lambda _path: Usage(5e9))


def test_no_apt_points_to_a_checkout():
    with pytest.raises(Stop, match=r"No apt-get and no dpkg .* set ODOO_PATH"):
        machine.need_apt(which=lambda _name: None)


def test_taken_port_names_the_port_and_another():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(Stop, match=f"Port {port} is taken.*PORT={port + 1} make"):
            machine.need_port(port)


def test_free_port_is_free():
    machine.need_port(machine.free_port())


def test_port_must_be_a_number(monkeypatch):
    monkeypatch.setenv("PORT", "http")
    with pytest.raises(Stop, match="PORT=http is no port number"):
        config.port()


def test_python_without_ensurepip_names_the_package(monkeypatch):
    monkeypatch.setattr(machine, "can_apt_install", lambda: False)
    with pytest.raises(Stop, match=r"install the package python3\.\d+-venv"):
        venv.need_ensurepip(find=lambda _name: None)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("W: Temporary failure resolving 'deb.debian.org'", "no network"),
        ("urllib3 NewConnectionError: refused", "no network"),
        ("npm error code EAI_AGAIN", "no network"),
        ("OSError: [Errno 28] No space left on device", "the disk is full"),
        ("first\nValueError: last words\n\n", "ValueError: last words"),
        ("", "it said nothing"),
    ],
)
def test_failed_program_is_explained_in_one_line(text, line, tmp_path):
    explained = proc.explain(text, "Fetching", tmp_path / "x.log")
    assert line in explained
    assert "\n" not in explained


def test_missing_program_is_named():
    with pytest.raises(Stop, match="The program setpriv is not on this machine"):
        proc.need("setpriv", {"PATH": "/nowhere"})
