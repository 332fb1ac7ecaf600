"""The running agent: readers, the way to the server, the page.

Each has a thread of its own, and none waits for another: a tap is answered without a
network, the server is looked at without a reader, and both without a page. A disk that
fails is told on the page and tried again.
"""

from __future__ import annotations

import fcntl
import logging
import os
import signal
import socket
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import FrameType
from typing import IO, Protocol

from .errors import EdgeError
from .reader import Reader
from .reader.watch import Watch
from .store import Store, StoreError
from .sync import Sync, SyncThread
from .work import Desk
from .work.signal import NoSignal, Signal, SignalFailed, signal_of
from .work.trouble import TroubleDesk

log = logging.getLogger(__name__)
#: seconds until a store that could not be opened is tried again
RETRY = 5.0
#: seconds from one look at what lies at a gate to the next
TICK = 0.1


class AgentRuns(EdgeError):
    """Another agent works with the same store."""

    code = "agent"


class Screen(Protocol):
    """A page of a desk."""

    def start(self) -> None:
        """Serve; returns at once."""

    def stop(self) -> None:
        """End."""


#: makes the page of a desk; None where there is none
ScreenMaker = Callable[[Desk | TroubleDesk, Store | None], Screen | None]


class Agent:
    """All of it, from start to stop.

    :param readers: by their names, or by what the settings of the store say
    :param screen: makes the page
    :param ready: called once, when readers are looked at and the page is served
    """

    def __init__(
        self,
        path: Path,
        key: bytes | None,
        readers: Callable[[Store], Sequence[Reader]],
        screen: ScreenMaker = lambda desk, store: None,
        ready: Callable[[], None] = lambda: None,
    ) -> None:
        self._path, self._key = path, key
        self._readers, self._screen, self._ready = readers, screen, ready
        self._end = threading.Event()
        self._is_ready = False

    def stop(self) -> None:
        """Have it end; returns at once."""
        self._end.set()

    def run(self) -> None:
        """Work until it is stopped.

        :raises AgentRuns: if another one works with this store
        """
        with _lock_of(self._path):
            store = self._opened()
            if store is not None:
                try:
                    self._work(store)
                finally:
                    store.close()

    def handle_signals(self) -> None:
        """End on SIGTERM and SIGINT."""

        def end(number: int, frame: FrameType | None) -> None:
            self.stop()

        signal.signal(signal.SIGTERM, end)
        signal.signal(signal.SIGINT, end)

    # -- the store --------------------------------------------------------------------

    def _opened(self) -> Store | None:
        """The store, as soon as it can be opened; None if it ends before."""
        with ExitStack() as trouble:
            told = ""
            while not self._end.is_set():
                try:
                    return Store.open(self._path, self._key)
                except StoreError as error:
                    if str(error) != told:
                        told = str(error)
                        trouble.close()
                        trouble.enter_context(self._trouble(error))
                self._end.wait(RETRY)
        return None

    @contextmanager
    def _trouble(self, error: StoreError) -> Iterator[None]:
        """A page that says what is wrong, as long as it is."""
        log.error("%s: %s", error.code, error)
        desk = TroubleDesk(error)
        screen = self._screen(desk, None)
        if screen:
            screen.start()
        self._tell_ready()
        try:
            yield
        finally:
            desk.close()
            if screen:
                screen.stop()

    def _tell_ready(self) -> None:
        if not self._is_ready:
            self._is_ready = True
            self._ready()

    # -- the work ---------------------------------------------------------------------

    def _work(self, store: Store) -> None:
        desk = Desk(store, signal=_signal(store))
        watch = Watch(self._readers(store), desk)
        thread = SyncThread(store, Sync(store), desk.synced)
        desk.ask, desk.again = thread.ask, watch.again
        screen = self._screen(desk, store)
        watch.start()
        thread.start()
        if screen:
            screen.start()
        self._tell_ready()
        try:
            while not self._end.wait(TICK):
                desk.tick()
        finally:
            # Readers first: what is being done with a tag is done.
            watch.stop()
            thread.stop()
            if screen:
                screen.stop()
            desk.close()


def tell_ready() -> None:
    """Tell systemd that the agent is ready, if that is who has started it."""
    address = os.environ.get("NOTIFY_SOCKET")
    if not address:
        return
    name = "\0" + address[1:] if address.startswith("@") else address
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as to:
            to.sendto(b"READY=1", name)
    except OSError as error:
        log.warning("systemd is not told that the agent is ready: %s", error)


def _signal(store: Store) -> Signal:
    """Light and sound; a gate without them still counts."""
    try:
        return signal_of(store.settings["signal"])
    except SignalFailed as error:
        log.error("%s", error)
        return NoSignal()


class _Lock:
    """One agent for a store; the kernel lets go of it however the agent ends."""

    def __init__(self, path: Path) -> None:
        self._file: IO[str] | None = None
        try:
            self._file = path.open("w")
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AgentRuns(
                f"Another agent works with {path.stem}: end that one."
            ) from None
        except OSError as error:
            log.warning("%s cannot be locked: %s", path, error)  # a read-only disk

    def __enter__(self) -> None:
        return

    def __exit__(self, *_error: object) -> None:
        if self._file:
            self._file.close()


def _lock_of(path: Path) -> _Lock:
    return _Lock(path.with_name(path.name + ".lock"))
