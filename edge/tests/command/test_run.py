"""``farm-edge run``: where its page is."""

import json
import signal
import subprocess
import sys
from contextlib import contextmanager

import httpx
import pytest
from command.test_command import CLEAN


@contextmanager
def running(path, *words):
    """The page's address, and a client for it."""
    command = [sys.executable, "-m", "farm_edge", "run", "--json", "--port", "0"]
    process = subprocess.Popen(
        [*command, "--store", str(path), "--reader", "udp:127.0.0.1:9", *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=CLEAN,
    )
    try:
        url = json.loads(process.stdout.readline())["page"]
        with httpx.Client(base_url=url, timeout=20, trust_env=False) as client:
            yield client
    finally:
        process.send_signal(signal.SIGTERM)
        _out, said = process.communicate(timeout=20)
    running.said = said


@pytest.fixture
def store(tmp_path):
    return tmp_path / "store.db"


def test_in_a_container_it_listens_outside_and_says_what_that_means(store):
    with running(store, "--host", "0.0.0.0") as client:
        assert client.get("/").status_code == 200
        # What is published is asked for by this machine's name, and no other.
        assert client.get("/", headers={"Host": "localhost:8071"}).status_code == 200
        assert client.get("/", headers={"Host": "farm.example"}).status_code == 403
    assert "Whoever reaches 0.0.0.0" in running.said


def test_on_this_machine_it_warns_of_nothing(store):
    with running(store) as client:
        assert client.get("/").status_code == 200
    assert "Whoever" not in running.said


def test_an_address_of_somebody_else_is_said(store):
    host = "192.0.2.1"
    command = [sys.executable, "-m", "farm_edge", "run", "--store", str(store)]
    answer = subprocess.run(
        [*command, "--host", host, "--port", "0"],
        capture_output=True,
        text=True,
        env=CLEAN,
        check=False,
    )
    assert answer.returncode == 1
    assert host in answer.stderr and "Traceback" not in answer.stderr
