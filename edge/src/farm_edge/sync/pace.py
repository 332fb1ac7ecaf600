"""How much at once, and how long to wait."""

from __future__ import annotations

import random
import time
from collections.abc import Callable

from .wire import FRAME, LARGEST_REQUEST, MOST_EVENTS

#: seconds that a batch should take on its line
GOOD = 10.0
FIRST_BYTES = 32_768
LEAST_BYTES = 1_024
MOST_BYTES = LARGEST_REQUEST // 2 - FRAME


class Pace:
    """The size of batches: larger on a good line, half after each failure."""

    def __init__(self) -> None:
        self.bytes = FIRST_BYTES
        self.events = MOST_EVENTS

    def went(self, sent: int, seconds: float) -> None:
        """A batch of so many bytes was answered after so many seconds."""
        if seconds > 3 * GOOD:
            self.smaller()
        elif seconds < GOOD:
            self.events = min(self.events * 2, MOST_EVENTS)
            if sent * 2 > self.bytes:
                self.bytes = min(self.bytes * 2, MOST_BYTES)

    def smaller(self) -> None:
        """A batch was cut, or was too large."""
        self.bytes = max(self.bytes // 2, LEAST_BYTES)

    def fewer(self, count: int) -> None:
        """So many events together were not understood: find the one."""
        self.events = max(count // 2, 1)


class Backoff:
    """How long to wait after a failure: longer each time, and no two devices alike."""

    def __init__(
        self,
        first: float = 2.0,
        most: float = 900.0,
        chance: Callable[[float, float], float] = random.uniform,
    ) -> None:
        self.first, self.most, self._chance = first, most, chance
        self.failures = 0

    def next(self, told: float | None = None) -> float:
        """Seconds to wait after one more failure.

        :param told: what the server says to wait at least
        """
        whole = min(self.most, self.first * 2.0 ** min(self.failures, 30))
        self.failures += 1
        if told is not None:
            return told + self._chance(0.0, max(1.0, told / 4))
        return self._chance(whole / 2, whole)

    def reset(self) -> None:
        """It went well, or the network is another one."""
        self.failures = 0


class Interval:
    """A time that has to pass between one thing and the next; none before the first."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._begun: float | None = None

    def begin(self) -> None:
        """The thing was done."""
        self._begun = time.monotonic()

    def is_over(self) -> bool:
        """Whether it may be done again."""
        return self._begun is None or time.monotonic() - self._begun >= self.seconds
