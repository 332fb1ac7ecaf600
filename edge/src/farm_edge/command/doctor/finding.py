"""What a check says."""

from __future__ import annotations

import enum
from dataclasses import dataclass


class Grade(str, enum.Enum):
    """How bad it is."""

    GOOD = "good"
    WARN = "warn"  # it works, and will not for long
    BAD = "bad"  # it does not work


@dataclass(frozen=True)
class Finding:
    """One thing.

    - ``about``: ``store``, ``clock``, ``disk``, ``reader``, ``network``, ``server``,
      ``versions``
    - ``says``: what is so; ``remedy``: what to do, "" if nothing
    """

    about: str
    grade: Grade
    says: str
    remedy: str = ""


def good(about: str, says: str) -> Finding:
    """It is well."""
    return Finding(about, Grade.GOOD, says)


def warn(about: str, says: str, remedy: str) -> Finding:
    """It works, and will not for long."""
    return Finding(about, Grade.WARN, says, remedy)


def bad(about: str, says: str, remedy: str) -> Finding:
    """It does not work."""
    return Finding(about, Grade.BAD, says, remedy)
