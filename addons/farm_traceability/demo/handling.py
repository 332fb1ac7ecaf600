"""After the harvest: washing, degreening, the cold store, splitting into hands."""

from odoo.fields import Command

from .transfers import quant_rows, transfer
from .world import batches

#: hands of a bunch that are sold one by one; the others stay together as one lot
SINGLE_HANDS = 4
STALK = 0.07
SPLIT_SHARE = 0.5
TOO_MUCH_ALUM = 6
LOTS_PER_WASH = 120
COLD_LOTS = 10


def treat(world, number, lots, day):
    """Wash everything, degreen some of it, note the cold storage."""
    env = world.as_user("quality")
    lots = lots.filtered(
        lambda lot: lot.harvest_id.company_id == world.collector.company
    )
    vals_list = [
        washing_vals(world, part, harvest_day, number)
        for harvest_day, lots_of_day in lots.grouped("harvest_date").items()
        for part in batches(lots_of_day, LOTS_PER_WASH)
    ]
    if number % 2:
        vals_list.append(_degreening_vals(world, lots[: len(lots) // 5], day))
    cold = lots.filtered(lambda lot: lot.location_id == world.collector.places["cold"])
    if cold:
        vals_list.append(_storage_vals(world, cold, day))
    env["farm.treatment"].create(vals_list).action_post()


def washing_vals(world, lots, day, number):
    """Values of a washing with alum, once with more of it than the guide allows."""
    return _agent_vals(world, "alum", number) | {
        "kind": "washing",
        "date": world.moment(day, 15, 17),
        "lot_ids": [Command.set(lots.ids)],
        "dose": 1.5 if number == TOO_MUCH_ALUM else 0.8,
        "dose_unit": "g/L",
        "hours": 0.2,
    }


def _degreening_vals(world, lots, day):
    return _agent_vals(world, "ethylene", 0) | {
        "kind": "degreening",
        "date": world.moment(day, 5, 6),
        "lot_ids": [Command.set(lots.ids)],
        "dose": 100,
        "dose_unit": "ppm",
        "has_temperature": True,
        "temperature": 17,
        "hours": 24,
    }


def _storage_vals(world, lots, day):
    return {
        "kind": "storage",
        "operator_id": world.users["warehouse"].id,
        "company_id": world.collector.company.id,
        "date": world.moment(day, 6, 7),
        "lot_ids": [Command.set(lots.ids)],
        "has_temperature": True,
        "temperature": 13.5,
    }


def _agent_vals(world, key, number):
    agent = world.inputs[key]
    return {
        "operator_id": world.users["warehouse"].id,
        "company_id": world.collector.company.id,
        "product_id": agent.product.id,
        "input_lot_id": agent.lots[number // 7 % len(agent.lots)].id,
        "is_organic": agent.is_organic,
    }


# -- places --------------------------------------------


def move_to_cold_store(world, day):
    """Bring the freshest washed lots into the cold store."""
    shop = world.collector
    env = world.as_user("warehouse")
    quants = env["stock.quant"].search(
        [("location_id", "=", shop.places["wash"].id), ("quantity", ">", 0)],
        order="removal_date desc, id",
        limit=COLD_LOTS,
    )
    if not quants:
        return
    vals = {
        "picking_type_id": shop.internal.id,
        "company_id": shop.company.id,
        "location_id": shop.places["wash"].id,
        "location_dest_id": shop.places["cold"].id,
    }
    transfer(env, vals, quant_rows(quants), world.moment(day, 6, 8))


# -- bunches into hands --------------------------------------------


def split_into_hands(world, shop, arrivals, day):
    """Split a part of the bunches that arrived; their control count is used up."""
    lines = arrivals.move_ids.move_line_ids.filtered(
        lambda line: _hand_of(world, line.lot_id)
    )
    chosen = lines[: round(len(lines) * SPLIT_SHARE)]
    if not chosen:
        return
    env = world.as_user(shop.login)
    moment = world.moment(day, 18, 19)
    operations = env["farm.lot.operation"].create(
        [split_vals(world, shop, line.lot_id, line.quantity, moment) for line in chosen]
    )
    operations.action_post()
    operations.move_ids.date = moment


def split_vals(world, shop, lot, quantity, moment, singles=SINGLE_HANDS):
    """Values of an operation that splits one bunch into single hands and a rest."""
    hand = _hand_of(world, lot)
    pieces = lot.remaining_count
    singles = min(singles, pieces)
    counts = [1] * singles + ([pieces - singles] if pieces > singles else [])
    loss = round(quantity * STALK, 2)
    weights = _weights(quantity - loss, counts)
    return {
        "location_id": shop.stock.id,
        "date": moment,
        "company_id": shop.company.id,
        "input_ids": [Command.create({"lot_id": lot.id, "quantity": quantity})],
        "output_ids": [
            Command.create(
                {
                    "product_id": hand.id,
                    "quantity": count,
                    "piece_count": count,
                    "input_quantity": weight,
                }
            )
            for count, weight in zip(counts, weights, strict=True)
        ],
        "loss_ids": [Command.create({"quantity": loss, "reason": "Stalk"})],
    }


def _weights(quantity, counts):
    """Weights in steps of 10 g that add up to the quantity."""
    grams = round(quantity * 100)
    total = sum(counts)
    weights = [grams * count // total for count in counts]
    weights[-1] += grams - sum(weights)
    return [weight / 100 for weight in weights]


def _hand_of(world, lot):
    return world.hands.get(lot.product_id.id)
