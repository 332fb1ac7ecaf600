"""The season, market day by market day, along the chain forms A to G of the paper.

A  farmer → collector, who buys bunches, or standing-crop buyer, who buys the field
B  farmer → market trader in Tawangmangu
C  collector → market collector outside
D  collector → market trader (retailer) outside
E  market collector → market trader outside
F  collector → market trader in Tawangmangu
G  market trader → consumers: households, hospitals, restaurants, hotels

Deliveries carry the letter in their source document, like ``C-0012``.
"""

from datetime import timedelta

from . import handling, purchases, sales, today
from .sales import Customer

#: share of what is in stock that leaves on a market day; two days were poor
DEMAND = 0.95
POOR_DEMAND = 0.45
POOR_DAYS = (0.25, 0.65)


def tell(world):
    world.received = 0
    world.numbers = dict.fromkeys("CDEFG", 0)
    _open_shops(world)
    count = len(world.market_days)
    poor_days = {int(part * count) for part in POOR_DAYS}
    for number, market_day in enumerate(world.market_days):
        demand = POOR_DEMAND if number in poor_days else DEMAND
        _market_day(world, number, market_day, demand)
        sold = sum(world.numbers.values())
        world.log(
            f"    Market day {number + 1} of {count}, receipts:"
            f" {world.received:,} of {world.lot_total:,} lots, deliveries: {sold:,}"
        )
        world.turn_page()


def tell_today(world):
    """What was bought since the last market day, and what is still to be done."""
    purchases.buy(world, world.rounds[-1])
    today.tell(world)


def _open_shops(world):
    """The own companies buy on every market day, the others take turns."""
    outside, local = world.traders["outside_retailer"], world.traders["local_retailer"]
    collectors = world.traders["market_collector"]
    world.collector.customers = [
        Customer(world.market.partner, "C", 8, is_regular=True),
        Customer(world.stall.partner, "F", 6, is_regular=True),
        *(Customer(partner, "D", 15) for partner in outside),
        *(Customer(partner, "F", 20) for partner in local),
        *(Customer(partner, "C", 36) for partner in collectors),
    ]
    world.market.customers = [Customer(partner, "E", 1) for partner in outside]
    world.stall.customers = [
        Customer(partner, "G", 1) for partner in world.traders["consumer"]
    ]


def _market_day(world, number, day, demand):
    lots = purchases.buy(world, world.rounds[number])
    handling.treat(world, number, lots, day)
    handling.move_to_cold_store(world, day)
    deliveries = sales.sell(world, world.collector, number, day, demand)
    arrivals = sales.arrive(world, deliveries, day)
    handling.split_into_hands(world, world.stall, arrivals, day)
    next_day = day + timedelta(days=1)
    sales.sell(world, world.market, number, next_day, demand)
    sales.sell(world, world.stall, number, next_day, demand)
