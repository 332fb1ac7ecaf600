"""Let a device move lots by its reads: CONFIG DATABASE."""

import sys

from dev.inside import environment

LOTS = 3
#: tags of an event: each lot has a hundred
TAGS = 50


def main(config, database):
    """Make a gate, lots and a device, and push what the device reads.

    :raises RuntimeError: if an event is not applied
    """
    with environment(config, database) as env:
        # Only now Odoo knows where the add-ons lie, which it imports.
        from bench.ingestion.world import World

        world = World(env)
        gate = world.make_gate()
        gate.see_hands(world.make_lots(LOTS), TAGS)
        _push(env, gate.device)


def _push(env, device):
    from odoo.addons.farm_rfid_bridge.protocol.cbor import write_cbor
    from odoo.addons.farm_rfid_bridge.protocol.envelope import CBOR, read_push

    record = env["farm.device"].search([("number", "=", device.number)])
    raw = write_cbor(device.signed(1, len(device.events)))
    states = {one["state"] for one in record._push(read_push(raw, CBOR))["results"]}
    if states != {"applied"}:
        raise RuntimeError(f"The reads are {states}")


main(*sys.argv[1:])
