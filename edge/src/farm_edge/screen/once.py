"""A press is one deed, however often it arrives."""

from __future__ import annotations

import secrets
import threading
from collections import OrderedDict
from collections.abc import Callable

#: presses that are remembered; far more than fly about at a time
MOST = 500


class Once:
    """Remembers what was done, by a number that each form carries."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._seen: OrderedDict[str, None] = OrderedDict()

    @staticmethod
    def number() -> str:
        """For the forms of one page."""
        return secrets.token_urlsafe(9)

    def do(self, number: str, deed: Callable[[], None]) -> bool:
        """Do it, unless that was done; another one waits until this is over.

        :return: whether it was done now
        """
        with self._lock:
            if number in self._seen:
                return False
            self._seen[number] = None
            while len(self._seen) > MOST:
                self._seen.popitem(last=False)
            deed()
            return True
