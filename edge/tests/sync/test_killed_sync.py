"""Killed at any moment of a look at its server, a device loses and doubles nothing."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

from farm_edge.sync import Pace, State, Sync
from store_world import item

KILLS = 40
SCRIPT = Path(__file__).parents[1] / "sync_killed.py"
#: seconds
LONGEST = 0.15


def live(device, village, seconds):
    """What a process wrote down before it was killed."""
    command = [sys.executable, SCRIPT, device.path, village.url]
    environment = {"PYTHONPATH": ":".join(path for path in sys.path if path)}
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, env=environment
    )
    said = [process.stdout.readline().strip()]  # it is at work
    time.sleep(seconds)
    process.kill()
    said += process.stdout.read().split()
    assert process.wait() == -signal.SIGKILL
    process.stdout.close()
    return said


def test_each_event_is_on_the_server_once(device, client, village):
    chance, said = random.Random(8), []
    village.ledger.items = [item("crop", one, code=str(one)) for one in range(1, 9)]
    for _kill in range(KILLS):
        said += live(device, village, chance.uniform(0, LONGEST))
    assert Sync(device, client, Pace()).once().state is State.DONE
    here = device.journal.since(1, 10**6)
    there = [(seq, id, body) for seq, id, _kind, body in village.ledger.events]
    assert there == [(one.seq, one.id, one.body) for one in here]
    codes = [one.values["bunches"][0]["code"].removeprefix("CODE-") for one in here]
    assert len(set(codes)) == len(codes)
    # Of the last line of a process only a part may have been said.
    assert set(said) <= {*codes, ""}
    assert len(said) > KILLS and village.ledger.forked == []
    assert len(device.snapshot.crops()) == 8
