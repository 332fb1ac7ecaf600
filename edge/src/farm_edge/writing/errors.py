"""Why a tag was not written, beside what the reader says.

::

    EdgeError
    ├── WriteError
    │   ├── OrderExpired    the order is too old: place it again
    │   └── OtherTag        this is not the tag of the order
    └── TagError
        └── NotStored       the tag does not hold what it acknowledged: tap again
"""

from __future__ import annotations

from ..errors import EdgeError
from ..reader.errors import TagError


class WriteError(EdgeError):
    """The order cannot be carried out."""

    code = "write"


class OrderExpired(WriteError):
    """The order is too old: nothing is left over for the next tag."""

    code = "order_expired"


class OtherTag(WriteError):
    """The tag on the reader is not that of the order."""

    code = "other_tag"


class NotStored(TagError):
    """The tag does not hold what it acknowledged."""

    code = "not_stored"
