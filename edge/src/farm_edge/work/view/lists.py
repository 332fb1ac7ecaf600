"""What was done, what waits, and what came back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from .parts import EventLine, Receipt, View


@dataclass(frozen=True)
class TodayView(View):
    """What was done today, the last first; ``more`` are not shown."""

    step: ClassVar[str] = "today"
    lines: tuple[EventLine, ...] = ()
    more: int = 0
    purchases: int = 0
    bunches: int = 0
    grams: int = 0
    receipt: Receipt | None = None


@dataclass(frozen=True)
class WaitingView(View):
    """What is not sent yet, the oldest first; ``more`` are not shown."""

    step: ClassVar[str] = "waiting"
    lines: tuple[EventLine, ...] = ()
    more: int = 0


@dataclass(frozen=True)
class RefusedView(View):
    """What came back, the last first; ``more`` are not shown."""

    step: ClassVar[str] = "refused"
    lines: tuple[EventLine, ...] = ()
    more: int = 0
