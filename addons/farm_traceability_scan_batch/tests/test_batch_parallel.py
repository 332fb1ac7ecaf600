from odoo import SUPERUSER_ID
from odoo.addons.farm_traceability_scan.tests.parallel_scan import (
    ADMIN,
    ParallelScanCase,
)
from odoo.fields import Command
from odoo.tests import tagged


@tagged("post_install", "-at_install")
class TestBatchParallel(ParallelScanCase):
    """Two pickers on one batch, at the same time."""

    scenario = "pick_batch"

    def setUp(self):
        super().setUp()
        self.picking_ids = [self.make_delivery(4), self.make_delivery(4)]
        for picking_id in self.picking_ids:
            self.retrying(lambda env, one=picking_id: self.reserve(env, one))
        self.retrying(self.make_batch)

    def make_batch(self, env):
        batch = env["stock.picking.batch"].create(
            {
                "picking_type_id": self.type_id,
                "picking_ids": [Command.link(one) for one in self.picking_ids],
            }
        )
        batch.action_confirm()
        self.batch_id = batch.id

    def take_away(self):
        with self.transaction() as env:
            batch = env["stock.picking.batch"].browse(self.batch_id)
            batch.picking_ids.batch_id = False
            env.flush_all()
            env.cr.execute("DELETE FROM stock_picking_batch WHERE id = %s", batch.ids)
        return super().take_away()

    def scan(self, quantity, user_id):
        return self.sender(self.event(self.batch_id, quantity=quantity), user_id)

    def scanned(self):
        with self.transaction() as env:
            pickings = env["stock.picking"].browse(self.picking_ids)
            return [
                sum(picking.move_line_ids.mapped("scanned_quantity"))
                for picking in pickings
            ]

    def test_no_more_than_is_asked_goes_into_each_transfer(self):
        users = (ADMIN, SUPERUSER_ID) * 3
        answers = self.all_at_once([self.scan(1.5, user) for user in users])
        self.assertEqual(len(self.applied(answers)), 5)
        self.assertEqual(self.scanned(), [4, 3.5])

    def test_one_finishes_while_the_other_scans(self):
        self.scan(1, ADMIN)()
        finish = self.sender(self.event(self.batch_id, "finish"), ADMIN)
        scans = [self.scan(2, SUPERUSER_ID) for _number in range(3)]
        answers = self.all_at_once([finish, *scans])
        taken = 1 + 2 * sum("finished" not in one for one in self.applied(answers))
        with self.transaction() as env:
            pickings = env["stock.picking"].browse(self.picking_ids)
            self.pickings.extend(pickings.backorder_ids.ids)
            done = pickings.filtered(lambda one: one.state == "done")
            self.assertEqual(sum(done.move_ids.mapped("quantity")), taken)
