"""Whose goods are bought, as the task of a purchase keeps it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..store import Store
from ..store.snapshot import Record
from .cap import caps_on
from .check import CardCheck
from .step import WrongInput

#: ten digits, of a village
HIGHEST_REGION = 99_9999_9999


def seller_of_card(seen: CardCheck) -> dict[str, Any]:
    """What a card says of its farmer.

    :raises WrongInput: ``card.cannot_buy``
    """
    card = seen.card
    if card is None:
        raise WrongInput("card.cannot_buy")
    return {
        "farmer": seen.farmer["code"] if seen.farmer else "",
        "farmer_id": card.farmer,
        "region": card.region,
        "certificate": card.certificate,
        "valid_to": seen.valid_until,
        "rights": {str(r.crop): [r.guide, r.version] for r in seen.rights},
        "valid_from": card.valid_from.isoformat(),
        "caps": caps_on(card),
    }


def seller_of_farmer(farmer: Record) -> dict[str, Any]:
    """What is carried of a farmer without a card."""
    digits = "".join(sign for sign in farmer.get("region") or "" if sign.isdigit())
    region = int(digits) if digits else None
    return {
        "farmer": farmer["code"],
        "farmer_id": farmer["id"],
        "region": region if region and region <= HIGHEST_REGION else None,
    }


def farmer_name(store: Store, values: Mapping[str, Any]) -> str:
    """The name of a purchase's farmer, as far as it is carried."""
    farmer = store.snapshot.farmer(values.get("farmer") or "")
    return str(farmer.get("name") or "") if farmer else ""
