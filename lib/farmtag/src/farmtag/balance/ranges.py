"""Sets of part numbers as ranges that ascend and do not touch."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..errors import OverIssued
from ..payload import IssuedRange

Ranges = tuple[IssuedRange, ...]


def numbers(ranges: Ranges) -> Iterator[int]:
    """Every number in the ranges."""
    for one in ranges:
        yield from range(one.first, one.last + 1)


def count(ranges: Ranges) -> int:
    """How many numbers there are."""
    return sum(one.last - one.first + 1 for one in ranges)


def with_numbers(ranges: Ranges, steps: Iterable[int]) -> Ranges:
    """The ranges with more numbers.

    :raises OverIssued: if a number is there already, or given twice
    """
    all_numbers = [*numbers(ranges), *steps]
    if len(set(all_numbers)) < len(all_numbers):
        raise OverIssued("a part of this number was issued before")
    return _ranges(sorted(all_numbers))


def _ranges(ascending: list[int]) -> Ranges:
    found: list[IssuedRange] = []
    for number in ascending:
        if found and found[-1].last == number - 1:
            found[-1] = IssuedRange(found[-1].first, number)
        else:
            found.append(IssuedRange(number, number))
    return tuple(found)
