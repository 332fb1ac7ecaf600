"""Payloads as JSON that any language reads, and back.

Dates are ISO, lineage codes their text, enumerations their names, bytes hexadecimal;
what is absent is not there.
"""

import dataclasses
import datetime
import enum
import types
import typing

from farmtag import LineageCode
from farmtag.lineage import parse


def to_json(value):
    """A payload, or a value of one, as JSON has it."""
    if isinstance(value, LineageCode | datetime.date):
        return str(value)
    if isinstance(value, enum.Enum):
        return value.name
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, tuple):
        return [to_json(one) for one in value]
    if dataclasses.is_dataclass(value):
        pairs = ((f.name, getattr(value, f.name)) for f in dataclasses.fields(value))
        return {name: to_json(one) for name, one in pairs if one not in (None, ())}
    return value


def from_json(kind, described):
    """The value of a type that JSON describes."""
    arguments = [one for one in typing.get_args(kind) if one not in (type(None), ...)]
    if typing.get_origin(kind) in (types.UnionType, typing.Union):
        return from_json(arguments[0], described)
    if typing.get_origin(kind) is tuple:
        return tuple(from_json(arguments[0], one) for one in described)
    if kind in _READERS:
        return _READERS[kind](described)
    if issubclass(kind, enum.Enum):
        return kind[described]
    if dataclasses.is_dataclass(kind):
        hints = typing.get_type_hints(kind)
        absent = {f.name: None for f in dataclasses.fields(kind) if _is_open(f)}
        given = {name: from_json(hints[name], one) for name, one in described.items()}
        return kind(**{**absent, **given})
    return described


def _is_open(field):
    """Whether the field of a row may be absent although it has no default."""
    return type(field.metadata.get("wire")).__name__ == "Open"


_READERS = {
    LineageCode: parse,
    datetime.date: datetime.date.fromisoformat,
    bytes: bytes.fromhex,
}
