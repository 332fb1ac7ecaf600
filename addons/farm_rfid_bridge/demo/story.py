"""A key of the office, the writer on its desk, and the collector's device.

Devices are drafts: whoever has one enrols it, as ``make up`` does with two virtual
ones. Cards are ordered at the writer, once that is enrolled.
"""

from odoo.fields import Command

WRITER = "Card Writer of the Office"
COLLECTOR = "Joko's Tablet"


def tell(world):
    """An administrator makes what nobody else may."""
    env = world.as_user("admin")
    _signing_key(world, env)
    devices = env["farm.device"].create([_writer_vals(world), _collector_vals(world)])
    world.log(f"    {', '.join(devices.mapped('name'))}: to be enrolled")


def _signing_key(world, env):
    vals = {"name": "Cards of Karanganyar", "authority_id": world.office.id}
    env["farm.signing.key"].create(vals).action_activate()


def _writer_vals(world):
    return _device_vals(world, "officer") | {
        "name": WRITER,
        "kind": "writer",
        "may_write_cards": True,
    }


def _collector_vals(world):
    return _device_vals(world, "collector") | {
        "name": COLLECTOR,
        "kind": "collector",
        "warehouse_id": world.collector.warehouse.id,
        "may_write_bunches": True,
        "may_split": True,
    }


def _device_vals(world, login):
    """It works in the village of the story's farmer."""
    return {
        "user_id": world.users[login].id,
        "company_id": world.collector.company.id,
        "region_ids": [Command.set(world.story_farmer.farm_region_id.ids)],
    }


CHAPTERS = [("Keys and devices", tell)]
