"""What may be split and mixed: a split is a path, a mix is a new root."""

from __future__ import annotations

from collections.abc import Iterable

from ..errors import WrongValue
from .code import LineageCode


def parts(whole: LineageCode, steps: Iterable[int]) -> tuple[LineageCode, ...]:
    """The codes of parts of a whole, each number once.

    :raises WrongValue: on a number twice, out of range, or after the fourth split
    """
    numbers = list(steps)
    if len(set(numbers)) < len(numbers):
        raise WrongValue("a part has its number alone")
    return tuple(whole.child(step) for step in numbers)


def check_mix(mixed: LineageCode, parents: Iterable[LineageCode]) -> None:
    """Check that something mixed has a root of its own and names each parent once.

    :raises WrongValue: when not
    """
    listed = list(parents)
    if mixed.depth:
        raise WrongValue("what is mixed has a root of its own")
    if len(set(listed)) < max(len(listed), 2):
        raise WrongValue("what is mixed has several parents, each listed once")
    if any(mixed == parent.root for parent in listed):
        raise WrongValue("nothing is mixed from itself")
