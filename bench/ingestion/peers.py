"""How the same is done without the bridge: a request for each read, or bare creates."""

from functools import partial

from .server import Caller, together
from .world import HANDS

BATCH = 1_000


def read_by_read(world, key, gates, count):
    """Seconds for reads that are each a request: a line on a transfer, done at last.

    :param gates: two of them, at the same time
    :param count: reads of each
    """
    jobs = []
    for gate in gates:
        lots = [lot.id for lot, _code in world.make_lots(-(-count // HANDS))]
        vals = _prepare_transfer(world, gate)
        picking = world.env["stock.picking"].with_user(world.picker).create(vals)
        picking.action_confirm()
        shared = {"picking_id": picking.id, "product_id": world.product.id}
        jobs.append(partial(_send_each, Caller(key), shared, lots, count))
    world.env.cr.commit()
    return together(*jobs)


def _prepare_transfer(world, gate):
    kind = world.warehouse.int_type_id
    return {
        "picking_type_id": kind.id,
        "location_id": world.stock.id,
        "location_dest_id": gate.place.id,
    }


def _send_each(caller, shared, lots, count):
    for number in range(count):
        line = {"lot_id": lots[number // HANDS], "quantity": 1.0, "picked": True}
        caller.call("stock.move.line", "create", vals_list=[shared | line])
    caller.call("stock.picking", "button_validate", ids=[shared["picking_id"]])


def bare_creates(key, count):
    """Seconds for so many records of a model without any effect, 1,000 a request."""
    each = max(count // 2, BATCH)
    return together(*[partial(_create, Caller(key), each, one) for one in "ab"])


def _create(caller, count, who):
    for first in range(0, count, BATCH):
        vals_list = [{"name": f"{who} {first + one}"} for one in range(BATCH)]
        caller.call("res.partner.category", "create", vals_list=vals_list)
