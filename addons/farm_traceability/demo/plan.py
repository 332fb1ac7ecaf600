"""Who sells when, how much and to whom: the purchases of the season, on paper."""

from dataclasses import dataclass
from typing import Any

from .world import DAYS_BETWEEN_MARKETS

#: share of the lots, buyer, and how many bunches one purchase has
BUYERS = (
    (0.55, "standing_crop_buyer", (45, 70)),
    (0.39, "collector", (8, 24)),
    (0.06, "stall", (3, 8)),
)
EARLIER_SUSPENDED = 3
WAIVED = 2


@dataclass
class Purchase:
    """One farmer's fruit, bought on one day."""

    farmer: Any
    day: Any
    buyer: str
    bunches: int
    waiver: str = ""
    cycle: Any = None


def plan_season(world):
    """Plan the purchases of each market day, and those since the last one.

    :rtype: list[list[Purchase]], one list per market day and one for today
    """
    pool = [farmer for farmer in world.farmers if world.fates[farmer.id] == "valid"]
    pool.remove(world.story_farmer)
    world.rng.shuffle(pool)
    windows = _windows(world)
    lots = world.lot_total / sum(share for _days, share in windows)
    rounds = [_plan_round(world, pool, days, lots * part) for days, part in windows]
    _plan_special_cases(world, rounds)
    return rounds


def _windows(world):
    """Days in which fruit is bought, and the share of a full round's lots."""
    full = [
        ([world.day((market - world.today).days - back) for back in range(4)], 1.0)
        for market in world.market_days
    ]
    return [*full, ([world.day(-1), world.today], 2 / DAYS_BETWEEN_MARKETS)]


def _plan_round(world, pool, days, lots):
    purchases = []
    for share, buyer, size in BUYERS:
        left = max(round(lots * share), 3)
        while left > 0 and pool:
            bunches = min(world.rng.randint(*size), left)
            day = world.rng.choice(days)
            purchases.append(Purchase(pool.pop(), day, buyer, bunches))
            left -= bunches
    return purchases


def _plan_special_cases(world, rounds):
    """Fruit bought before a suspension, and fruit bought in spite of an objection."""
    for farmer in _with_fate(world, "suspended")[:EARLIER_SUSPENDED]:
        day = world.market_days[-4]
        rounds[-5].append(Purchase(farmer, day, "collector", 4))
    for farmer in _with_fate(world, "ended")[:WAIVED]:
        reason = "Renewal is under way; the officer inspected the plot last week."
        day = world.market_days[-2]
        rounds[-3].append(Purchase(farmer, day, "collector", 3, waiver=reason))


def _with_fate(world, fate):
    return [farmer for farmer in world.farmers if world.fates[farmer.id] == fate]
