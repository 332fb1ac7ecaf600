"""What is left of a bunch, in hands and by weight."""

from __future__ import annotations

import farmtag

from ..store import Store
from .step import WrongInput


def balance_of(reading: farmtag.Reading | None) -> farmtag.Balance | None:
    """What is left of a container; None for another tag, or one that lies."""
    if reading is None or not isinstance(reading.payload, farmtag.Container):
        return None
    balance = farmtag.balance_of(reading)
    try:
        balance.check()
    except farmtag.OverIssued:
        return None
    return balance


def grams_left(balance: farmtag.Balance) -> int | None:
    """What the hands weigh that are left, if the scale were exact; None where hands
    were taken that nobody weighed."""
    weight = balance.whole.weight
    if weight is None or (balance.issued and not balance.issued_weight):
        return None
    return weight - balance.issued_weight


def grams_over(balance: farmtag.Balance) -> int:
    """By how much the hands may weigh more than the bunch."""
    weight = balance.whole.weight
    if weight is None or balance.weight_left is None:
        return 0
    return balance.weight_left + balance.issued_weight - weight


def is_too_heavy(balance: farmtag.Balance, taken: int, loss: int) -> bool:
    """Whether hands and loss weigh more than the bunch has left, in grams."""
    left = balance.weight_left
    return left is not None and taken + loss > left


def issued(
    balance: farmtag.Balance, steps: list[int], grams: list[int]
) -> farmtag.Balance:
    """What is left once hands are taken.

    :param steps: numbers of the hands
    :param grams: what they weigh, or nothing
    :raises WrongInput: ``split.too_heavy``, ``split.too_deep``
    """
    try:
        return balance.issue(steps, sum(grams))
    except farmtag.OverIssued:
        raise WrongInput("split.too_heavy") from None
    except farmtag.WrongValue:
        raise WrongInput("split.too_deep") from None


def crop_name(store: Store, balance: farmtag.Balance) -> str:
    """The name of the bunch's crop, as far as it is carried."""
    crop = store.snapshot.crop(balance.whole.crop)
    return str(crop.get("name") or crop["code"]) if crop else ""
