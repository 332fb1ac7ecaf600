"""Tags from a file, in the place of a reader; and the file, from a reader.

One JSON object a line: ``{"uid": "04A1…", "chip": "NTAG215", "message": "d101…"}``, or
``null`` for a search that found nothing. ``message`` may be missing: garbled.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO

from farmtag import Chip

from .errors import Garbled, ReaderGone, TagError, TagLocked
from .interface import Reader, Tag


class ReplayedTag:
    """A tag as it was."""

    is_writable = False

    def __init__(self, uid: bytes, chip: Chip | None, message: bytes | None) -> None:
        self.uid, self.chip, self._message = uid, chip, message

    def read(self) -> bytes:
        """:raises Garbled: if it was so then"""
        if self._message is None:
            raise Garbled("It was not read then either: go on.")
        return self._message

    def write(self, old: bytes, new: bytes) -> None:
        """:raises TagLocked: always"""
        raise TagLocked("A recording cannot be written: use a reader.")


class ReplayReader:
    """Gives the tags of a file, one for each search, once; at its end it is gone.

    :param path: of the file
    """

    def __init__(self, path: str | Path) -> None:
        self.name, self._path = f"replay:{path}", Path(path)
        self._tags: Iterator[ReplayedTag | None] | None = None
        self._has_ended = False

    def open(self) -> None:
        """Begin at the first line.

        :raises ReaderGone: also when it has ended: who looks for a reader that is gone
            would have each tag come again, and again
        """
        if self._has_ended:
            raise ReaderGone(f"{self.name} has ended: start anew.")
        try:
            lines = self._path.read_text(encoding="utf-8").splitlines()
            self._tags = iter([_tag(line) for line in lines if line.strip()])
        except OSError as error:
            raise ReaderGone(f"{self.name} cannot be opened: {error}.") from error
        except (ValueError, LookupError, TypeError) as error:
            raise ReaderGone(f"{self.name} is no recording: {error!r}.") from error

    def sense(self, seconds: float) -> ReplayedTag | None:
        """What the next line says, at once."""
        if self._tags is None:
            raise ReaderGone(f"{self.name} is not open: open it.")
        try:
            return next(self._tags)
        except StopIteration:
            self._has_ended = True
            raise ReaderGone(f"{self.name} has ended: start anew.") from None

    def close(self) -> None:
        """Forget where it was."""
        self._tags = None


class RecordingReader:
    """A reader of which all tags are written to a file as well.

    :param out: a text file, open for writing
    """

    def __init__(self, reader: Reader, out: TextIO) -> None:
        self.name, self._reader, self._out = reader.name, reader, out

    def open(self) -> None:
        """Take the reader."""
        self._reader.open()

    def sense(self, seconds: float) -> Tag | None:
        """Search, and write down what came of it."""
        tag = self._reader.sense(seconds)
        self._out.write(json.dumps(_as_line(tag) if tag else None) + "\n")
        self._out.flush()
        return tag

    def close(self) -> None:
        """Let go of the reader."""
        self._reader.close()


def _tag(text: str) -> ReplayedTag | None:
    line = json.loads(text)
    if line is None:
        return None
    if not isinstance(line, dict):
        raise TypeError(f"{text} is no tag")
    chip = Chip[line["chip"]] if line.get("chip") else None
    message = line.get("message")
    content = None if message is None else bytes.fromhex(message)
    return ReplayedTag(bytes.fromhex(line["uid"]), chip, content)


def _as_line(tag: Tag) -> dict[str, Any]:
    line = {"uid": tag.uid.hex(), "chip": tag.chip.name if tag.chip else None}
    try:
        return {**line, "message": tag.read().hex()}
    except TagError:
        return line
