"""A tag is written as ordered, or is known not to be.

- ``records``: what the store remembers of a write, as this room needs it
- ``orders``: what is to be on one tag, for a short time
- ``guard``: tags that are not even begun
- ``safe``: journal, guard, write, activate anew, compare, done; and what a power cut
  or a tag that left had interrupted
- ``errors``: why a tag was not written
"""

from .errors import NotStored, OrderExpired, OtherTag, WriteError
from .orders import Orders, WriteOrder
from .records import Meaning, Outgoing, PendingWrite, Writes
from .safe import SafeWriter

__all__ = [
    "Meaning",
    "NotStored",
    "OrderExpired",
    "Orders",
    "OtherTag",
    "Outgoing",
    "PendingWrite",
    "SafeWriter",
    "WriteError",
    "WriteOrder",
    "Writes",
]
