"""A chip: its memory, and what it answers to each frame.

Frames are those of ISO 14443-3 type A and of the NTAG21x data sheet, without check
sums. A chip that refuses a command falls back to idle, as the real ones do.
"""

from __future__ import annotations

import enum
from functools import reduce
from operator import xor

from ..reader.layout import image
from ..reader.type2.products import FIRST_PAGE, PAGE, Product

ACK, REFUSED, NOT_STORED = b"\x0a", b"\x00", b"\x05"
NO_PASSWORD_FROM = 0xFF
_STATIC_LOCK, _CONTAINER = 2, 3


class State(enum.Enum):
    """Where a chip is between field off and selected."""

    IDLE = enum.auto()
    READY_1 = enum.auto()
    READY_2 = enum.auto()
    ACTIVE = enum.auto()
    HALTED = enum.auto()


class VirtualChip:
    """One chip.

    :param uid: 7 bytes
    :param message: the NDEF message on it
    """

    def __init__(self, product: Product, uid: bytes, message: bytes = b"") -> None:
        self.product, self.uid, self.state = product, uid, State.IDLE
        self.memory = bytearray(product.pages * PAGE)
        self._is_trusted = False
        self._make(message)

    def answer(self, frame: bytes) -> bytes | None:
        """What it answers, ``None`` if it stays silent."""
        if self.state is State.ACTIVE:
            return self._command(frame)
        return self._anticollision(frame)

    def power_off(self) -> None:
        """The field is off, or the chip left it."""
        self.state, self._is_trusted = State.IDLE, False

    def page(self, number: int) -> bytearray:
        """4 bytes of the memory."""
        return self.memory[number * PAGE : (number + 1) * PAGE]

    def poke(self, page: int, data: bytes) -> None:
        """Set bytes of the memory past all rules.

        :raises ValueError: if it has no such bytes
        """
        if not 0 <= page * PAGE <= len(self.memory) - len(data):
            raise ValueError(f"{self.product.chip.name} has no such bytes")
        self.memory[page * PAGE : page * PAGE + len(data)] = data

    def protect(self, password: bytes, pack: bytes, first: int) -> None:
        """Ask for a password before writing.

        :param password: 4 bytes
        :param pack: 2 bytes that the chip answers to it
        :param first: the page from which on it is asked for
        """
        config = self._config_page()
        self.poke(config, bytes((*self.page(config)[:3], first)))
        self.poke(config + 2, password + pack)

    def selection(self) -> list[bytes]:
        """The frames that select it."""
        serial = self._serial()
        return [b"\x26", b"\x93\x70" + serial[:5], b"\x95\x70" + serial[5:]]

    # selection ------------------------------------------------------------------------

    def _anticollision(self, frame: bytes) -> bytes | None:
        levels = {State.READY_1: (0x93, 0), State.READY_2: (0x95, 5)}
        if frame == b"\x26" and self.state is State.HALTED:
            return None
        if frame in (b"\x26", b"\x52"):
            self.state = State.READY_1
            return b"\x44\x00"
        if self.state not in levels:
            return None
        code, start = levels[self.state]
        part = self._serial()[start : start + 5]
        if frame == bytes((code, 0x20)):
            return part
        if frame == bytes((code, 0x70)) + part:
            return self._selected()
        self.state = State.IDLE
        return None

    def _selected(self) -> bytes:
        is_first = self.state is State.READY_1
        self.state = State.READY_2 if is_first else State.ACTIVE
        return b"\x04" if is_first else b"\x00"

    def _serial(self) -> bytes:
        first, second = b"\x88" + self.uid[:3], self.uid[3:]
        return first + _sum(first) + second + _sum(second)

    # commands -------------------------------------------------------------------------

    def _command(self, frame: bytes) -> bytes | None:
        if frame in (b"\x26", b"\x52"):
            self.power_off()
            return None
        code, rest = frame[:1], frame[1:]
        commands = {
            b"\x30": self._read,
            b"\x3a": self._fast_read,
            b"\xa2": self._write,
            b"\x60": self._version,
            b"\x3c": self._signature,
            b"\x1b": self._password,
            b"\x50": self._halt,
            b"\x1a": self._challenge,
        }
        answer = commands.get(code, self._unknown)(rest)
        if answer in (REFUSED, NOT_STORED):
            self.power_off()
        return answer

    def _read(self, rest: bytes) -> bytes:
        if len(rest) != 1 or rest[0] >= self.product.pages:
            return REFUSED
        numbers = [(rest[0] + i) % self.product.pages for i in range(4)]
        return b"".join(map(self._shown, numbers))

    def _fast_read(self, rest: bytes) -> bytes:
        if self.product.version is None or len(rest) != 2:
            return REFUSED
        first, last = rest
        if not first <= last < self.product.pages:
            return REFUSED
        return b"".join(map(self._shown, range(first, last + 1)))

    def _shown(self, page: int) -> bytes:
        config = self.product.config_page
        is_secret = config is not None and page >= config + 2
        return bytes(PAGE) if is_secret else bytes(self.page(page))

    def _write(self, rest: bytes) -> bytes:
        if len(rest) != 1 + PAGE or self.is_locked(rest[0]):
            return REFUSED
        page, data = rest[0], rest[1:]
        if page in (_STATIC_LOCK, _CONTAINER, self.product.lock_page):
            data = bytes(a | b for a, b in zip(self.page(page), data, strict=True))
        if page == _STATIC_LOCK:
            data = bytes(self.page(page)[:2]) + data[2:]
        self.poke(page, data)
        return ACK

    def is_locked(self, page: int) -> bool:
        """Whether a write to the page is refused."""
        if not _STATIC_LOCK <= page < self.product.pages:
            return True
        return self._asks_password(page) or self._has_lock_bit(page)

    def _asks_password(self, page: int) -> bool:
        config = self.product.config_page
        if config is None or self._is_trusted:
            return False
        return page >= self.page(config)[3]

    def _has_lock_bit(self, page: int) -> bool:
        static = int.from_bytes(self.page(_STATIC_LOCK)[2:4], "little")
        if _CONTAINER <= page < 16:
            return bool(static >> page & 1)
        if 16 <= page < self.product.lock_page:
            bits = int.from_bytes(self._lock_bytes(), "little")
            return bool(bits >> (page - 16) // self.product.locked_at_once & 1)
        return False

    def _lock_bytes(self) -> bytes:
        return bytes(self.page(self.product.lock_page)[: self.product.lock_bytes])

    def _version(self, rest: bytes) -> bytes:
        return self.product.version or REFUSED

    def _signature(self, rest: bytes) -> bytes:
        return bytes(32) if self.product.version else REFUSED

    def _password(self, rest: bytes) -> bytes:
        if self.product.config_page is None:
            return REFUSED
        config = self._config_page()
        if rest != bytes(self.page(config + 2)):
            return REFUSED
        self._is_trusted = True
        return bytes(self.page(config + 3)[:2])

    def _halt(self, rest: bytes) -> None:
        self.power_off()
        self.state = State.HALTED

    def _challenge(self, rest: bytes) -> None:
        self.power_off()

    def _unknown(self, rest: bytes) -> bytes:
        return REFUSED

    # as it comes from the factory -----------------------------------------------------

    def _make(self, message: bytes) -> None:
        product, uid = self.product, self.uid
        self.poke(0, uid[:3] + _sum(b"\x88" + uid[:3]) + uid[3:])
        self.poke(_STATIC_LOCK, _sum(uid[3:]) + b"\x48\x00\x00")
        self.poke(_CONTAINER, product.container)
        self.poke(FIRST_PAGE, image(product, message))
        if product.config_page is not None:
            self.poke(product.lock_page, b"\x00\x00\x00\xbd")
            self.poke(product.config_page, bytes((4, 0, 0, NO_PASSWORD_FROM)))
            self.poke(product.config_page + 2, b"\xff\xff\xff\xff")

    def _config_page(self) -> int:
        if self.product.config_page is None:
            raise ValueError(f"{self.product.chip.name} knows no password")
        return self.product.config_page


def _sum(data: bytes) -> bytes:
    return bytes((reduce(xor, data),))
