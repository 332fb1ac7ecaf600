"""What a reader is, whatever is behind it."""

from __future__ import annotations

from typing import Protocol

from farmtag import Chip


class Tag(Protocol):
    """A tag while it lies there: one activation, worth nothing after an error.

    - ``uid``: 4, 7 or 10 bytes; none where the reader tells something else
    - ``chip``: ``None`` if it is none that we know
    """

    @property
    def uid(self) -> bytes: ...

    @property
    def chip(self) -> Chip | None: ...

    @property
    def is_writable(self) -> bool:
        """Whether it takes a message as it is.

        :raises TagError: if that cannot be found out
        """

    def read(self) -> bytes:
        """The NDEF message; empty if there is none. Never believe one read.

        :raises TagError: gone, garbled or unsuitable
        """

    def write(self, old: bytes, new: bytes) -> None:
        """Put a message in the place of another, only where they differ.

        That it was stored is not known until a new activation reads it.

        :param old: what it holds; empty also where nothing can be made of it
        :raises TagError: what is on the tag is then not known
        """


class Reader(Protocol):
    """Something that tags are held to.

    - ``name``: as a person sees it: ``usb:001:004``, ``udp:127.0.0.1:41000``
    """

    @property
    def name(self) -> str: ...

    def open(self) -> None:
        """Take the reader. :raises ReaderError: gone or busy"""

    def sense(self, seconds: float) -> Tag | None:
        """Activate what lies there anew; ``None`` if nothing does for so long.

        :raises ReaderError: close it, and open it again later
        :raises TwoTags: more than one tag lies there
        :raises TagError: there is a tag, and it cannot be said which
        """

    def close(self) -> None:
        """Let go of it; nothing is raised, and twice is as good as once."""
