"""The chips of NFC Forum Type 2 that are used: where what is in their memory.

Sources: NXP NTAG213/215/216 data sheet rev. 3.2; NFC Forum Type 2 Tag 1.2.
"""

from __future__ import annotations

from dataclasses import dataclass

from farmtag import Chip

PAGE = 4
FIRST_PAGE = 4


@dataclass(frozen=True)
class Product:
    """A chip; pages have 4 bytes and count from 0.

    - ``version``: its answer to GET_VERSION, 8 bytes; ``None`` if it knows none
    - ``container``: the capability container, page 3
    - ``head``: what stands before the message from the factory on
    - ``lock_page``: dynamic lock bytes, the first page after those of the user
    - ``lock_bytes``: how many of that page lock pages; others lock those
    - ``locked_at_once``: pages by bit of the dynamic lock bytes
    - ``config_page``: mirror, AUTH0; then access, password, PACK
    """

    chip: Chip
    version: bytes | None
    container: bytes
    head: bytes
    lock_page: int
    lock_bytes: int
    locked_at_once: int
    config_page: int | None
    pages: int

    @property
    def area_bytes(self) -> int:
        """Bytes for messages, from page 4 on, as the container says."""
        return self.container[2] * 8

    @property
    def end_page(self) -> int:
        """The first page that is not for messages."""
        return FIRST_PAGE + self.area_bytes // PAGE


def _ntag(chip: Chip, size: int, area: int, lock_page: int, at_once: int) -> Product:
    return Product(
        chip=chip,
        version=bytes((0, 4, 4, 2, 1, 0, size, 3)),
        container=bytes((0xE1, 0x10, area, 0x00)),
        head=bytes.fromhex("0103A00C34") if chip is Chip.NTAG213 else b"",
        lock_page=lock_page,
        lock_bytes=2,
        locked_at_once=at_once,
        config_page=lock_page + 1,
        pages=lock_page + 5,
    )


PRODUCTS = {
    Chip.NTAG213: _ntag(Chip.NTAG213, 0x0F, 0x12, 40, 2),
    Chip.NTAG215: _ntag(Chip.NTAG215, 0x11, 0x3E, 130, 16),
    Chip.NTAG216: _ntag(Chip.NTAG216, 0x13, 0x6D, 226, 16),
    Chip.TYPE2_768: Product(
        chip=Chip.TYPE2_768,
        version=None,
        container=bytes((0xE1, 0x10, 0x60, 0x00)),
        head=b"",
        lock_page=196,
        lock_bytes=3,
        locked_at_once=8,
        config_page=None,
        pages=200,
    ),
}


def by_version(version: bytes) -> Product | None:
    """The product that answers so to GET_VERSION."""
    return next((p for p in PRODUCTS.values() if p.version == version), None)


def without_version(container: bytes) -> Product | None:
    """The product that knows no GET_VERSION and has a container of this size."""
    plain = (p for p in PRODUCTS.values() if p.version is None)
    return next((p for p in plain if p.container[:3] == container[:3]), None)
