"""Lineage codes: ``ROOT8(-STEP2)*-C2``.

``1G7400N6-HW`` is a bunch, ``1G7400N6-0B-JB`` its hand 11, ``1G7400N6-0B-03-VJ`` piece
3 of that hand. A root is the number of the device that made it (18 bits) and that
device's counter (22 bits): unique without a network.
"""

from __future__ import annotations

from dataclasses import dataclass

from ..errors import Damaged, WrongValue
from . import alphabet
from .check import check_values

DEVICE_BITS = 18
COUNTER_BITS = 22
STEP_BITS = 10
MAX_DEPTH = 4
MAX_STEP = (1 << STEP_BITS) - 1
_ROOT_BITS = DEVICE_BITS + COUNTER_BITS
_ROOT_WIDTH, _STEP_WIDTH, _CHECK_WIDTH = 8, 2, 2
_BYTES = {(_ROOT_BITS + STEP_BITS * d + 7) // 8: d for d in range(MAX_DEPTH + 1)}


@dataclass(frozen=True, order=True)
class LineageCode:
    """The name of a bunch (no steps) or of a part of it (a step for each split).

    :raises WrongValue: if a number is outside its range
    """

    device: int
    counter: int
    steps: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        _need(0 <= self.device < 1 << DEVICE_BITS, f"device {self.device}")
        _need(0 <= self.counter < 1 << COUNTER_BITS, f"counter {self.counter}")
        _need(len(self.steps) <= MAX_DEPTH, f"{len(self.steps)} splits")
        for step in self.steps:
            _need(1 <= step <= MAX_STEP, f"part {step}")

    @property
    def depth(self) -> int:
        """How many splits lie between the root and this."""
        return len(self.steps)

    @property
    def root(self) -> LineageCode:
        """What was there before the first split."""
        return LineageCode(self.device, self.counter)

    @property
    def parent(self) -> LineageCode | None:
        """What this was split from, ``None`` for a root."""
        if not self.steps:
            return None
        return LineageCode(self.device, self.counter, self.steps[:-1])

    def child(self, step: int) -> LineageCode:
        """A part of this.

        :param step: number of the part, 1 to 1023
        :raises WrongValue: on another number, or after the fourth split
        """
        return LineageCode(self.device, self.counter, (*self.steps, step))

    def descends_from(self, other: LineageCode) -> bool:
        """Whether this is a part of the other, or of a part of it."""
        shorter = other.depth < self.depth
        return (
            shorter
            and self.steps[: other.depth] == other.steps
            and (self.root == other.root)
        )

    def __str__(self) -> str:
        groups = [alphabet.split(self._root_number(), _ROOT_WIDTH)]
        groups += [alphabet.split(step, _STEP_WIDTH) for step in self.steps]
        groups.append(check_values([value for group in groups for value in group]))
        return "-".join(alphabet.text_of(group) for group in groups)

    def to_bytes(self) -> bytes:
        """5 bytes of a root, 7 to 10 of its parts."""
        number, bits = self._root_number(), _ROOT_BITS
        for step in self.steps:
            number, bits = number << STEP_BITS | step, bits + STEP_BITS
        return (number << -bits % 8).to_bytes((bits + 7) // 8, "big")

    def _root_number(self) -> int:
        return self.device << COUNTER_BITS | self.counter


def parse(text: str) -> LineageCode:
    """The code that somebody typed or scanned; small letters, O and I are understood.

    :raises Damaged: if the check symbols, the length or a letter is wrong
    """
    values = alphabet.values_of(text)
    body, check = values[:-_CHECK_WIDTH], values[-_CHECK_WIDTH:]
    depth, odd = divmod(len(body) - _ROOT_WIDTH, _STEP_WIDTH)
    if odd or not 0 <= depth <= MAX_DEPTH:
        raise Damaged(f"a lineage code does not have {len(values)} symbols")
    if check_values(body) != check:
        raise Damaged("the check symbols of the lineage code are wrong")
    return _decoded(alphabet.join(body), depth)


def from_bytes(data: bytes) -> LineageCode:
    """The code that :meth:`LineageCode.to_bytes` wrote.

    :raises Damaged: on other bytes
    """
    if len(data) not in _BYTES:
        raise Damaged(f"a lineage code does not have {len(data)} bytes")
    depth = _BYTES[len(data)]
    spare = 8 * len(data) - _ROOT_BITS - STEP_BITS * depth
    number = int.from_bytes(data, "big")
    if number & (1 << spare) - 1:
        raise Damaged("the spare bits of the lineage code are set")
    return _decoded(number >> spare, depth)


def _decoded(number: int, depth: int) -> LineageCode:
    steps = [number >> STEP_BITS * place & MAX_STEP for place in range(depth)]
    root = number >> STEP_BITS * depth
    device, counter = root >> COUNTER_BITS, root & (1 << COUNTER_BITS) - 1
    try:
        return LineageCode(device, counter, tuple(reversed(steps)))
    except WrongValue as error:
        raise Damaged(str(error)) from None


def _need(is_so: bool, what: str) -> None:
    if not is_so:
        raise WrongValue(f"no lineage code has {what}")
