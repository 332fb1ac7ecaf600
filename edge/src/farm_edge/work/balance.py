"""What is left of a bunch, in hands and by weight."""

from __future__ import annotations

import farmtag


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
