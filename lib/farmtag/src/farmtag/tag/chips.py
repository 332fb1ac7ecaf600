"""The chips that are used, with the bytes of NDEF message that each really holds."""

from __future__ import annotations

import enum
from dataclasses import dataclass


@dataclass(frozen=True)
class ChipProfile:
    """What a chip can do.

    - ``capacity``: bytes of the NDEF message
    - ``has_records``: room for more than one link with everything in its fragment
    - ``mirrors_uid``: the chip writes its UID into the link when it is read
    - ``is_for_phones``: every phone with NFC reads it
    """

    capacity: int
    has_records: bool
    mirrors_uid: bool
    is_for_phones: bool


class Chip(enum.Enum):
    """A kind of chip; the value is its profile."""

    NTAG213 = ChipProfile(137, False, True, True)
    NTAG215 = ChipProfile(492, True, True, True)
    NTAG216 = ChipProfile(868, True, True, True)
    MIFARE_CLASSIC_1K = ChipProfile(716, True, False, False)
    TYPE2_768 = ChipProfile(764, True, False, True)

    @property
    def capacity(self) -> int:
        """Bytes of the NDEF message."""
        return self.value.capacity


def chip_with(capacity: int) -> Chip | None:
    """The chip that holds exactly so many bytes."""
    return next((chip for chip in Chip if chip.capacity == capacity), None)
