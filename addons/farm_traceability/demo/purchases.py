"""Purchases at the farm gate: forms A and B."""

from .plan import Purchase

GRADE_WEIGHTS = (35, 45, 20)
#: share of the fields that go into the cold store at once
COLD_SHARE = 0.2


def buy(world, planned):
    """Receive all purchases of a market day, in the order of their days.

    :return: the lots
    """
    lots = world.env["stock.lot"]
    trucks = world.env["stock.picking"]
    for purchase in sorted(planned, key=lambda one: one.day):
        harvest = receive(world, purchase)
        lots += harvest.lot_ids
        trucks += harvest.picking_ids.filtered(lambda one: one.state != "done")
    _check_in(world, trucks)
    for moment, part in lots.harvest_id.grouped("purchase_date").items():
        part.picking_ids.date_done = moment
    world.received += len(lots)
    return lots


def receive(world, purchase: Purchase):
    """Receive one purchase as its buyer does it."""
    login, picking_type = _buyer(world, purchase)
    if purchase.waiver:
        login = "quality"
    harvests = world.as_user(login)["farm.harvest"]
    return harvests.receive_at_farm_gate(
        _harvest_vals(world, purchase),
        [_bunch(world, purchase) for _number in range(purchase.bunches)],
        picking_type.id,
        purchase.waiver,
    )


def _buyer(world, purchase):
    """Who receives it, by which operation type."""
    if purchase.buyer == "stall":
        return "stall", world.stall.receipts
    shop = world.collector
    if purchase.buyer == "collector":
        return "collector", shop.receipts
    if purchase.buyer == "cold_store":
        return "collector", shop.cold_truck
    is_cold = world.rng.random() < COLD_SHARE
    return "collector", shop.cold_truck if is_cold else shop.truck


def _harvest_vals(world, purchase):
    harvested_by, harvester = _harvester(world, purchase)
    return {
        "cycle_id": purchase.cycle.id,
        "date": purchase.day,
        "purchase_date": world.moment(purchase.day),
        "harvested_by": harvested_by,
        "harvester_id": harvester.id,
        "tool": purchase.cycle.guide_id.harvest_tool,
    }


def _harvester(world, purchase):
    """A standing-crop buyer harvests himself; else it is as they agree."""
    if purchase.buyer == "standing_crop_buyer":
        buyer = world.rng.choice(world.traders["standing_crop_buyer"])
        return "standing_crop_buyer", buyer
    if purchase.buyer == "collector" and world.rng.random() < 0.4:
        return "collector", world.collector.partner
    return "farmer", purchase.farmer


def _bunch(world, purchase):
    rng = world.rng
    crop = world.crop_of[purchase.farmer.id]
    pieces = rng.randint(*crop.range("pieces"))
    is_weighed = crop.row["unit"] == "kg"
    low, high = crop.range("weight")
    return {
        "product_id": crop.bunch.id,
        "quantity": round(rng.uniform(low, high), 1) if is_weighed else pieces,
        "piece_count": pieces,
        "grade_id": rng.choices(crop.grades.ids, weights=GRADE_WEIGHTS)[0],
    }


def _check_in(world, trucks):
    """The warehouse checks in all trucks at once."""
    if trucks:
        trucks = trucks.with_env(world.as_user("warehouse"))
        trucks.move_ids.picked = True
        trucks.button_validate()
