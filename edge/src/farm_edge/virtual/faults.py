"""What goes wrong between reader and tag, and when: by a script or by the dice."""

from __future__ import annotations

import enum
import random
from collections import Counter
from dataclasses import dataclass, field


class Fault(enum.Enum):
    """One way to go wrong.

    Flips are of answers alone: a command that is damaged on its way to a chip has a
    wrong CRC, and the chip does not carry it out.
    """

    LOSE = "lose"  # carried out, the answer is lost
    DEAF = "deaf"  # not carried out, no answer
    LATE = "late"  # the answer comes when the next command does
    FLIP = "flip"  # one bit of the answer is wrong
    LEAVE = "leave"  # the tag leaves instead of answering
    TEAR = "tear"  # the tag leaves while it stores a page
    WRONG = "wrong"  # one bit is stored wrong, and acknowledged
    REFUSE = "refuse"  # refused without a reason


class Command(enum.Enum):
    """What faults tell apart."""

    FIND = "find"
    READ = "read"
    WRITE = "write"
    OTHER = "other"


_CODES = {
    0x26: Command.FIND,
    0x52: Command.FIND,
    0x93: Command.FIND,
    0x95: Command.FIND,
    0x30: Command.READ,
    0x3A: Command.READ,
    0xA2: Command.WRITE,
}
_ONLY_WRITES = (Fault.TEAR, Fault.WRONG)
_FIND_FAULTS = (Fault.LOSE, Fault.DEAF, Fault.LATE)


def command_of(frame: bytes) -> Command:
    """What a frame asks for."""
    return _CODES.get(frame[0], Command.OTHER) if frame else Command.OTHER


@dataclass(frozen=True)
class Cue:
    """The ``nth`` command of a sort from now on, from 1, goes wrong."""

    command: Command
    nth: int
    fault: Fault


@dataclass
class Faults:
    """When what goes wrong.

    - ``rates``: chance of each fault, 0 to 1, for every command
    - ``script``: what goes wrong for certain; before the dice
    """

    seed: int = 0
    rates: dict[Fault, float] = field(default_factory=dict)
    script: list[Cue] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.dice = random.Random(self.seed)
        self._seen: Counter[Command] = Counter()

    def strike(self, frame: bytes) -> Fault | None:
        """What goes wrong with this frame."""
        command = command_of(frame)
        self._seen[command] += 1
        for cue in self.script:
            if cue.command is command and cue.nth == self._seen[command]:
                return cue.fault
        return self._by_dice(command)

    def _by_dice(self, command: Command) -> Fault | None:
        for fault, rate in self.rates.items():
            if _can_strike(fault, command) and self.dice.random() < rate:
                return fault
        return None


def _can_strike(fault: Fault, command: Command) -> bool:
    if fault in _ONLY_WRITES:
        return command is Command.WRITE
    return command is not Command.FIND or fault in _FIND_FAULTS
