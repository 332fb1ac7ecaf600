"""Tags that are not even begun. Container and lock bits are checked at the write."""

from __future__ import annotations

from ..reader.errors import TagLocked, TagUnsuitable
from ..reader.interface import Tag


def check(tag: Tag, message: bytes) -> None:
    """Whether this chip can take this message.

    :raises TagUnsuitable: no chip that we know, or one that is too small
    :raises TagLocked: it takes nothing any more, or not from us
    """
    if tag.chip is None:
        name = tag.uid.hex().upper()
        raise TagUnsuitable("kind", f"{name} is no chip of ours: take another tag.")
    if len(message) > tag.chip.capacity:
        room = tag.chip.capacity
        raise TagUnsuitable(
            "full",
            f"{len(message)} bytes do not fit on the {room} of a {tag.chip.name}: "
            "take a larger chip.",
        )
    if not tag.is_writable:
        raise TagLocked("The tag cannot be written by us: take another tag.")
