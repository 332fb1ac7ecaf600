"""When the device looks at its server."""

from __future__ import annotations

import enum

import farmtag

from ..store import Store


class Occasion(enum.Enum):
    """Why it is time to look."""

    FIRST_USE = "nothing is carried yet"
    REGION = "what is carried is of other regions"
    UNKNOWN_FARMER = "the farmer of the card is not known here"
    NEWER_CARD = "the card is newer than what is carried"
    EVENT = "something was done"
    NETWORK = "there is a network again"
    REGULAR = "it was long ago"
    PERSON = "somebody asks for it"


def of_region(store: Store, region: str = "") -> Occasion | None:
    """Why to look before work begins in a region, if at all."""
    if not any(store.snapshot.is_whole(scope) for scope in store.snapshot.scopes()):
        return Occasion.FIRST_USE
    covered = store.snapshot.is_whole("") or store.snapshot.is_whole(region)
    return None if covered else Occasion.REGION


def of_card(store: Store, card: farmtag.FarmerCard) -> Occasion | None:
    """Why to look before a card is judged, if at all: it may be right all the same,
    and nobody waits for the answer."""
    if store.snapshot.farmer_of_id(card.farmer) is None:
        return Occasion.UNKNOWN_FARMER
    known = store.snapshot.card(str(card.code))
    as_of = store.snapshot.as_of()
    if known is None and (as_of is None or card.written >= as_of):
        return Occasion.NEWER_CARD
    certificate = store.snapshot.certificate(card.certificate)
    if certificate is None and (as_of is None or card.valid_from >= as_of):
        return Occasion.NEWER_CARD
    return None
