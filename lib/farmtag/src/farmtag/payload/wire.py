"""How the values of payload fields stand in CBOR; one value has one form.

Each has ``encode`` (value → plain CBOR value) and ``decode`` (back); both raise
:class:`WrongValue` for what is outside the range.
"""

from __future__ import annotations

import dataclasses
import datetime
import enum
from typing import Any, Generic, Protocol, TypeVar

from .. import lineage
from ..errors import Damaged, WrongValue

FIRST_DAY = datetime.date(2020, 1, 1)
LAST_DAY = FIRST_DAY + datetime.timedelta(days=0xFFFF)

E = TypeVar("E", bound=enum.IntEnum)


class Wire(Protocol):
    """The form of one field."""

    def encode(self, value: Any) -> Any: ...
    def decode(self, plain: Any) -> Any: ...


@dataclasses.dataclass(frozen=True)
class Number:
    """A whole number of ``least`` to ``most``."""

    most: int
    least: int = 0

    def encode(self, value: Any) -> int:
        if type(value) is not int or not self.least <= value <= self.most:
            raise WrongValue(f"{value!r} is not in {self.least} to {self.most}")
        return value

    decode = encode


@dataclasses.dataclass(frozen=True)
class Choice(Generic[E]):
    """A member of an enumeration, by its number."""

    kinds: type[E]

    def encode(self, value: Any) -> int:
        if not isinstance(value, self.kinds):
            raise WrongValue(f"{value!r} is no {self.kinds.__name__}")
        return int(value)

    def decode(self, plain: Any) -> E:
        if type(plain) is not int or plain not in self.kinds._value2member_map_:
            raise WrongValue(f"{plain!r} is no {self.kinds.__name__}")
        return self.kinds(plain)


@dataclasses.dataclass(frozen=True)
class Letters:
    """Text of at most so many bytes of UTF-8, without control characters."""

    most: int

    def encode(self, value: Any) -> str:
        if not isinstance(value, str) or not value.isprintable():
            raise WrongValue(f"{value!r} is no text")
        if not 0 < len(value.encode("utf-8", "replace")) <= self.most:
            raise WrongValue(f"{value!r} does not have 1 to {self.most} bytes")
        return value

    decode = encode


@dataclasses.dataclass(frozen=True)
class Octets:
    """``least`` to ``most`` bytes."""

    least: int
    most: int

    def encode(self, value: Any) -> bytes:
        if not isinstance(value, bytes) or not self.least <= len(value) <= self.most:
            raise WrongValue(f"not {self.least} to {self.most} bytes")
        return value

    decode = encode


class Day:
    """A date as days since the first of January 2020."""

    def encode(self, value: Any) -> int:
        # A moment is a date to Python, and none on a tag.
        if not isinstance(value, datetime.date) or isinstance(value, datetime.datetime):
            raise WrongValue(f"{value!r} is no date")
        if not FIRST_DAY <= value <= LAST_DAY:
            raise WrongValue(f"{value!r} is no date from {FIRST_DAY} to {LAST_DAY}")
        return (value - FIRST_DAY).days

    def decode(self, plain: Any) -> datetime.date:
        if type(plain) is not int or not 0 <= plain <= 0xFFFF:
            raise WrongValue(f"{plain!r} is no day")
        return FIRST_DAY + datetime.timedelta(days=plain)


class Code:
    """A lineage code as 5 to 10 bytes."""

    def encode(self, value: Any) -> bytes:
        if not isinstance(value, lineage.LineageCode):
            raise WrongValue(f"{value!r} is no lineage code")
        return value.to_bytes()

    def decode(self, plain: Any) -> lineage.LineageCode:
        if not isinstance(plain, bytes):
            raise WrongValue(f"{plain!r} is no lineage code")
        try:
            return lineage.from_bytes(plain)
        except Damaged as error:
            raise WrongValue(str(error)) from None


@dataclasses.dataclass(frozen=True)
class Several:
    """A tuple of 1 to ``most`` values; an empty one is no field at all."""

    one: Wire
    most: int

    def encode(self, value: Any) -> list[Any]:
        if not isinstance(value, tuple) or not 0 < len(value) <= self.most:
            raise WrongValue(f"not a tuple of 1 to {self.most}")
        return [self.one.encode(item) for item in value]

    def decode(self, plain: Any) -> tuple[Any, ...]:
        if not isinstance(plain, list) or not 0 < len(plain) <= self.most:
            raise WrongValue(f"not a list of 1 to {self.most}")
        return tuple(self.one.decode(item) for item in plain)


class Row:
    """A small dataclass as an array of its fields in their order."""

    def __init__(self, kind: type[Any]) -> None:
        self._kind = kind
        fields = dataclasses.fields(kind)
        self._columns = [(field.name, field.metadata["wire"]) for field in fields]

    def encode(self, value: Any) -> list[Any]:
        if type(value) is not self._kind:
            raise WrongValue(f"{value!r} is no {self._kind.__name__}")
        return [wire.encode(getattr(value, name)) for name, wire in self._columns]

    def decode(self, plain: Any) -> Any:
        if not isinstance(plain, list) or len(plain) != len(self._columns):
            raise WrongValue(f"{plain!r} is no {self._kind.__name__}")
        pairs = zip(self._columns, plain, strict=True)
        return self._kind(*(wire.decode(item) for (_name, wire), item in pairs))


@dataclasses.dataclass(frozen=True)
class Open:
    """A value that may be absent from its row."""

    wire: Wire

    def encode(self, value: Any) -> Any:
        return None if value is None else self.wire.encode(value)

    def decode(self, plain: Any) -> Any:
        return None if plain is None else self.wire.decode(plain)


def column(wire: Wire) -> Any:
    """A field of a dataclass that is a :class:`Row`."""
    return dataclasses.field(metadata={"wire": wire})


DAY = Day()
CODE = Code()
COUNT = Number(0xFFFF)
REFERENCE = Number(0xFFFF_FFFF)
REGION = Number(99_9999_9999)  # ten digits of a village
GRAMS = Number(0xFFFF_FFFF)
SEQUENCE = Number((1 << 48) - 1)
