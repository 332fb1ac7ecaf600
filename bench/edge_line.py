"""1,000 purchases over 64 kbit/s, 10 % loss and 2 s delay, from the journal up.

The line is a proxy on this machine that lets time pass as such a line does. The peer is
the bare line: the same bytes with nothing lost and no delay. No ratio is asked for; the
aim is a minute of line time, 480,000 bytes.
"""

import logging
import sys
import tempfile
import time
from pathlib import Path

from bench._measure import row

EDGE = Path(__file__).parents[1] / "edge"
sys.path[:0] = [str(EDGE / "src"), str(EDGE / "tests")]

from farm_edge.sync import Client, Pace, State, Sync, enrol  # noqa: E402
from store_world import open_store  # noqa: E402
from sync_server import CODE, Village  # noqa: E402
from thin_line import BITS, ThinLine, buy  # noqa: E402

NEEDS_DATABASE = False
PURCHASES = 1_000
LOOKS = 200


def run(_env, scale=1.0):
    """Send purchases without and with what was written to the tags.

    :param float scale: share of the 1,000 purchases
    :return: rows as ``make bench`` prints them
    """
    logging.getLogger("httpx").setLevel(logging.WARNING)
    count = max(int(PURCHASES * scale), 10)
    names = {"code, weight, chip": False, "and all that is on the tag": True}
    return [_row(name, count, has_payload) for name, has_payload in names.items()]


def _row(name, count, has_payload):
    village = Village()
    line = ThinLine(village.port, is_timed=True)
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(Path(folder) / "store", enrol=False)
        enrol(store, Client(village.url, proxy="none"), CODE)
        buy(store, count, has_payload)
        begin = time.perf_counter()
        looks = _send(Sync(store, Client(f"http://127.0.0.1:{line.port}"), Pace()))
        ours = time.perf_counter() - begin
        store.close()
    same = len({one[1] for one in village.ledger.events}) == count
    line.close()
    village.close()
    told = f"{name}: {line.up} B up, {line.down} B down, {looks} looks"
    bodies = sum(len(one[3]) for one in village.ledger.events)
    return row(told, count, ours, "the bare line", bodies * 8 / BITS, None, same)


def _send(sync):
    """How often the device looked at its server until all was sent."""
    for look in range(1, LOOKS):
        if sync.once().state is State.DONE:
            return look
    raise RuntimeError("it does not get through")
