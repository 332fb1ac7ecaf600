"""Chips that outlive their process: their memories in a file."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path

from farmtag import Chip

from ..reader.type2.products import PRODUCTS
from .chip import VirtualChip

#: where the UID stands in a memory, its check byte left out
_UID = (slice(0, 3), slice(4, 8))


class ShelfDamaged(ValueError):
    """The file is none of ours."""


class Shelf:
    """A file of chips, written anew when one of them has changed.

    JSON: name → ``[chip, memory in hex]``.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._kept: dict[str, bytes] = {}

    def chips(self) -> dict[str, VirtualChip]:
        """The chips as they were left; none where there is no file yet.

        :raises ShelfDamaged: if the file is none of ours
        """
        if not self._path.exists():
            return {}
        try:
            rows = json.loads(self._path.read_text(encoding="utf-8"))
            found = {name: _chip(*row) for name, row in rows.items()}
        except (ValueError, LookupError, TypeError, AttributeError) as error:
            raise ShelfDamaged(f"{self._path} has no virtual tags: {error}") from error
        self._kept = _memories(found)
        return found

    def keep(self, chips: Mapping[str, VirtualChip]) -> None:
        """Write what has changed; whoever reads finds the old file or the new one."""
        memories = _memories(chips)
        if memories == self._kept:
            return
        rows = {
            name: [c.product.chip.name, c.memory.hex()] for name, c in chips.items()
        }
        part = self._path.with_name(self._path.name + ".part")
        part.write_text(json.dumps(rows), encoding="utf-8")
        os.replace(part, self._path)
        self._kept = memories


def _chip(name: str, memory: str) -> VirtualChip:
    raw = bytearray.fromhex(memory)
    chip = VirtualChip(PRODUCTS[Chip[name]], b"".join(bytes(raw[s]) for s in _UID))
    if len(raw) != len(chip.memory):
        raise ValueError(f"{len(raw)} bytes are no {name}")
    chip.memory = raw
    return chip


def _memories(chips: Mapping[str, VirtualChip]) -> dict[str, bytes]:
    return {name: bytes(chip.memory) for name, chip in chips.items()}
