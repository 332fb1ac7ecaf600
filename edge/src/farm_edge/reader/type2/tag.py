"""A Type 2 tag while it lies on the reader."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from operator import xor

from farmtag import Chip

from ..errors import Garbled, TagLocked, TagUnsuitable
from ..layout import (
    image,
    length_at,
    message_in,
    whole_message_in,
    without_length,
)
from .commands import Commands
from .products import FIRST_PAGE, PAGE, Product

#: by UID: the password of a chip (4 bytes) and its answer to it (2), if we know them
Password = Callable[[bytes], tuple[bytes, bytes] | None]

_LEAST_PAGES = 32
_CASCADE = 0x88
_STATIC_LOCKS = 0xFFF0  # of pages 4 to 15


class Type2Tag:
    """One activation.

    :param product: ``None`` for a chip that we do not know
    :param password: for chips that ask for one before they are written
    """

    def __init__(
        self,
        uid: bytes,
        product: Product | None,
        commands: Commands,
        password: Password | None = None,
    ) -> None:
        self._uid, self._product, self._commands = uid, product, commands
        self._password = password(uid) if password else None
        self._memory = b""

    @property
    def uid(self) -> bytes:
        """As it was selected."""
        return self._uid

    @property
    def chip(self) -> Chip | None:
        """By its answer to GET_VERSION, or by its container."""
        return self._product.chip if self._product else None

    @property
    def is_writable(self) -> bool:
        """Whether container, lock bits and password allow it."""
        try:
            self._check_container()
            self._check_locks()
        except (TagLocked, TagUnsuitable):
            return False
        return True

    def read(self) -> bytes:
        """The message; only as many pages as it needs are read."""
        end = self._known().end_page
        ready = min(_LEAST_PAGES, end)
        while True:
            area = self._pages_until(ready)[FIRST_PAGE * PAGE :]
            message = message_in(area)
            if message is not None:
                return message
            if ready == end:
                return whole_message_in(area)
            ready = min(end, max(ready + _LEAST_PAGES, _end_of_long(area)))

    def write(self, old: bytes, new: bytes) -> None:
        """Store the pages that differ; while they are, the tag says it is empty."""
        product = self._known()
        target = image(product, new)
        if self._said() != old:
            raise TagUnsuitable("changed", "The tag holds something else: read again.")
        self._check_container()
        self._check_locks()
        self._show_password()
        self._store(product, target)

    # reading --------------------------------------------------------------------------

    def _known(self) -> Product:
        if self._product is None:
            name = self._uid.hex().upper()
            raise TagUnsuitable("kind", f"{name} is no chip of ours: take another tag.")
        return self._product

    def _pages_until(self, end: int) -> bytes:
        """The memory from page 0 to before another; what was read stays known."""
        known = len(self._memory) // PAGE
        if known < end:
            has_fast = self._known().version is not None
            commands = self._commands
            read = commands.fast_read if has_fast else commands.slow_read
            self._memory += read(known, end)
            self._check_serial()
        return self._memory[: end * PAGE]

    def _check_serial(self) -> None:
        """Data that came for another question do not begin with the UID."""
        uid = self._uid
        first, second = bytes((_CASCADE, *uid[:3])), uid[3:]
        serial = uid[:3] + _sum(first) + second + _sum(second)
        if len(uid) == 7 and not self._memory.startswith(serial):
            self._memory = b""
            raise Garbled("The memory does not begin with the UID: tap again.")

    def _said(self) -> bytes:
        try:
            return self.read()
        except Garbled:
            return b""

    # may it be written ----------------------------------------------------------------

    def _check_container(self) -> None:
        """A container that was altered leads writers into the chip's settings."""
        product = self._known()
        found = self._pages_until(_LEAST_PAGES)[3 * PAGE : 4 * PAGE]
        if found[:3] != product.container[:3] or found[3] not in (0x00, 0x0F):
            raise TagUnsuitable(
                "container",
                f"The container {found.hex()} is not that of a {product.chip.name}: "
                "take another tag.",
            )
        if found[3]:
            raise TagLocked("The tag was made read only: take another tag.")

    def _check_locks(self) -> None:
        product = self._known()
        static = int.from_bytes(self._memory[2 * PAGE + 2 : 3 * PAGE], "little")
        behind = self._commands.read(product.lock_page)
        if static & _STATIC_LOCKS or any(behind[: product.lock_bytes]):
            raise TagLocked("Pages of the tag are locked for ever: take another tag.")
        if self._asks_password(behind) and self._password is None:
            raise TagLocked("The tag asks for a password that is not known here.")

    def _asks_password(self, behind: bytes) -> bool:
        """Whether AUTH0, in the page after the lock bytes, is one for messages."""
        product = self._known()
        return product.config_page is not None and behind[7] < product.end_page

    def _show_password(self) -> None:
        if self._password and self._asks_password(
            self._commands.read(self._known().lock_page)
        ):
            self._commands.authenticate(*self._password)

    # writing --------------------------------------------------------------------------

    def _store(self, product: Product, target: bytes) -> None:
        changes = self._changes(product, target)
        at = FIRST_PAGE + length_at(product) // PAGE
        if set(changes) - {at}:
            self._put(at, _page(without_length(target, length_at(product)), at))
            changes.setdefault(at, _page(target, at))
        for page in sorted(changes, key=lambda page: (page == at, page)):
            self._put(page, changes[page])

    def _changes(self, product: Product, target: bytes) -> dict[int, bytes]:
        end = FIRST_PAGE + -(-len(target) // PAGE)
        memory = self._pages_until(end)
        before = memory[FIRST_PAGE * PAGE :]
        after = target + before[len(target) :]
        pages = range(FIRST_PAGE, end)
        return {
            p: _page(after, p) for p in pages if _page(after, p) != _page(before, p)
        }

    def _put(self, page: int, data: bytes) -> None:
        """Store a page of the data area, and never one of the chip's settings."""
        if not FIRST_PAGE <= page < self._known().end_page:
            raise ValueError(f"page {page} is not for messages")
        if self._memory[page * PAGE : (page + 1) * PAGE] == data:
            return
        before, self._memory = self._memory, b""  # unknown until it is acknowledged
        self._commands.write(page, data)
        self._memory = before[: page * PAGE] + data + before[(page + 1) * PAGE :]


def _page(area: bytes, page: int) -> bytes:
    start = (page - FIRST_PAGE) * PAGE
    return area[start : start + PAGE].ljust(PAGE, b"\x00")


def _end_of_long(area: bytes) -> int:
    """The page after a message with a long length at the start of the area."""
    if area[1:2] != b"\xff":
        return 0
    return FIRST_PAGE + -(-(4 + int.from_bytes(area[2:4], "big")) // PAGE)


def _sum(data: bytes) -> bytes:
    return bytes((reduce(xor, data),))
