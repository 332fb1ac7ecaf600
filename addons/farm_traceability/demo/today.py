"""What is open on the last day: waiting documents, returns, scrap, dates in stock."""

from . import handling, purchases, sales
from .plan import Purchase
from .transfers import validate

READY_DELIVERIES = 4
SCRAPPED = 6


def tell(world):
    _take_back(world)
    _scrap_expired(world)
    _ready_deliveries(world)
    _on_the_road(world)
    _waiting_truck(world)
    _drafts(world)
    _date_stock(world)


def _take_back(world):
    """A shop and a consumer send a small delivery back."""
    for login, letter in (("warehouse", "D"), ("stall", "G")):
        env = world.as_user(login)
        deliveries = (
            env["stock.picking"]
            .search(
                [("origin", "=like", f"{letter}-%"), ("state", "=", "done")],
                order="date_done desc, id desc",
                limit=10,
            )
            .filtered(lambda one: not any(one.move_ids.lot_ids.mapped("ref")))
        )
        if deliveries:
            _return(world, env, min(deliveries, key=_lot_count))


def _lot_count(delivery):
    return len(delivery.move_line_ids)


def _return(world, env, delivery):
    wizard = (
        env["stock.return.picking"]
        .with_context(active_id=delivery.id, active_model="stock.picking")
        .create({})
    )
    action = wizard.action_create_returns_all()
    picking = env["stock.picking"].browse(action["res_id"])
    validate(picking, world.moment(world.day(-1)))


def _scrap_expired(world):
    env = world.as_user("warehouse")
    quants = env["stock.quant"].search(
        [
            ("location_id", "child_of", world.collector.stock.id),
            ("removal_date", "<", world.at(world.day(-20), 0)),
            ("reserved_quantity", "=", 0),
            ("quantity", ">", 0),
        ],
        limit=SCRAPPED,
    )
    scraps = env["stock.scrap"].create(
        [
            {
                "product_id": quant.product_id.id,
                "product_uom_id": quant.product_uom_id.id,
                "lot_id": quant.lot_id.id,
                "location_id": quant.location_id.id,
                "scrap_qty": quant.quantity,
            }
            for quant in quants
        ]
    )
    for scrap in scraps:
        scrap.action_validate()


def _ready_deliveries(world):
    """Tomorrow's deliveries are reserved and wait for the picker."""
    shop = world.collector
    env = world.as_user(shop.login)
    moment = world.at(world.day(1), 6)
    queues = sales.fresh_lots(env, shop, moment, 0.5)
    customers = shop.customers[2 : 2 + READY_DELIVERIES]
    orders = sales.share_out(customers, queues)
    pickings = sales.create_deliveries(world, env, shop, orders, moment)
    if pickings:
        pickings.action_assign()


def _on_the_road(world):
    """A delivery to the market collector has left and has not arrived."""
    shop = world.collector
    env = world.as_user(shop.login)
    moment = world.moment(world.today, 5, 6)
    queues = sales.fresh_lots(env, shop, moment, 0.2)
    orders = sales.share_out(shop.customers[:1], queues)
    delivery = sales.create_deliveries(world, env, shop, orders, moment)
    if delivery:
        delivery.action_assign()
        validate(delivery, moment)


def _waiting_truck(world):
    """One more field was bought today; its truck has not been checked in."""
    farmer = spare_farmers(world)[0]
    cycle = world.cycles[farmer.id]
    purchases.receive(
        world, Purchase(farmer, world.today, "standing_crop_buyer", 12, cycle=cycle)
    )


def spare_farmers(world):
    """Farmers of whom nothing was bought and whose fruit may be."""
    return [
        farmer
        for farmer in world.farmers
        if world.fates[farmer.id] == "valid"
        and farmer != world.story_farmer
        and farmer.id not in world.purchases
        and farmer.id not in world.sprayed_late
    ]


def _drafts(world):
    """A wash and a split that somebody has begun."""
    shop = world.collector
    lots = world.env["stock.lot"].search(
        [
            ("harvest_date", "=", world.day(-1)),
            ("harvest_id.company_id", "=", shop.company.id),
        ],
        limit=20,
    )
    vals = handling.washing_vals(world, lots, world.today, 0)
    world.as_user("quality")["farm.treatment"].create(vals)


def _date_stock(world):
    """Let the stock that is left say since when it is there."""
    quants = world.env["stock.quant"].search(
        [("location_id.usage", "=", "internal"), ("quantity", ">", 0)]
    )
    dates = world.env["stock.move.line"]._read_group(
        [("lot_id", "in", quants.lot_id.ids), ("state", "=", "done")],
        ["lot_id", "location_dest_id"],
        ["date:max"],
    )
    since = {(lot, place): date for lot, place, date in dates}
    by_date = quants.grouped(lambda one: since.get((one.lot_id, one.location_id)))
    for date, part in by_date.items():
        if date:
            part.in_date = date
