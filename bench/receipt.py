"""Farm-gate receipt of 1,000 lots against Odoo core receiving 1,000 lots by name."""

from datetime import timedelta
from statistics import median

from odoo import Command, fields

from bench._measure import row, timed

ROUNDS = 3
LOTS = 1_000


def run(env, scale=1.0):
    """Measure both sides in turn, on the same database and product.

    :param env: environment of a user who may receive; everything is rolled back
    :param float scale: share of the thousand lots
    :return: rows as ``make bench`` prints them
    """
    count = max(int(LOTS * scale), 1)
    story = _Story(env)
    rounds = [_one_round(env, story, count) for _round in range(ROUNDS)]
    ours, core, core_validate = (median(column) for column in zip(*rounds, strict=True))
    return [
        row("whole receipt", count, ours, "core: whole receipt", core, 1.0, True),
        row(
            "whole receipt",
            count,
            ours,
            "core: validation alone",
            core_validate,
            1.0,
            True,
        ),
    ]


def _one_round(env, story, count):
    ours, receipt = timed(env, lambda: story.receive(count))
    core, (core_receipt, core_validate) = timed(env, lambda: story.core_receive(count))
    for picking in (receipt, core_receipt):
        _check(picking, count)
    return ours, core, core_validate


def _check(picking, count):
    """Both sides must leave the same stock: every lot once, ten kilograms each."""
    quants = picking.move_line_ids.lot_id.quant_ids
    stored = quants.filtered(lambda quant: quant.location_id.usage == "internal")
    assert picking.state == "done"
    assert len(stored.lot_id) == len(stored) == count
    assert set(stored.mapped("quantity")) == {10.0}
    assert all(stored.lot_id.mapped("expiration_date"))


class _Story:
    """The least that a farm-gate receipt needs."""

    def __init__(self, env):
        self.env = env
        self.today = fields.Date.today()
        self.number = 0
        self.picking_type = env["farm.harvest"]._farm_gate_picking_type()
        self.crop = env["farm.crop"].create({"name": "Bench Banana", "code": "BENCH"})
        self.grade = env["farm.grade"].create(
            {"name": "A", "code": "A", "crop_id": self.crop.id}
        )
        self.product = self._make_product()
        self.authority = self._make_party("Office", "authority")
        self.guide = self._make_guide()
        self.cycle = self._make_cycle(self._make_certified_farmer())

    def _make_product(self):
        return self.env["product.product"].create(
            {
                "name": "Bench Banana Bunch",
                "is_storable": True,
                "tracking": "lot",
                "use_expiration_date": True,
                "expiration_time": 14,
                "farm_crop_id": self.crop.id,
                "uom_id": self.env.ref("uom.product_uom_kgm").id,
            }
        )

    def _make_party(self, name, role, **vals):
        roles = self.env.ref(f"farm_traceability.role_{role}")
        return self.env["res.partner"].create(
            {"name": name, "farm_role_ids": [Command.set(roles.ids)]} | vals
        )

    def _make_guide(self):
        guide = self.env["farm.guide"].create(
            {
                "code": "BENCH",
                "crop_id": self.crop.id,
                "authority_id": self.authority.id,
                "storage_temperature_min": 13,
                "storage_temperature_max": 14,
                "shelf_life_ids": [
                    Command.create(
                        {"temperature_min": 13, "temperature_max": 15, "days": 28}
                    )
                ],
            }
        )
        guide.action_publish()
        return guide

    def _make_certified_farmer(self):
        region = self.env["farm.region"].create(
            {"name": "Bench", "code": "BENCH", "level": "village"}
        )
        farmer = self._make_party("Farmer", "farmer", farm_region_id=region.id)
        line = {"crop_id": self.crop.id, "guide_id": self.guide.id}
        scheme = self.env["farm.certification.scheme"].create(
            {"name": "Bench", "code": "bench"}
        )
        self.env["farm.certificate"].create(
            {
                "name": "BENCH",
                "scheme_id": scheme.id,
                "authority_id": self.authority.id,
                "farmer_id": farmer.id,
                "valid_from": self.today - timedelta(days=30),
                "valid_to": self.today + timedelta(days=30),
                "line_ids": [Command.create(line)],
            }
        ).action_issue()
        return farmer

    def _make_cycle(self, farmer):
        plot = self.env["farm.plot"].create({"name": "Plot", "farmer_id": farmer.id})
        return self.env["farm.cycle"].create(
            {
                "plot_id": plot.id,
                "crop_id": self.crop.id,
                "guide_id": self.guide.id,
                "planting_date": self.today - timedelta(days=300),
            }
        )

    def receive(self, count):
        harvest = self.env["farm.harvest"].receive_at_farm_gate(
            {"cycle_id": self.cycle.id, "date": fields.Date.today()},
            [
                {
                    "product_id": self.product.id,
                    "quantity": 10.0,
                    "piece_count": 8,
                    "grade_id": self.grade.id,
                }
                for _number in range(count)
            ],
            self.picking_type.id,
        )
        return harvest.picking_ids

    def core_receive(self, count):
        places = {
            "location_id": self.picking_type.default_location_src_id.id
            or self.env.ref("stock.stock_location_suppliers").id,
            "location_dest_id": self.picking_type.default_location_dest_id.id,
        }
        self.number += 1
        picking = self.env["stock.picking"].create(
            places | {"picking_type_id": self.picking_type.id}
        )
        shared = places | {"product_id": self.product.id, "picking_id": picking.id}
        self.env["stock.move"].create(
            shared
            | {
                "product_uom": self.product.uom_id.id,
                "product_uom_qty": 10.0 * count,
                "move_line_ids": [
                    Command.create(
                        shared
                        | {
                            "product_uom_id": self.product.uom_id.id,
                            "lot_name": f"core-{self.number}-{number}",
                            "quantity": 10.0,
                        }
                    )
                    for number in range(count)
                ],
            }
        )
        picking.action_confirm()
        picking.move_ids.picked = True
        seconds, _done = timed(self.env, picking.button_validate)
        return picking, seconds
