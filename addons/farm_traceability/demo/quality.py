"""What lies on the quality manager's table: lots on hold, a complaint, a drill."""

from odoo.fields import Command

HELD = 3


def tell(world):
    env = world.as_user("quality")
    hand = env["stock.lot"].search([("ref", "=", "STORY-HAND-1")])
    _hold(world, env)
    _complaint(env, hand)
    _drill(env, hand)


def _hold(world, env):
    """The cold store was too cold for a night."""
    lots = (
        env["stock.quant"]
        .search(
            [
                ("location_id", "child_of", world.collector.stock.id),
                ("removal_date", ">=", world.at(world.today, 0)),
                ("reserved_quantity", "=", 0),
                ("quantity", ">", 0),
            ],
            order="removal_date desc, id",
            limit=HELD,
        )
        .lot_id
    )
    env["farm.hold"]._place(
        lots, "temperature", "8 °C in the cold store last night: look for chilling."
    )


def _complaint(env, hand):
    """The hospital complains; the scope is shown and nothing has happened yet."""
    hospital = env["res.partner"].search([("name", "=", "RS Lawu Sehat")], limit=1)
    env["farm.recall.complaint"].create(
        {
            "partner_id": hospital.id,
            "lot_id": hand.id,
            "text": "Two fingers of the hand were black inside.",
        }
    ).action_show_scope()


def _drill(env, hand):
    """The yearly drill is over: its packet is ready."""
    drill = env["farm.recall"].create(
        {
            "is_mock": True,
            "trigger": "drill",
            "reason": "Yearly drill",
            "start_ids": [Command.create({"record": f"stock.lot,{hand.id}"})],
        }
    )
    drill.action_scope()
    drill.action_start()
    drill.action_packet()
    drill.action_close()
