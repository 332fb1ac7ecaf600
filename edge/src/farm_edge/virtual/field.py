"""The chips on the reader. Two may lie there; the reader gets one answer."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from ..reader.type2.products import PAGE
from .chip import REFUSED, VirtualChip
from .faults import Command, Fault, Faults, command_of

_KEPT_FRAMES = 2000
_LONGEST_AWAY = 3


@dataclass
class Answer:
    """What comes back.

    - ``data``: bytes, empty where no tag is heard, ``None`` where the frame was lost
    - ``is_late``: to be sent when the next command has come
    """

    data: bytes | None
    is_late: bool = False


@dataclass
class Field:
    """What lies on the reader.

    - ``chips``: all that there are, by name
    - ``lying``: names of those that lie there
    - ``away``: searches for which a chip that left by chance stays away
    - ``frames``: the last frames that came, oldest first
    """

    chips: dict[str, VirtualChip] = field(default_factory=dict)
    lying: list[str] = field(default_factory=list)
    away: dict[str, int] = field(default_factory=dict)
    faults: Faults = field(default_factory=Faults)
    frames: deque[bytes] = field(default_factory=lambda: deque(maxlen=_KEPT_FRAMES))

    def off(self) -> None:
        """The reader's field is switched off; next time another chip is the first."""
        for chip in self.chips.values():
            chip.power_off()
        self.lying.append(self.lying.pop(0)) if self.lying else None

    def put(self, name: str) -> None:
        """Lay a chip on the reader. :raises KeyError: if there is none of that name"""
        self.chips[name].power_off()
        self.away.pop(name, None)
        if name not in self.lying:
            self.lying.append(name)

    def take(self, name: str) -> None:
        """Take a chip away, at whatever moment."""
        if name in self.lying:
            self.lying.remove(name)
        self.chips[name].power_off()

    def answer(self, frame: bytes) -> Answer:
        """What the reader hears of a frame."""
        self.frames.append(frame)
        if command_of(frame) is Command.FIND and frame[:1] in (b"\x26", b"\x52"):
            self._come_back()
        return _STRIKES.get(self.faults.strike(frame), Field._heard)(self, frame)

    def _present(self) -> list[VirtualChip]:
        return [self.chips[name] for name in self.lying if name not in self.away]

    def _come_back(self) -> None:
        self.away = {name: n - 1 for name, n in self.away.items() if n > 1}

    def _heard(self, frame: bytes) -> Answer:
        is_search = command_of(frame) is Command.FIND or not self._present()
        answer = self._of_chips(frame)
        return Answer(b"" if answer is None and is_search else answer)

    def _of_chips(self, frame: bytes) -> bytes | None:
        """The answer of the first; those that hear a collision begin anew."""
        heard = None
        for chip in self._present():
            if heard is not None and frame[1:] == b"\x20":
                continue
            answer = chip.answer(frame)
            heard = answer if heard is None else heard
        return heard

    # what goes wrong ------------------------------------------------------------------

    def _lose(self, frame: bytes) -> Answer:
        self._of_chips(frame)
        return Answer(None)

    def _deaf(self, frame: bytes) -> Answer:
        return Answer(None)

    def _late(self, frame: bytes) -> Answer:
        return Answer(self._of_chips(frame), is_late=True)

    def _flip(self, frame: bytes) -> Answer:
        answer = self._of_chips(frame)
        return Answer(self._with_flip(answer) if answer else b"")

    def _leave(self, frame: bytes) -> Answer:
        for name in self.lying:
            self.chips[name].power_off()
            self.away[name] = self.faults.dice.randint(1, _LONGEST_AWAY)
        return Answer(b"")

    def _tear(self, frame: bytes) -> Answer:
        """Some of the bits of the page are stored, and the rest is left to chance."""
        for chip in self._present():
            before = bytes(chip.page(frame[1]))
            if chip.answer(frame) not in (None, REFUSED) and frame[1] != 3:
                torn = frame[2 : 2 + self.faults.dice.randint(0, PAGE - 1)]
                rest = self.faults.dice.choice((before, self._noise()))[len(torn) :]
                chip.poke(frame[1], torn + rest)
        return self._leave(frame)

    def _wrong(self, frame: bytes) -> Answer:
        return self._heard(frame[:2] + self._with_flip(frame[2:]))

    def _refuse(self, frame: bytes) -> Answer:
        for chip in self._present():
            chip.power_off()
        return Answer(REFUSED)

    def _with_flip(self, data: bytes) -> bytes:
        bit = self.faults.dice.randrange(len(data) * 8)
        flipped = int.from_bytes(data, "big") ^ 1 << bit
        return flipped.to_bytes(len(data), "big")

    def _noise(self) -> bytes:
        return self.faults.dice.randbytes(PAGE)


_STRIKES: dict[Fault | None, Callable[[Field, bytes], Answer]] = {
    Fault.LOSE: Field._lose,
    Fault.DEAF: Field._deaf,
    Fault.LATE: Field._late,
    Fault.FLIP: Field._flip,
    Fault.LEAVE: Field._leave,
    Fault.TEAR: Field._tear,
    Fault.WRONG: Field._wrong,
    Fault.REFUSE: Field._refuse,
}
