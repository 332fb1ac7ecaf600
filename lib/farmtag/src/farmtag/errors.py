"""Everything that this library raises.

::

    FarmtagError
    ├── TagError            what was read cannot be used
    │   ├── NotOurs         a tag of somebody else
    │   │   └── Empty       no message: a blank tag, or one that left while written
    │   ├── Damaged         ours, and its bytes are not whole
    │   ├── TooNew          of a kind, version or algorithm after this library
    │   ├── TooOldToKnow    nothing can be said with what is at hand
    │   │   ├── Retired     of a version that is no longer read
    │   │   └── StaleKeys   the key ring is older than may be relied upon
    │   ├── UnknownKey      no key of this id in the ring
    │   │   └── UnknownChip bound to its chip, and the reader did not say which it is
    │   └── Forged          the signature is not that of any key with this id, or
    │       │               the chip, the link or the split record is another's
    │       ├── Revoked     signed by a key, or being a card, that was revoked
    │       └── NotAllowed  signed by a key that may not sign this, or not on that day
    └── UseError            what was asked cannot be written
        ├── WrongValue      a value outside its range
        ├── DoesNotFit      not even the least of it fits on the chip
        └── OverIssued      the parts would be more than the whole

``TagError.retry`` says what may help. Bytes from a tag lead to a value or to a
:class:`TagError`, to nothing else.
"""

from __future__ import annotations

import enum


class Retry(enum.Enum):
    """What may make the same tag readable."""

    READ_AGAIN = "read again"
    AFTER_SYNC = "after the next synchronisation"
    AFTER_UPDATE = "after an update of the software"
    NEVER = "never"


class FarmtagError(Exception):
    """Anything that this library raises."""


class TagError(FarmtagError):
    """What was read cannot be used.

    ``found`` is what a verified tag says (a ``farmtag.Reading``) where the signature
    is good and the tag is refused for another reason; else ``None``.
    """

    retry = Retry.NEVER

    def __init__(self, message: str, found: object = None) -> None:
        super().__init__(message)
        self.found = found


class NotOurs(TagError):
    """A tag of somebody else."""


class Empty(NotOurs):
    """No message: a blank tag, or one that left while it was written."""


class Damaged(TagError):
    """Ours, and its bytes are not whole."""

    retry = Retry.READ_AGAIN


class TooNew(TagError):
    """Of a kind, version or algorithm that came after this library."""

    retry = Retry.AFTER_UPDATE


class TooOldToKnow(TagError):
    """Neither genuine nor forged can be said with what is at hand."""


class Retired(TooOldToKnow):
    """Of a version that is no longer read."""


class StaleKeys(TooOldToKnow):
    """The key ring is older than may be relied upon for this tag."""

    retry = Retry.AFTER_SYNC


class UnknownKey(TagError):
    """The ring has no key of this id."""

    retry = Retry.AFTER_SYNC


class UnknownChip(UnknownKey):
    """Bound to its chip, and the reader did not say which chip it is."""

    retry = Retry.READ_AGAIN


class Forged(TagError):
    """Not what the holder of any key of this id signed for this chip and link."""


class Revoked(Forged):
    """Signed by a key, or being a card, that was revoked."""


class NotAllowed(Forged):
    """Signed by a key that may not sign this, or not on that day."""


class UseError(FarmtagError, ValueError):
    """What was asked cannot be written."""


class WrongValue(UseError):
    """A value outside its range."""


class DoesNotFit(UseError):
    """Not even the least of it fits on the chip."""


class OverIssued(UseError):
    """The parts would be more than the whole."""
