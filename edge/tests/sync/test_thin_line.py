"""1,000 purchases over a line of 64 kbit/s that loses one segment in ten.

A minute of that line is 480,000 bytes. The bytes are counted, not the seconds: those
are in ``make bench NAME=edge_line``.
"""

from __future__ import annotations

import pytest
from farm_edge.sync import Client, Pace, State, Sync
from thin_line import BITS, ThinLine, buy

PURCHASES = 1_000
MINUTE = 60 * BITS // 8


@pytest.fixture
def line(village):
    line = ThinLine(village.port)
    yield line
    line.close()


def send_all(device, line):
    """Look at the server until all is sent; gives how often that was."""
    client = Client(f"http://127.0.0.1:{line.port}", proxy="none")
    sync = Sync(device, client, Pace())
    for look in range(1, 60):
        if sync.once().state is State.DONE:
            return look
    pytest.fail("it does not get through")


def test_a_thousand_purchases_go_up_within_a_minute_of_the_line(device, village, line):
    buy(device, PURCHASES, has_payload=True)
    looks = send_all(device, line)
    assert len(village.ledger.events) == PURCHASES
    assert line.lost > 10 and looks <= 1 + line.resets
    assert line.up < MINUTE, f"{line.up} bytes, {line.seconds_up:.0f} s"
