"""What goes wrong at a reader, and with what lies on it.

::

    EdgeError
    ├── ReaderError         nothing can be read here at present
    │   ├── ReaderGone      unplugged or not answering: close, wait, open again
    │   └── ReaderBusy      somebody else has it, or we may not use it
    └── TagError            this tag, this time
        ├── TagGone         left, or does not answer: tap again
        ├── Garbled         what was read cannot be: tap again
        ├── TwoTags         more than one lies there: take the others away
        ├── TagLocked       cannot be written, or not with our password
        └── TagUnsuitable   never will do; ``code`` says why
"""

from __future__ import annotations

from ..errors import EdgeError


class ReaderError(EdgeError):
    """Nothing can be read here at present."""

    code = "reader"


class ReaderGone(ReaderError):
    """Unplugged, or it does not answer any more."""

    code = "reader_gone"


class ReaderBusy(ReaderError):
    """Another program has the reader, or this one may not use it."""

    code = "reader_busy"


class TagError(EdgeError):
    """This tag cannot be used, or not now."""

    code = "tag"


class TagGone(TagError):
    """The tag left, or does not answer."""

    code = "tag_gone"


class Garbled(TagError):
    """What was read cannot be what is on the tag."""

    code = "garbled"


class TwoTags(TagError):
    """More than one tag lies on the reader."""

    code = "two_tags"


class TagLocked(TagError):
    """The tag takes nothing any more, or not with our password."""

    code = "tag_locked"


class TagUnsuitable(TagError):
    """The tag will not do.

    ``code``: ``kind`` (no chip that we know), ``container`` (its capability container
    is not that of its product), ``full`` (the message is longer than the chip holds),
    ``changed`` (it holds something else than it should), ``identity`` (the reader
    gives no more than a number).
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
