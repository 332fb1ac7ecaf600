"""The number of a payload's form: its kind, its version, whether it is bound to a chip.

On a tag it is the COSE content type (65000 + number, from the range for private use),
or the first character of a link's fragment.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from ..errors import Damaged, Retired, TooNew
from .base import Kind, Payload
from .container import Container
from .farmer_card import FarmerCard
from .revocations import Revocations
from .split import SplitRecord
from .unit import Unit

CONTENT_TYPE = 65000
_NUMBERS = 256
_CLASSES: dict[tuple[int, int], type[Payload]] = {
    (cls.KIND, cls.VERSION): cls
    for cls in (FarmerCard, Container, Unit, SplitRecord, Revocations)
}
#: the versions that are read of each kind
_READ = {int(kind): [v for k, v in _CLASSES if k == kind] for kind in Kind}


class Form(NamedTuple):
    """What stands behind a form's number."""

    kind: int
    version: int
    is_bound: bool

    @property
    def number(self) -> int:
        """0 to 255."""
        return self.version << 4 | self.kind << 1 | self.is_bound

    @property
    def content_type(self) -> int:
        """The number as a COSE content type."""
        return CONTENT_TYPE + self.number

    def read(self, plain: dict[int, Any]) -> Payload:
        """The payload of a map.

        :raises TooNew: on a kind, version or field of later days
        :raises Retired: on a version that is no longer read
        :raises Damaged: on wrong values
        """
        return self.payload_class().from_plain(plain)

    def payload_class(self) -> type[Payload]:
        """The class for it; raises as :meth:`read` does."""
        versions = _READ.get(self.kind)
        if not versions or self.version > max(versions):
            raise TooNew(f"kind {self.kind}, version {self.version}")
        if self.version not in versions:
            raise Retired(f"kind {self.kind} in version {self.version}")
        found = _CLASSES[self.kind, self.version]
        if found.BOUND not in (None, self.is_bound):
            raise Damaged(f"{found.__name__} is bound to its chip, or it is none")
        return found


def form_of(payload: Payload, is_bound: bool) -> Form:
    """The form in which a payload is written."""
    return Form(payload.KIND, payload.VERSION, is_bound)


def from_number(number: int) -> Form:
    """The form with a number from 0 to 255."""
    return Form(number >> 1 & 7, number >> 4, bool(number & 1))


def from_content_type(content_type: object) -> Form | None:
    """The form of a COSE content type, ``None`` if it is not one of ours."""
    if type(content_type) is not int or not 0 <= content_type - CONTENT_TYPE < _NUMBERS:
        return None
    return from_number(content_type - CONTENT_TYPE)
