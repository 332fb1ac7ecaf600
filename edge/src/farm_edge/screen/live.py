"""What changes on the desk, as a stream of events to the page."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable
from typing import Any

from anyio import CapacityLimiter, to_thread

from ..work import Desk
from ..work.trouble import TroubleDesk

#: seconds after which something is sent although nothing is new, so that a broken line
#: is noticed at both ends
BEAT = 10.0
#: seconds from one look whether the agent ends to the next
GLANCE = 0.4
#: pages that watch at the same time; each has a thread that waits
MOST = 12

Shown = dict[str, Any]


class Live:
    """Streams of what the desk shows.

    :param show: version and HTML of what is to be seen now
    :param instance: another one for each start of the agent
    """

    def __init__(
        self, desk: Desk | TroubleDesk, show: Callable[[], Shown], instance: str
    ) -> None:
        self._desk, self._show, self._instance = desk, show, instance
        self._waiting = CapacityLimiter(MOST)
        self._count = 0
        self._is_over = False

    @property
    def is_full(self) -> bool:
        """Whether no other page may watch."""
        return self._count >= MOST

    async def stream(self, version: int) -> AsyncIterator[str]:
        """Events for a page that shows a version; ends when the page goes away."""
        self._count += 1
        try:
            yield _event("hello", {"instance": self._instance})
            while not self._is_over:
                if version != self._desk.version:
                    shown = await to_thread.run_sync(self._show)
                    version = shown["version"]
                    yield _event("show", shown)
                if not await self._is_changed(version):
                    yield ": nothing new\n\n"
        finally:
            self._count -= 1

    def end(self) -> None:
        """End all streams, soon."""
        self._is_over = True

    async def _is_changed(self, version: int) -> bool:
        """Wait for another version; no longer than a beat."""
        for _ in range(round(BEAT / GLANCE)):
            now = await to_thread.run_sync(
                self._desk.wait,
                version,
                GLANCE,
                abandon_on_cancel=True,
                limiter=self._waiting,
            )
            if now != version or self._is_over:
                return True
        return False


def _event(name: str, data: Shown) -> str:
    return f"event: {name}\ndata: {json.dumps(data)}\n\n"
