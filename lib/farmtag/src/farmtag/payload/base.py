"""What payloads have in common: numbered fields, their form in CBOR, their check.

A payload is a CBOR map with small whole numbers as keys. A field that may be left out
is ``None`` or ``()``; what has the highest ``rank`` is the first to go when a chip is
too small, what has none is never left out.
"""

from __future__ import annotations

import dataclasses
import datetime
import enum
from collections.abc import Collection, Iterable
from typing import Any, ClassVar, NamedTuple, TypeVar

from ..errors import Damaged, TooNew, WrongValue
from ..lineage import LineageCode
from .wire import CODE, DAY, SEQUENCE, Several, Wire

P = TypeVar("P", bound="Payload")


class Kind(enum.IntEnum):
    """What a payload is about; the numbers stand on tags."""

    FARMER_CARD = 1
    CONTAINER = 2
    UNIT = 3
    SPLIT = 4
    REVOCATIONS = 5


#: what a tag begins with
ON_TAGS = frozenset({Kind.FARMER_CARD, Kind.CONTAINER, Kind.UNIT})


class Field(NamedTuple):
    name: str
    key: int
    wire: Wire
    rank: int | None
    default: Any

    @property
    def is_needed(self) -> bool:
        """Whether every payload of the kind has it."""
        return self.default is dataclasses.MISSING


def needed(key: int, wire: Wire) -> Any:
    """A field that every payload of the kind has."""
    return dataclasses.field(metadata={"key": key, "wire": wire, "rank": None})


def optional(key: int, wire: Wire, rank: int | None = None) -> Any:
    """A field that may be absent: ``()`` for several values, else ``None``."""
    default: Any = () if isinstance(wire, Several) else None
    metadata = {"key": key, "wire": wire, "rank": rank}
    return dataclasses.field(default=default, metadata=metadata)


@dataclasses.dataclass(frozen=True, kw_only=True)
class Payload:
    """What every signed statement says.

    - ``code``: of the card, the container or the unit
    - ``written``: the day on which it was signed; for a bunch, that of the purchase
    - ``sequence``: the number of the event in the journal of the device that signed it

    :raises WrongValue: if a value is outside its range or they contradict each other
    """

    KIND: ClassVar[Kind]
    VERSION: ClassVar[int]
    #: whether it holds for one chip only; ``None``: as the writer likes
    BOUND: ClassVar[bool | None]

    code: LineageCode = needed(1, CODE)
    written: datetime.date = needed(2, DAY)
    sequence: int | None = optional(3, SEQUENCE, rank=45)

    def __post_init__(self) -> None:
        self.to_plain()
        self.check()

    def check(self) -> None:
        """Check that the values agree with each other.

        :raises WrongValue: when they do not
        """

    def to_plain(self) -> dict[int, Any]:
        """The map of key → plain value that goes into CBOR."""
        plain = {}
        for field in fields_of(type(self)):
            value = getattr(self, field.name)
            if field.is_needed or value not in (None, ()):
                plain[field.key] = _encoded(field, value)
        return plain

    @classmethod
    def from_plain(cls: type[P], plain: dict[int, Any]) -> P:
        """The payload of a map.

        :raises Damaged: on a missing field, a wrong value or a contradiction
        :raises TooNew: on a field that this version does not have
        """
        fields = fields_of(cls)
        strange = plain.keys() - {field.key for field in fields}
        if strange:
            raise TooNew(f"{cls.__name__} with unknown fields {sorted(strange)}")
        try:
            return _made(cls, dict(_decoded(fields, plain)))
        except WrongValue as error:
            raise Damaged(f"{cls.__name__}: {error}") from None

    def without(self: P, names: Collection[str]) -> P:
        """A copy that lacks the fields named."""
        fields = dataclasses.fields(self)
        absent: Any = {f.name: f.default for f in fields if f.name in names}
        return dataclasses.replace(self, **absent)

    def can_lose(self) -> list[tuple[int, str]]:
        """Rank and name of the fields with a value that may be left out."""
        return [
            (field.rank, field.name)
            for field in fields_of(type(self))
            if field.rank is not None and getattr(self, field.name) not in (None, ())
        ]


_FIELDS: dict[type[Any], tuple[Field, ...]] = {}


def fields_of(kind: type[Payload]) -> tuple[Field, ...]:
    """The fields of a kind of payload, by key."""
    if kind not in _FIELDS:
        fields = [
            Field(name=field.name, default=field.default, **field.metadata)
            for field in dataclasses.fields(kind)
        ]
        _FIELDS[kind] = tuple(sorted(fields, key=lambda field: field.key))
    return _FIELDS[kind]


def _encoded(field: Field, value: Any) -> Any:
    try:
        return field.wire.encode(value)
    except WrongValue as error:
        raise WrongValue(f"{field.name}: {error}") from None


def _decoded(fields: tuple[Field, ...], plain: dict[int, Any]) -> Iterable[Any]:
    for field in fields:
        if field.key in plain:
            yield field.name, field.wire.decode(plain[field.key])
        elif field.is_needed:
            raise WrongValue(f"{field.name} is missing")
        else:
            yield field.name, field.default


def _made(kind: type[P], values: dict[str, Any]) -> P:
    """A payload of values that are in their range already."""
    payload = object.__new__(kind)
    payload.__dict__.update(values)
    payload.check()
    return payload
