"""Numbers on the command line, within what can be."""

from __future__ import annotations

from argparse import ArgumentTypeError
from collections.abc import Callable

LARGEST = 2**53
#: a day; nobody waits for longer
LONGEST_SECONDS = 86_400.0


def number(least: int, most: int = LARGEST) -> Callable[[str], int]:
    """What reads a whole number from ``least`` to ``most``."""

    def read(text: str) -> int:
        try:
            value = int(text)
        except ValueError:
            value = least - 1
        if not least <= value <= most:
            raise ArgumentTypeError(f"{text!r} is no number from {least} to {most}")
        return value

    return read


def seconds(text: str) -> float:
    """How long to wait."""
    try:
        value = float(text)
    except ValueError:
        value = 0.0
    if not 0 < value <= LONGEST_SECONDS:
        raise ArgumentTypeError(f"{text!r} is no time in seconds")
    return value
