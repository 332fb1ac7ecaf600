"""``farm-edge run``: the agent, until it is told to end."""

from __future__ import annotations

import logging
from argparse import Namespace
from typing import Any

from ..agent import Agent, Screen, tell_ready
from ..reader.nfc import NfcReader
from ..store import Store
from ..store.settings import DEFAULTS
from ..virtual.process import Remote
from ..work import Desk
from ..work.trouble import TroubleDesk
from .exits import Exit
from .output import Output
from .place import key_of, readers_of, store_path

log = logging.getLogger(__name__)
_VIRTUAL = "udp:127.0.0.1:"


def run(wish: Namespace, output: Output) -> Exit:
    """Start, say that it is ready, work."""
    path = store_path(wish)
    path.parent.mkdir(parents=True, exist_ok=True)
    pages: list[str] = []

    def screen(desk: Desk | TroubleDesk, store: Store | None) -> Screen | None:
        found = None if wish.no_screen else screen_of(wish, desk, store)
        pages[:] = [getattr(found, "url", "")] if found else []
        return found

    def ready() -> None:
        output.result({"ready": True, "page": pages[0] if pages else ""})
        tell_ready()

    agent = Agent(
        path, key_of(wish), lambda s: readers_of(wish, s.settings), screen, ready
    )
    agent.handle_signals()
    agent.run()
    return Exit.DONE


def screen_of(
    wish: Namespace, desk: Desk | TroubleDesk, store: Store | None
) -> Screen | None:
    """The page of a desk; None where it is not wanted."""
    settings: Any = store.settings if store else DEFAULTS
    port = settings["screen"] if wish.port is None else wish.port
    if not port and wish.port is None:
        return None
    # A gate has no page, and does not load it.
    from ..screen import Printer, Server, app, is_loopback

    if not is_loopback(wish.host):
        log.warning(
            "Whoever reaches %s works with this device: only where a container's own"
            " way in is closed to others.",
            wish.host,
        )
    page = app(
        desk,
        language=lambda: settings["language"],
        printer=lambda: Printer.of(settings),
        field=_field(wish, store) if store else None,
    )
    return Server(page, port=port, host=wish.host)


def _field(wish: Namespace, store: Store) -> Remote | None:
    """The virtual reader, if one of the readers is it."""
    for reader in readers_of(wish, store.settings):
        if isinstance(reader, NfcReader) and reader.name.startswith(_VIRTUAL):
            return Remote(int(reader.name.removeprefix(_VIRTUAL)))
    return None
