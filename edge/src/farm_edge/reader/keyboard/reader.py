"""A keyboard, or a stream of lines, as a reader."""

from __future__ import annotations

import errno
import fcntl
import os
import select
import stat
import time
from collections import deque
from dataclasses import dataclass

from farmtag import Chip

from ..errors import ReaderBusy, ReaderError, ReaderGone, TagUnsuitable
from .keys import Decoder, KeyDecoder, TextDecoder
from .typed import Kind, Spelling, Typed, meaning

STANDARD_INPUT = "-"
_KEYBOARDS = "/dev/input/"
_GRAB = 0x40044590  # EVIOCGRAB: keys come here only, not to what is on the screen
_BUSY = (errno.EACCES, errno.EPERM, errno.EBUSY)
_CHUNK = 4096


@dataclass(frozen=True)
class TypedTag:
    """A tag of which no more is known than what was typed.

    - ``typed``: kind and value
    """

    typed: Typed
    chip: Chip | None = None
    is_writable: bool = False

    @property
    def uid(self) -> bytes:
        """What tells it from others; of the chip if ``kind`` says so."""
        return self.typed.value

    @property
    def kind(self) -> Kind:
        """What was typed."""
        return self.typed.kind

    def read(self) -> bytes:
        """:raises TagUnsuitable: ``identity``; always"""
        raise self._unsuitable()

    def write(self, old: bytes, new: bytes) -> None:
        """:raises TagUnsuitable: ``identity``; always"""
        raise self._unsuitable()

    def _unsuitable(self) -> TagUnsuitable:
        return TagUnsuitable(
            "identity",
            f"All that is known is {self.typed.text}: use a reader that reads tags.",
        )


class KeyboardReader:
    """One reader that types.

    :param path: ``/dev/input/…`` (best that of ``by-id``), a pipe or a serial line that
        gives text, or ``-`` for standard input
    :param spelling: how it spells UIDs
    """

    def __init__(self, path: str, spelling: Spelling = Spelling.HEX) -> None:
        self.name = f"keys:{path}"
        self._path, self._spelling = path, spelling
        self._file: int | None = None
        self._decoder: Decoder = TextDecoder()
        self._waiting: deque[Typed] = deque()

    def open(self) -> None:
        """Take it; a keyboard's keys then come nowhere else."""
        self.close()
        is_keyboard = os.path.realpath(self._path).startswith(_KEYBOARDS)
        self._decoder = KeyDecoder() if is_keyboard else TextDecoder()
        try:
            self._file = self._opened()
            if stat.S_ISCHR(os.fstat(self._file).st_mode) and is_keyboard:
                fcntl.ioctl(self._file, _GRAB, 1)
        except OSError as error:
            self.close()
            raise self._error(error) from error

    def sense(self, seconds: float) -> TypedTag | None:
        """The next line; those that came before are not lost."""
        end = time.monotonic() + seconds
        while not self._waiting:
            left = end - time.monotonic()
            if not self._read(max(left, 0)) and left <= 0:
                return None
        return TypedTag(self._waiting.popleft())

    def close(self) -> None:
        """Let go of it."""
        file, self._file = self._file, None
        self._waiting.clear()
        if file is not None and self._path != STANDARD_INPUT:
            os.close(file)

    def _error(self, error: OSError) -> ReaderError:
        what = f"{self.name} does not work ({error}):"
        if error.errno in _BUSY:
            return ReaderBusy(f"{what} end the other program, or give us the right.")
        return ReaderGone(f"{what} plug it in.")

    def _opened(self) -> int:
        if self._path == STANDARD_INPUT:
            return 0
        return os.open(self._path, os.O_RDONLY | os.O_NONBLOCK)

    def _read(self, seconds: float) -> bool:
        """Take in what was typed. :return: whether there was any"""
        if self._file is None:
            raise ReaderGone(f"{self.name} is not open: open it.")
        if not select.select([self._file], [], [], seconds)[0]:
            return False
        try:
            data = os.read(self._file, _CHUNK)
        except OSError as error:
            raise self._error(error) from error
        if not data:
            raise ReaderGone(f"{self.name} has ended: start it again.")
        lines = self._decoder.lines(data)
        typed = (meaning(line, self._spelling) for line in lines)
        self._waiting.extend(one for one in typed if one)
        return True
