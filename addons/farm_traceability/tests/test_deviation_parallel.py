from odoo.sql_db import db_connect
from odoo.tests import get_db_name, tagged

from .parallel_common import ParallelHoldCase


@tagged("post_install", "-at_install")
class TestParallelDeviations(ParallelHoldCase):
    """Two people validate one transfer in the same moment."""

    def make_world(self, env):
        world = super().make_world(env)
        env.flush_all()
        first, second, _third = self.lot_ids
        env.cr.execute(
            "UPDATE stock_quant SET in_date = '2020-01-01' WHERE lot_id = %s", [first]
        )
        env.cr.execute(
            "UPDATE stock_quant SET in_date = '2020-02-01' WHERE lot_id = %s", [second]
        )
        kind = env["stock.picking.type"].browse(self.type_id)
        self.policy = kind.deviation_policy
        kind.deviation_policy = "reason"
        self.reason_id = env["farm.deviation.reason"].create({"name": "Parallel"}).id
        return world

    def take_away(self):
        with db_connect(get_db_name()).cursor() as cr:
            cr.execute(
                "DELETE FROM farm_deviation WHERE product_id = %s", [self.product_id]
            )
        gone = super().take_away()
        with self.transaction() as env:
            kind = env["stock.picking.type"].browse(self.type_id)
            kind.deviation_policy = self.policy
            env["farm.deviation.reason"].browse(self.reason_id).unlink()
        return gone

    def make_deviating(self):
        picking_id = self.make_delivery()
        with self.transaction() as env:
            self.reserve(env, picking_id)
            line = env["stock.picking"].browse(picking_id).move_line_ids
            assert line.given_lot_id.id == self.lot_ids[0]
            line.write(
                {"lot_id": self.lot_ids[1], "deviation_reason_id": self.reason_id}
            )
        return picking_id

    def records(self):
        with self.transaction() as env:
            records = env["farm.deviation"].search(
                [("product_id", "=", self.product_id)]
            )
            return [(one.given_lot_id.id, one.lot_id.id) for one in records]

    def validate(self, env, picking_id):
        env["stock.picking"].browse(picking_id).button_validate()
        env.flush_all()

    def test_there_is_one_record(self):
        picking_id = self.make_deviating()
        with (
            self.meanwhile(lambda env: self.validate(env, picking_id)) as second,
            self.transaction() as env,
        ):
            self.validate(env, picking_id)
            second.start()
            self.wait_until_blocked()
        self.assertEqual(self.records(), [tuple(self.lot_ids[:2])])

    def test_the_lot_is_changed_while_it_is_validated(self):
        """Who comes second starts again: the line that moves is the one on record."""
        picking_id = self.make_delivery()
        with self.transaction() as env:
            self.reserve(env, picking_id)

        def change(env):
            line = env["stock.picking"].browse(picking_id).move_line_ids
            if line.state != "done":
                line.write(
                    {"lot_id": self.lot_ids[1], "deviation_reason_id": self.reason_id}
                )
            env.flush_all()

        with self.meanwhile(change) as changing, self.transaction() as env:
            self.validate(env, picking_id)
            changing.start()
            self.wait_until_blocked()
        self.assertEqual(self.lots_of(picking_id), self.lot_ids[:1])
        self.assertEqual(self.records(), [])
