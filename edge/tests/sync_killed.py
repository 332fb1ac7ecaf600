"""A device in a process of its own, which works and syncs until it is killed.

``python sync_killed.py PATH URL``
"""

from __future__ import annotations

import sys
from pathlib import Path

from farm_edge.store import Store
from farm_edge.sync import Client, Pace, Sync
from store_world import Ticks, purchase


def main(path: str, url: str) -> None:
    store = Store.open(Path(path), ticks=Ticks())
    pace = Pace()
    sync = Sync(store, Client(url, proxy="none"), pace, ask_again=0.0)
    while True:
        for _one in range(5):
            code = str(store.codes.next())
            store.journal.append("purchase", purchase(code))
            print(code, flush=True)
        pace.bytes = 300  # many batches
        sync.once()


if __name__ == "__main__":
    main(*sys.argv[1:])
