"""MIFARE Classic 1K with an NDEF message in sectors 1 to 15.

Sources: NXP AN10787 (MAD1), AN1304 (NDEF on MIFARE Classic). The directory says whose
sectors are; their last blocks hold keys and access rights and are never written.
"""

from __future__ import annotations

from farmtag import Chip

from ..errors import Garbled, TagLocked, TagUnsuitable
from ..layout import image, length_at, message_in, whole_message_in, without_length
from .card import KEY_A, ContactlessCard

BLOCK = 16
SECTOR_BLOCKS = 4
DATA_BLOCKS = tuple(block for block in range(4, 64) if block % SECTOR_BLOCKS != 3)
DIRECTORY_KEY = bytes.fromhex("A0A1A2A3A4A5")
MESSAGE_KEY = bytes.fromhex("D3F7D3F7D3F7")
MESSAGE_SECTOR = bytes.fromhex("03E1")
#: access rights of a sector that everybody may read and write with the public key
OPEN_RIGHTS = bytes.fromhex("7F0788")
_DIRECTORY_START, _DIRECTORY_POLYNOMIAL = 0xC7, 0x1D


class ClassicArea:
    """The data area: 15 sectors of 48 bytes."""

    chip = Chip.MIFARE_CLASSIC_1K
    head = b""
    area_bytes = len(DATA_BLOCKS) * BLOCK


class ClassicTag:
    """One activation."""

    chip = ClassicArea.chip

    def __init__(self, uid: bytes, card: ContactlessCard) -> None:
        self.uid, self._card = uid, card
        self._blocks: dict[int, bytes] = {}
        self._sector: int | None = None

    @property
    def is_writable(self) -> bool:
        """Whether directory and rights are those of a tag for messages."""
        try:
            self._check_directory()
            self._check_rights(range(1, 16))
        except (TagLocked, TagUnsuitable):
            return False
        return True

    def read(self) -> bytes:
        """The message; only as many blocks as it needs are read."""
        self._check_directory()
        area = b""
        for block in DATA_BLOCKS:
            area += self._block(block, MESSAGE_KEY)
            message = message_in(area)
            if message is not None:
                return message
        return whole_message_in(area)

    def write(self, old: bytes, new: bytes) -> None:
        """Store the blocks that differ; while they are, the tag says it is empty."""
        target = image(ClassicArea(), new)
        if self._said() != old:
            raise TagUnsuitable("changed", "The tag holds something else: read again.")
        changes = self._changes(target)
        first, sectors = DATA_BLOCKS[0], {b // SECTOR_BLOCKS for b in changes}
        self._check_rights(sorted(sectors | {1}))
        if set(changes) - {first}:
            blank = without_length(target, length_at(ClassicArea()))
            self._put(first, blank[:BLOCK].ljust(BLOCK, b"\x00"))
            changes.setdefault(first, target[:BLOCK])
        for block in sorted(changes, key=lambda block: (block == first, block)):
            self._put(block, changes[block])

    # reading --------------------------------------------------------------------------

    def _said(self) -> bytes:
        try:
            return self.read()
        except Garbled:
            return b""

    def _block(self, number: int, key: bytes) -> bytes:
        if number not in self._blocks:
            self._login(number, key)
            self._blocks[number] = self._card.read_block(number)
        return self._blocks[number]

    def _login(self, number: int, key: bytes) -> None:
        sector = number // SECTOR_BLOCKS
        if sector != self._sector:
            self._card.login(number, key, KEY_A)
            self._sector = sector

    # may it be written ----------------------------------------------------------------

    def _check_directory(self) -> None:
        """Sectors of others stay theirs."""
        try:
            directory = self._block(1, DIRECTORY_KEY) + self._block(2, DIRECTORY_KEY)
        except TagLocked:
            directory = bytes(2 * BLOCK)
        if directory[0] != directory_sum(directory[1:]):
            raise self._unsuitable("has no directory")
        if directory[2:] != MESSAGE_SECTOR * 15:
            raise self._unsuitable("is not for messages alone")

    def _check_rights(self, sectors: range | list[int]) -> None:
        for sector in sectors:
            last = sector * SECTOR_BLOCKS + SECTOR_BLOCKS - 1
            if self._block(last, MESSAGE_KEY)[6:9] != OPEN_RIGHTS:
                raise TagLocked(f"Sector {sector} is read only: take another tag.")

    def _unsuitable(self, what: str) -> TagUnsuitable:
        name = self.uid.hex().upper()
        return TagUnsuitable("container", f"{name} {what}: take another tag.")

    # writing --------------------------------------------------------------------------

    def _changes(self, target: bytes) -> dict[int, bytes]:
        changes = {}
        for index in range(-(-len(target) // BLOCK)):
            block, piece = DATA_BLOCKS[index], target[index * BLOCK :][:BLOCK]
            before = self._block(block, MESSAGE_KEY)
            after = piece + before[len(piece) :]
            if after != before:
                changes[block] = after
        return changes

    def _put(self, block: int, data: bytes) -> None:
        """Store a block of data, and never one of keys or of the directory."""
        if block not in DATA_BLOCKS:
            raise ValueError(f"block {block} is not for messages")
        if self._blocks.pop(block, None) == data:
            return
        self._login(block, MESSAGE_KEY)
        self._card.write_block(block, data)
        self._blocks[block] = data


def directory_sum(data: bytes) -> int:
    """CRC-8 of the directory (AN10787, 3.7)."""
    crc = _DIRECTORY_START
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc << 1 ^ (_DIRECTORY_POLYNOMIAL if crc & 0x80 else 0)
            crc &= 0xFF
    return crc
