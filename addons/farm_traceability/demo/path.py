"""One bunch that is easy to find: from Slamet Raharjo's plot to the hospital.

Its lot has the internal reference ``STORY-BUNCH``, its hands ``STORY-HAND-1`` to
``STORY-HAND-9``.
"""

from . import handling, sales
from .transfers import quant_rows, transfer

WEIGHT = 14.2
HANDS = 9
FOR_THE_HOSPITAL = 5
FOR_THE_HOTEL = 2


def tell(world):
    bunch = _buy(world)
    _wash(world, bunch)
    _send_to_stall(world, bunch)
    hands = _split(world, bunch)
    _sell(world, hands[:FOR_THE_HOSPITAL], "RS Lawu Sehat")
    _sell(world, hands[FOR_THE_HOSPITAL:][:FOR_THE_HOTEL], "Hotel Puncak Lawu")
    world.log(f"    Lot {bunch.name} (STORY-BUNCH), {len(hands)} hands")


def _buy(world):
    farmer, day = world.story_farmer, world.day(-6)
    crop = world.crop_of[farmer.id]
    moment = world.at(day, 7, 30)
    vals = {
        "cycle_id": world.cycles[farmer.id].id,
        "date": day,
        "purchase_date": moment,
        "harvester_id": farmer.id,
        "tool": crop.guide.harvest_tool,
    }
    bunches = [
        {
            "product_id": crop.bunch.id,
            "quantity": WEIGHT + extra,
            "piece_count": HANDS,
            "grade_id": crop.grades[0].id,
        }
        for extra in (0, 0.9, 1.7)
    ]
    harvest = world.as_user("collector")["farm.harvest"].receive_at_farm_gate(
        vals, bunches, world.collector.receipts.id
    )
    harvest.picking_ids.date_done = moment
    bunch = harvest.lot_ids.sorted("id")[:1]
    bunch.ref = "STORY-BUNCH"
    return bunch


def _wash(world, bunch):
    vals = handling.washing_vals(world, bunch.harvest_id.lot_ids, world.day(-6), 0)
    world.as_user("quality")["farm.treatment"].create(vals).action_post()


def _send_to_stall(world, bunch):
    shop, day = world.collector, world.day(-5)
    customer = next(c for c in shop.customers if c.partner == world.stall.partner)
    moment = world.at(day, 8)
    picking = _deliver(world, shop, customer, bunch, moment)
    sales.arrive(world, picking, day)


def _deliver(world, shop, customer, lots, moment):
    """Deliver these very lots, each whole."""
    env = world.as_user(shop.login)
    quants = env["stock.quant"].search(
        [("lot_id", "in", lots.ids), ("location_id", "child_of", shop.stock.id)]
    )
    vals = sales.delivery_vals(world, shop, customer, moment)
    return transfer(env, vals, quant_rows(quants), moment)


def _split(world, bunch):
    shop = world.stall
    moment = world.at(world.day(-4), 6)
    operation = world.as_user(shop.login)["farm.lot.operation"].create(
        handling.split_vals(world, shop, bunch, WEIGHT, moment, singles=HANDS)
    )
    operation.action_post()
    operation.move_ids.date = moment
    hands = operation.output_ids.lot_id
    for number, hand in enumerate(hands, 1):
        hand.ref = f"STORY-HAND-{number}"
    return hands


def _sell(world, hands, name):
    shop = world.stall
    customer = next(c for c in shop.customers if c.partner.name == name)
    _deliver(world, shop, customer, hands, world.at(world.day(-4), 9))
