"""Several readers at once, each in a thread of its own.

Readers come and go, a tag that rests is told of once, and nothing here waits for a
network: what is done with a tag is done by the listener, while the tag lies there.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence
from typing import Protocol

from .errors import Garbled, ReaderError, TagError, TagGone
from .interface import Reader, Tag

log = logging.getLogger(__name__)

SENSE_SECONDS = 0.2
RESTING_SECONDS = 0.1
FIRST_BACK_OFF_SECONDS = 0.25
LONGEST_BACK_OFF_SECONDS = 5.0
#: searches without an answer after which a tag has left; one may be bad luck
SEARCHES_UNTIL_LEFT = 3
#: activations that a tag gets until it is refused
TRIES = 5


class Listener(Protocol):
    """Is told what happens, in the thread of the reader."""

    def tag_came(self, reader: Reader, tag: Tag) -> None:
        """Work with a tag. :raises TagError: it is told of again where that may help"""

    def tag_left(self, reader: Reader, uid: bytes) -> None:
        """The tag that was told of lies there no more."""

    def tag_refused(self, reader: Reader, error: TagError) -> None:
        """What lies there cannot be worked with; once for each reason."""

    def reader_lost(self, reader: Reader, error: ReaderError) -> None:
        """The reader is not there; it is looked for."""

    def reader_found(self, reader: Reader) -> None:
        """The reader is there, or there again."""


class Station:
    """One reader and what lies on it."""

    def __init__(self, reader: Reader, listener: Listener) -> None:
        self.reader, self._listener = reader, listener
        self._is_open = False
        self._works: bool | None = None
        self._back_off = FIRST_BACK_OFF_SECONDS
        self._resting: bytes | None = None
        self._searches = 0
        self._tries_left = 0
        self._refused: str | None = None
        self._is_again = False

    def again(self) -> None:
        """Have the tag that rests here told of once more; called by any thread."""
        self._is_again = True

    def look(self) -> float:
        """Look once. :return: seconds until it is worth looking again"""
        try:
            if not self._is_open:
                self.reader.open()
                self._is_open = True
            return self._look()
        except ReaderError as error:
            return self._lost(error)
        except Exception:  # such as a full disk: the next tag has to be read
            log.exception("looking at %s failed", self.reader.name)
            return RESTING_SECONDS

    def close(self) -> None:
        """Let go of the reader."""
        self.reader.close()
        self._is_open = False

    # the reader -----------------------------------------------------------------------

    def _found(self) -> None:
        self._back_off = FIRST_BACK_OFF_SECONDS
        if not self._works:
            self._works = True
            self._listener.reader_found(self.reader)

    def _lost(self, error: ReaderError) -> float:
        self.close()
        seconds = self._back_off
        self._back_off = min(2 * seconds, LONGEST_BACK_OFF_SECONDS)
        try:
            self._left()
            if self._works is not False:
                self._works = False
                self._listener.reader_lost(self.reader, error)
        except Exception:
            log.exception("that %s is lost could not be told", self.reader.name)
        return seconds

    # what lies on it ------------------------------------------------------------------

    def _look(self) -> float:
        try:
            tag = self.reader.sense(SENSE_SECONDS)
        except TagGone:
            self._found()
            self._nothing()
            return 0.0
        except TagError as error:
            self._found()
            self._refuse(error)
            return RESTING_SECONDS
        self._found()
        if tag is None:
            self._nothing()
            return 0.0
        self._seen(tag)
        return RESTING_SECONDS

    def _nothing(self) -> None:
        self._searches += 1
        if self._searches >= SEARCHES_UNTIL_LEFT:
            self._left()
            self._refused = None

    def _left(self) -> None:
        uid, self._resting = self._resting, None
        if uid is not None:
            self._listener.tag_left(self.reader, uid)

    def _seen(self, tag: Tag) -> None:
        self._searches = 0
        if tag.uid != self._resting:
            self._left()
            self._is_again = True
        if self._is_again:
            self._is_again = False
            self._resting, self._tries_left, self._refused = tag.uid, TRIES, None
        if self._tries_left:
            self._tell(tag)

    def _tell(self, tag: Tag) -> None:
        """Have the listener work with it; what came to nothing is tried again."""
        self._tries_left -= 1
        try:
            self._listener.tag_came(self.reader, tag)
        except (TagGone, Garbled) as error:
            if not self._tries_left:
                self._refuse(error)
        except TagError as error:
            self._tries_left = 0
            self._refuse(error)
        except ReaderError:
            raise  # not this tag's fault: the station closes and opens again
        except Exception:
            self._tries_left = 0
            log.exception("work with a tag at %s failed", self.reader.name)
        else:
            self._tries_left = 0

    def _refuse(self, error: TagError) -> None:
        if error.code != self._refused:
            self._listener.tag_refused(self.reader, error)
        self._refused = error.code


class Watch:
    """Looks at readers until it is stopped."""

    def __init__(self, readers: Sequence[Reader], listener: Listener) -> None:
        self.stations = [Station(reader, listener) for reader in readers]
        self._end = threading.Event()
        self._threads: list[threading.Thread] = []

    def start(self) -> None:
        """Begin to look."""
        for station in self.stations:
            name = f"reader {station.reader.name}"
            thread = threading.Thread(
                target=self._run, args=(station,), name=name, daemon=True
            )
            self._threads.append(thread)
            thread.start()

    def again(self) -> None:
        """Have tags that rest told of once more, as somebody has pressed a button."""
        for station in self.stations:
            station.again()

    def stop(self) -> None:
        """End, when what is being done with tags is done; readers are closed."""
        self._end.set()
        for thread in self._threads:
            thread.join()

    def _run(self, station: Station) -> None:
        try:
            while not self._end.is_set():
                self._end.wait(station.look())
        finally:
            station.close()
