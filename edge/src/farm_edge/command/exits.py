"""Exit codes, and what they mean."""

from __future__ import annotations

import enum

from ..errors import EdgeError
from ..reader import ReaderError, TagError
from ..store import NotEnrolled, StoreError, UnfitSetting
from ..sync import SyncError


class Exit(enum.IntEnum):
    """How a command ended."""

    DONE = 0
    FAILED = 1
    USAGE = 2
    NOT_ENROLLED = 3
    SERVER = 4
    READER = 5
    STORE = 6
    TIME_OVER = 7
    FINDINGS = 8


MEANINGS = """\
exit codes:
  0  done
  1  not done, for a reason that is said
  2  wrong arguments
  3  the device is not enrolled
  4  the server was not reached, or refuses
  5  the reader, or the tag on it
  6  the store, or its disk
  7  nobody tapped in time; what was begun stays open
  8  doctor has found something
"""

_BY_KIND: tuple[tuple[type[EdgeError], Exit], ...] = (
    (NotEnrolled, Exit.NOT_ENROLLED),
    (UnfitSetting, Exit.USAGE),
    (StoreError, Exit.STORE),
    (SyncError, Exit.SERVER),
    (ReaderError, Exit.READER),
    (TagError, Exit.READER),
)


class NotDone(EdgeError):
    """The command ends; one sentence says why.

    - ``exit``: its exit code
    """

    def __init__(self, message: str, code: str, exit: Exit = Exit.FAILED) -> None:
        super().__init__(message)
        self.code, self.exit = code, exit


def exit_of(error: EdgeError) -> Exit:
    """The exit code of an error."""
    if isinstance(error, NotDone):
        return error.exit
    kinds = (exit for kind, exit in _BY_KIND if isinstance(error, kind))
    return next(kinds, Exit.FAILED)
