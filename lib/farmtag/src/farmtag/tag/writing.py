"""Writing: the richest message that fits on the chip, and what was left out of it."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace

from ..envelope import statement
from ..envelope.keys import SIGNATURE_BYTES, Algorithm, Signer
from ..envelope.statement import Bond
from ..errors import DoesNotFit, WrongValue
from ..payload import ON_TAGS, Payload, SplitRecord
from ..payload.forms import form_of
from .chips import Chip
from .link import is_link, mirror_at, take_apart, to_fragment, with_mirror
from .message import Message, Text, from_bytes, is_text

#: what goes beside the fields of the payload, by rank as theirs
TEXT, MIRROR, LINK = "text", "mirror", "link"
_RANKS = {TEXT: 35, MIRROR: 33, LINK: 25}
_MOST_BYTES_OF_UID = 10


@dataclass(frozen=True)
class Draft:
    """What is to be on a tag.

    - ``link``: for phones, without fragment: a GS1 Digital Link of the lot
    - ``short_link``: the link of a chip without room for that one: ``https://host/``
    - ``mirror``: have the chip put its UID into the link, where it can
    """

    payload: Payload
    link: str
    short_link: str
    text: Text | None = None
    mirror: bool = False

    def __post_init__(self) -> None:
        if self.payload.KIND not in ON_TAGS:
            raise WrongValue(f"no tag begins with a {type(self.payload).__name__}")
        if self.text and not is_text(self.text):
            raise WrongValue(f"{self.text!r} is no text for a tag")
        for link in (self.link, self.short_link):
            if not is_link(link):
                raise WrongValue(f"{link!r} is no link for a tag")


@dataclass(frozen=True)
class Written:
    """A message for a chip.

    - ``left_out``: names of fields of the payload, and of text, mirror, link
    - ``mirror_at``: the byte of the message where the UID goes, if it is mirrored
    """

    message: bytes
    left_out: tuple[str, ...]
    mirror_at: int | None = None


def write(
    draft: Draft, chip: Chip, key: Signer, uid: bytes | None = None, reserve: int = 0
) -> Written:
    """Sign and lay out a draft.

    :param uid: of the chip; cards and containers hold for it alone, a unit if given
    :param reserve: bytes to leave free, as for a split record
    :raises WrongValue: if a card or a container has no chip
    :raises DoesNotFit: if the least of it is too long
    """
    _check_uid(draft.payload, uid)
    room, blank = chip.capacity - reserve, _Blank(key)

    def fits(less: Draft) -> bool:
        return len(_lay_out(less, chip, blank, uid)) <= room

    beyond = [name for name in _beyond(chip) if _has(draft, name)]
    left_out = _left_out(_without(draft, beyond), fits)
    if left_out is None:
        raise DoesNotFit(f"{type(draft.payload).__name__} in {room} bytes")
    message = _lay_out(_without(draft, [*beyond, *left_out]), chip, key, uid)
    return Written(message, (*beyond, *left_out), mirror_at(message))


def add_split(
    message: bytes, record: SplitRecord, chip: Chip, key: Signer, uid: bytes
) -> Written:
    """The message of a container with its newest split record in place of the last.

    :raises DoesNotFit: if there is no room even without the text
    :raises WrongValue: if the message is not that of a container
    :raises TagError: if the message is not whole
    """
    old = from_bytes(message)
    if not old.signed:
        raise WrongValue("a split record goes beside a signed record")
    bond = Bond(uid, take_apart(old.uri).link)
    signed = statement.sign(record, key, bond, is_bound=True).to_bytes()
    new = replace(old, signed=(old.signed[0], signed))
    for less, left_out in ((new, ()), (replace(new, text=None), (TEXT,))):
        if len(less.to_bytes()) <= chip.capacity:
            found = mirror_at(less.to_bytes())
            return Written(less.to_bytes(), left_out if old.text else (), found)
    raise DoesNotFit(f"a split record in {chip.capacity} bytes")


def _check_uid(payload: Payload, uid: bytes | None) -> None:
    if uid is None and payload.BOUND:
        raise WrongValue(f"a {type(payload).__name__} holds for one chip: give its UID")
    if uid is not None and not 0 < len(uid) <= _MOST_BYTES_OF_UID:
        raise WrongValue(f"no chip has a UID of {len(uid)} bytes")


def _left_out(draft: Draft, fits: Callable[[Draft], bool]) -> list[str] | None:
    """What must go: as little as possible, and the least worth first."""
    if fits(draft):
        return []
    left_out = _losable(draft)
    if not fits(_without(draft, left_out)):
        return None
    for name in reversed(left_out):
        others = [other for other in left_out if other != name]
        if fits(_without(draft, others)):
            left_out = others
    return left_out


def _beyond(chip: Chip) -> list[str]:
    """What the chip cannot have, however short it is."""
    if not chip.value.has_records:
        return [TEXT, MIRROR, LINK]
    return [] if chip.value.mirrors_uid else [MIRROR]


def _losable(draft: Draft) -> list[str]:
    """What may be left out, the least worth first."""
    beside = [(rank, name) for name, rank in _RANKS.items() if _has(draft, name)]
    ranked = sorted([*draft.payload.can_lose(), *beside], reverse=True)
    return [name for _rank, name in ranked]


def _has(draft: Draft, name: str) -> bool:
    if name == LINK:
        return draft.link != draft.short_link
    return bool(draft.text) if name == TEXT else draft.mirror


def _without(draft: Draft, names: Collection[str]) -> Draft:
    fields = [name for name in names if name not in _RANKS]
    return Draft(
        payload=draft.payload.without(fields) if fields else draft.payload,
        link=draft.short_link if LINK in names else draft.link,
        short_link=draft.short_link,
        text=None if TEXT in names else draft.text,
        mirror=draft.mirror and MIRROR not in names,
    )


def _lay_out(draft: Draft, chip: Chip, key: Signer, uid: bytes | None) -> bytes:
    link = with_mirror(draft.link) if draft.mirror else draft.link
    is_bound = uid is not None and draft.payload.BOUND is not False
    signed = statement.sign(draft.payload, key, Bond(uid, link), is_bound)
    if chip.value.has_records:
        return Message(link, draft.text, (signed.to_bytes(),)).to_bytes()
    if key.algorithm != Algorithm.EDDSA:
        raise WrongValue("a chip as small as this takes Ed25519 only")
    form = form_of(draft.payload, is_bound)
    return Message(f"{link}#{to_fragment(signed, form)}").to_bytes()


class _Blank:
    """Stands in for a key while the length is measured."""

    def __init__(self, key: Signer) -> None:
        self.algorithm, self.key_id = key.algorithm, key.key_id

    def sign(self, data: bytes) -> bytes:
        return bytes(SIGNATURE_BYTES)
