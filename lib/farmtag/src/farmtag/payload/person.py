"""What goes into a private or sealed part: who the farmer is."""

from __future__ import annotations

from dataclasses import dataclass

from .. import cbor
from ..errors import Damaged, WrongValue
from .wire import Letters, Open, Row, column


@dataclass(frozen=True)
class Person:
    """A person as a private part holds him; ``None`` for what is not told."""

    name: str | None = column(Open(Letters(64)))
    phone: str | None = column(Open(Letters(24)))
    identity: str | None = column(Open(Letters(24)))

    def to_bytes(self) -> bytes:
        """What to lock or to seal.

        :raises WrongValue: if a text is too long or empty
        """
        return cbor.encode(_ROW.encode(self))


def person_from(content: bytes) -> Person:
    """The person whom an opened part tells of.

    :raises Damaged: on other bytes
    """
    try:
        person: Person = _ROW.decode(cbor.decode(content))
    except WrongValue as error:
        raise Damaged(f"private part: {error}") from None
    return person


_ROW = Row(Person)
