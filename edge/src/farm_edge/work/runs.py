"""What is too much for one event goes into several."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..store import canonical
from ..store.chain import LARGEST_BODY

#: bytes of a map around what is in it
_FRAME = 16


def runs(
    body: dict[str, Any], things: list[dict[str, Any]]
) -> Iterator[list[dict[str, Any]]]:
    """As many bunches or hands at once as an event holds beside its other values."""
    room = LARGEST_BODY - len(canonical.encode(body)) - _FRAME
    run: list[dict[str, Any]] = []
    size = 0
    for thing in things:
        more = len(canonical.encode(thing))
        if run and size + more > room:
            yield run
            run, size = [], 0
        run.append(thing)
        size += more
    yield run
