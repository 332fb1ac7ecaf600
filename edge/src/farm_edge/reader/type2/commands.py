"""What a Type 2 chip is asked, and what it may answer (NTAG21x data sheet, 10)."""

from __future__ import annotations

from collections.abc import Callable

from ..errors import Garbled, TagGone, TagLocked
from .products import PAGE

#: sends a frame and gives the answer; raises :class:`TagGone` if none came
Exchange = Callable[[bytes], bytes]

TRIES = 3
_ACK = b"\x0a"
_NAKS = (b"\x00", b"\x01", b"\x04", b"\x05")
_READ_PAGES = 4
_VERSION_BYTES = 8


class Refused(TagGone):
    """The chip refused a command, and has to be activated anew."""


class Commands:
    """Commands for the one chip that is selected.

    A command whose answer does not come is sent again: each of them does the same
    twice as once.

    :param longest: bytes that the reader can take in one answer
    """

    def __init__(self, exchange: Exchange, longest: int = 64) -> None:
        self._exchange = exchange
        self._most_pages = max(longest // PAGE, _READ_PAGES)

    def version(self) -> bytes:
        """What product it is, 8 bytes. :raises Refused: it does not know that"""
        return self._sized(b"\x60", _VERSION_BYTES)

    def read(self, page: int) -> bytes:
        """The 16 bytes from a page on; after the last page comes the first."""
        return self._sized(bytes((0x30, page)), _READ_PAGES * PAGE)

    def fast_read(self, first: int, end: int) -> bytes:
        """The bytes from one page to before another, in as few frames as go."""
        data = b""
        for start in range(first, end, self._most_pages):
            last = min(start + self._most_pages, end) - 1
            data += self._sized(bytes((0x3A, start, last)), (last - start + 1) * PAGE)
        return data

    def slow_read(self, first: int, end: int) -> bytes:
        """The same for chips that do not know FAST_READ."""
        pages = range(first, end, _READ_PAGES)
        return b"".join(map(self.read, pages))[: (end - first) * PAGE]

    def write(self, page: int, data: bytes) -> None:
        """Store a page. :raises Refused: it was not stored"""
        answer = self._send(bytes((0xA2, page)) + data)
        if answer != _ACK:
            raise Garbled(f"Page {page} was neither stored nor refused: tap again.")

    def authenticate(self, password: bytes, pack: bytes) -> None:
        """Give the password once: chips count the wrong ones.

        :param password: 4 bytes
        :param pack: 2 bytes that show that the chip knows it too
        :raises TagLocked: it is another's
        """
        answer = self._exchange(b"\x1b" + password)
        if answer != pack:
            raise TagLocked("The tag has another password: take a tag of ours.")

    def halt(self) -> None:
        """Have it be silent until the field was off."""
        try:
            self._exchange(b"\x50\x00")
        except TagGone:
            return  # silence is the answer

    def _sized(self, frame: bytes, size: int) -> bytes:
        answer = self._send(frame)
        if len(answer) != size:
            raise Garbled(f"{len(answer)} bytes came instead of {size}: tap again.")
        return answer

    def _send(self, frame: bytes) -> bytes:
        for left in reversed(range(TRIES)):
            try:
                answer = self._exchange(frame)
            except TagGone:
                if not left:
                    raise
            else:
                break
        if answer in _NAKS:
            raise Refused(f"The tag refused command {frame[:2].hex()}: tap again.")
        return answer
