"""Where the store of this device is, and its readers."""

from __future__ import annotations

import os
from argparse import Namespace
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from ..reader import Reader
from ..reader.paths import reader_at
from ..store import Store, platform_key
from ..store.settings import Settings

NAME = "store.db"
#: where no setting names a reader: the first that nfcpy finds
DEFAULT_READERS = ("usb",)


def store_path(wish: Namespace) -> Path:
    """``--store``, ``$FARM_EDGE_STORE``, what systemd gives, or the user's own."""
    named = wish.store or os.environ.get("FARM_EDGE_STORE")
    if named:
        return Path(named)
    state = os.environ.get("STATE_DIRECTORY")
    if state:
        return Path(state) / NAME
    home = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(home) / "farm-edge" / NAME


def key_of(wish: Namespace) -> bytes | None:
    """The key of the platform."""
    return platform_key(Path(wish.key_file) if wish.key_file else None)


@contextmanager
def opened(wish: Namespace) -> Iterator[Store]:
    """The store, made if there is none."""
    path = store_path(wish)
    path.parent.mkdir(parents=True, exist_ok=True)
    store = Store.open(path, key_of(wish))
    try:
        yield store
    finally:
        store.close()


def readers_of(wish: Namespace, settings: Settings | None) -> Sequence[Reader]:
    """Those of ``--reader``, else of the settings, else the first that there is."""
    named = wish.reader or (settings and settings["readers"]) or DEFAULT_READERS
    return [reader_at(name) for name in named]
