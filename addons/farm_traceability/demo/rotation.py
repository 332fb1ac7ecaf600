"""What leaves first: a customer's minimum, a picker's deviation, the expiry board."""

from datetime import timedelta

from . import purchases, sales
from .plan import Purchase
from .sales import Customer
from .today import spare_farmers
from .transfers import validate

SUPERMARKET, SHOP = "Swalayan Bengawan Jaya", "Buah Segar Mojosongo"
MINIMUM_DAYS = 10
#: kg that the supermarket asks for beyond all that is fresh enough
TOO_MUCH = 12.0
DISCOUNTS = {7: 20, 2: 50}


def tell(world):
    _set_rules(world)
    lots = _buy(world)
    _deviate(world, lots)
    _promise(world, lots.product_id)
    _look_at_board(world)


def _set_rules(world):
    world.collector.deliveries.deviation_policy = "reason"
    world.as_user("quality")["farm.shelf.life.term"].create(
        {"partner_id": _customer(world, SUPERMARKET).id, "minimum": MINIMUM_DAYS}
    )


def _customer(world, name):
    return next(
        partner for partner in world.traders["outside_retailer"] if partner.name == name
    )


def _buy(world):
    """Three bunches five days ago, three today that go into the cold store at once."""
    farmer = spare_farmers(world)[1]
    cycle = world.cycles[farmer.id]
    return purchases.buy(
        world,
        [
            Purchase(farmer, world.day(-5), "collector", 3, cycle=cycle),
            Purchase(farmer, world.today, "cold_store", 3, cycle=cycle),
        ],
    )


def _deviate(world, lots):
    """The shop has no minimum; the picker leaves the oldest lot, and says why."""
    youngest = lots.sorted("expiration_date")[-1]
    quantity = youngest.product_qty / 2
    moment = world.moment(world.today, 8, 12)
    delivery = _deliver(world, SHOP, youngest.product_id, quantity, moment)
    line = delivery.move_line_ids[:1]
    delivery.move_line_ids[1:].unlink()
    line.write(
        {
            "lot_id": youngest.id,
            "location_id": world.collector.places["cold"].id,
            "quantity": quantity,
            "deviation_reason_id": world.env.ref(
                "farm_traceability.deviation_reason_damaged"
            ).id,
            "deviation_note": "The crate on top was wet.",
        }
    )
    validate(delivery, moment)


def _promise(world, product):
    """The supermarket asks for more than what is fresh enough for it."""
    leaving = world.at(world.day(1), 6)
    stays = world.at(world.day(1), 0) + timedelta(days=MINIMUM_DAYS)
    quants = world.as_user("warehouse")["stock.quant"].search(
        [
            ("location_id", "child_of", world.collector.stock.id),
            ("product_id", "=", product.id),
            ("expiration_date", ">=", stays),
            ("is_on_hold", "=", False),
        ]
    )
    free = sum(quants.mapped(lambda one: one.quantity - one.reserved_quantity))
    _deliver(world, SUPERMARKET, product, free + TOO_MUCH, leaving)


def _deliver(world, name, product, quantity, moment):
    customer = Customer(_customer(world, name), "D", 1)
    env = world.as_user("warehouse")
    orders = [(customer, {product: quantity})]
    delivery = sales.create_deliveries(world, env, world.collector, orders, moment)
    delivery.action_assign()
    return delivery


def _look_at_board(world):
    """Discounts are set, and who is responsible is told what expires."""
    world.as_user("manager")["farm.expiry.discount"].create(
        [{"days": days, "percent": percent} for days, percent in DISCOUNTS.items()]
    )
    world.collector.warehouse.expiry_user_id = world.users["quality"]
    world.env["farm.expiry.digest"]._make_all()
