"""Typed access to the body of an event: what is missing or wrong is ``Damaged``."""

from collections.abc import Iterator
from typing import Any

from .cbor import DEEPEST, read_cbor
from .problems import Damaged

LONGEST_TEXT = 1_000
LARGEST = 2**53


class Body:
    """A map that a device wrote into its journal, or a map within."""

    def __init__(self, values: dict[str, Any], where: str = "") -> None:
        self.values = values
        self.where = where

    def __contains__(self, name: str) -> bool:
        return self.values.get(name) is not None

    def number(self, name: str, least: int = 0, most: int = LARGEST) -> int:
        value = self.values.get(name)
        if type(value) is not int or not least <= value <= most:
            raise Damaged(f"{self.where}{name} is no number from {least} to {most}")
        return value

    def text(self, name: str, longest: int = LONGEST_TEXT) -> str:
        value = self.values.get(name)
        if not isinstance(value, str) or not 0 < len(value) <= longest:
            raise Damaged(f"{self.where}{name} is no text of 1 to {longest} characters")
        return value

    def binary(self, name: str, longest: int = LONGEST_TEXT) -> bytes:
        value = self.values.get(name)
        if not isinstance(value, bytes) or not 0 < len(value) <= longest:
            raise Damaged(f"{self.where}{name} is not 1 to {longest} bytes")
        return value

    def decimal(self, name: str, least: float = 0, most: float = LARGEST) -> float:
        value = self.values.get(name)
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            raise Damaged(f"{self.where}{name} is no number")
        if not least <= value <= most:
            raise Damaged(f"{self.where}{name} is not from {least} to {most}")
        return float(value)

    def texts(self, name: str, longest: int, most: int) -> list[str]:
        """The texts of a list that has at least one, each once."""
        values = self.values.get(name)
        if not isinstance(values, list) or not 0 < len(values) <= most:
            raise Damaged(f"{self.where}{name} is no list of 1 to {most}")
        texts = [Body({name: one}, self.where).text(name, longest) for one in values]
        if len(set(texts)) < len(texts):
            raise Damaged(f"{self.where}{name}: one comes twice")
        return texts

    def optional(self, kind: str, name: str, **limits: Any) -> Any:
        """What ``kind`` gives (``number``, ``decimal``, ``text``, …), or None."""
        return getattr(self, kind)(name, **limits) if name in self else None

    def each(self, name: str, most: int = 1_000) -> Iterator["Body"]:
        """The maps of a list that has at least one."""
        values = self.values.get(name)
        if not isinstance(values, list) or not 0 < len(values) <= most:
            raise Damaged(f"{self.where}{name} is no list of 1 to {most}")
        for number, value in enumerate(values, 1):
            if not isinstance(value, dict):
                raise Damaged(f"{self.where}{name} {number} is no map")
            yield Body(value, f"{self.where}{name} {number}: ")


def read_body(raw: bytes) -> Body:
    """:raises Damaged: if the bytes are no canonical CBOR map"""
    value = read_cbor(raw, DEEPEST)
    if not isinstance(value, dict):
        raise Damaged("The body is no map")
    return Body(value)
