"""A MIFARE Classic 1K on an ACR122U, made for messages as AN1304 says."""

from __future__ import annotations

from ..reader.layout import image
from ..reader.pcsc.classic import (
    BLOCK,
    DATA_BLOCKS,
    DIRECTORY_KEY,
    MESSAGE_KEY,
    MESSAGE_SECTOR,
    OPEN_RIGHTS,
    SECTOR_BLOCKS,
    ClassicArea,
    directory_sum,
)
from .acr122 import atr
from .card import DONE, FAILED

BLOCKS = 64


class ClassicCard:
    """One card.

    - ``blocks``: 64 of 16 bytes
    - ``writes_left``: after so many it answers nothing until the field was off
    """

    def __init__(self, uid: bytes, message: bytes = b"") -> None:
        self.atr = atr(3, "0001")
        self.uid = uid
        self.blocks = [bytes(BLOCK)] * BLOCKS
        self.writes_left: int | None = None
        self._key, self._sector = b"", -1
        self._is_there = True
        self._make(message)

    def power(self, is_on: bool) -> None:
        """Whoever was let in has to ask again."""
        self._key, self._sector = b"", -1
        self._is_there = True

    def apdu(self, apdu: bytes) -> bytes:
        """Data and status."""
        if not self._is_there:
            return FAILED
        head, block = apdu[:2], apdu[3]
        if head == b"\xff\xca":
            return self.uid + DONE
        if head == b"\xff\x82":
            self._key = apdu[5:11]
            return DONE
        if head == b"\xff\x86":
            return self._login(apdu[7])
        if head not in (b"\xff\xb0", b"\xff\xd6") or block // 4 != self._sector:
            return FAILED
        return (
            self._read(block) if head == b"\xff\xb0" else self._write(block, apdu[5:])
        )

    def _login(self, block: int) -> bytes:
        sector = block // SECTOR_BLOCKS
        is_right = self._key == self.blocks[sector * SECTOR_BLOCKS + 3][:6]
        self._sector = sector if is_right else -1
        return DONE if is_right else FAILED

    def _read(self, block: int) -> bytes:
        data = self.blocks[block]
        is_trailer = block % SECTOR_BLOCKS == 3
        return (bytes(6) + data[6:] if is_trailer else data) + DONE

    def _write(self, block: int, data: bytes) -> bytes:
        if self.blocks[block // 4 * 4 + 3][6:9] != OPEN_RIGHTS:
            return FAILED
        if self.writes_left is not None:
            self.writes_left -= 1
            self._is_there = self.writes_left > 0
            data = data if self._is_there else data[:5] + self.blocks[block][5:]
        self.blocks[block] = data
        return DONE if self._is_there else FAILED

    def _make(self, message: bytes) -> None:
        entries = b"\x01" + MESSAGE_SECTOR * 15
        directory = bytes((directory_sum(entries),)) + entries
        self.blocks[1], self.blocks[2] = directory[:BLOCK], directory[BLOCK:]
        self.blocks[3] = DIRECTORY_KEY + bytes.fromhex("787788C1FFFFFFFFFFFF")
        trailer = MESSAGE_KEY + OPEN_RIGHTS + bytes.fromhex("40FFFFFFFFFFFF")
        for sector in range(1, 16):
            self.blocks[sector * SECTOR_BLOCKS + 3] = trailer
        area = image(ClassicArea(), message).ljust(ClassicArea.area_bytes, b"\x00")
        for index, block in enumerate(DATA_BLOCKS):
            self.blocks[block] = area[index * BLOCK :][:BLOCK]
