"""A desk of a device whose store cannot be opened: it says why, and no more."""

from __future__ import annotations

import threading
from contextlib import AbstractContextManager, nullcontext
from typing import Any

from ..errors import EdgeError
from ..reader import Reader, Tag
from .view import Notice, Tone, TroubleView


class TroubleDesk:
    """As a ``Desk``, to be seen; nothing can be done."""

    version = 1

    def __init__(self, error: EdgeError) -> None:
        notice = Notice(f"error.{error.code}", Tone.BAD)
        self._view = TroubleView(code=error.code, detail=str(error), notice=notice)
        self._end = threading.Event()

    def view(self) -> TroubleView:
        """What is wrong."""
        return self._view

    def wait(self, version: int, seconds: float) -> int:
        """Nothing changes; wait as asked."""
        if version == self.version:
            self._end.wait(seconds)
        return self.version

    def tap(self, reader: Reader, tag: Tag) -> None:
        """Nothing."""

    def act(self, name: str, /, **values: Any) -> None:
        """Nothing."""

    def go(self, step_name: str) -> None:
        """Nothing."""

    def turn(self) -> AbstractContextManager[object]:
        """Nothing is done here."""
        return nullcontext()

    def close(self) -> None:
        """Let those that wait go."""
        self._end.set()
