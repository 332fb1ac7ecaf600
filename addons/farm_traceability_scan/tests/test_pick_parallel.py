from odoo import SUPERUSER_ID
from odoo.tests import tagged

from .parallel_scan import ADMIN, ParallelScanCase


@tagged("post_install", "-at_install")
class TestPickParallel(ParallelScanCase):
    """Two pickers and the office on one transfer, at the same time."""

    def setUp(self):
        super().setUp()
        self.picking_id = self.make_delivery(8)
        self.retrying(lambda env: self.reserve(env, self.picking_id))

    def scan(self, quantity, user_id=ADMIN):
        return self.sender(self.event(self.picking_id, quantity=quantity), user_id)

    def office(self, work):
        def change(env):
            work(env["stock.picking"].browse(self.picking_id))
            env.flush_all()

        return lambda: self.retrying(change)

    def look_at(self, read):
        with self.transaction() as env:
            return read(env["stock.picking"].browse(self.picking_id))

    def test_one_finishes_while_the_other_scans(self):
        self.scan(2)()
        finish = self.sender(self.event(self.picking_id, "finish"), SUPERUSER_ID)
        answers = self.all_at_once([finish, self.scan(1), self.scan(1), self.scan(1)])
        taken = 2 + sum("finished" not in one for one in self.applied(answers))

        def read(picking):
            self.pickings.extend(picking.backorder_ids.ids)
            return picking.state, sum(picking.move_ids.mapped("quantity"))

        self.assertEqual(self.look_at(read), ("done", taken))

    def test_the_office_asks_for_less_while_both_scan(self):
        def less(picking):
            picking.move_ids.product_uom_qty = 3

        works = [self.scan(1, user) for user in (ADMIN, SUPERUSER_ID) * 2]
        answers = self.all_at_once([*works, self.office(less)])
        scanned = len(self.applied(answers))

        def read(picking):
            lines = picking.move_line_ids
            return sum(lines.mapped("scanned_quantity")), sum(lines.mapped("quantity"))

        self.assertEqual(self.look_at(read)[0], scanned)
        self.assertGreaterEqual(self.look_at(read)[1], scanned)

    def test_it_is_cancelled_while_both_scan(self):
        works = [self.scan(1), self.scan(1, SUPERUSER_ID), self.scan(1)]
        answers = self.all_at_once(
            [*works, self.office(lambda one: one.action_cancel())]
        )
        answers.append(self.scan(1)())
        self.assertEqual(answers[-1]["state"], "refused")
        self.assertIn("cancelled", answers[-1]["message"])
        self.assertEqual(self.look_at(lambda one: one.state), "cancel")
        with self.transaction() as env:
            quants = env["stock.quant"].search([("product_id", "=", self.product_id)])
            self.assertEqual(sum(quants.mapped("reserved_quantity")), 0)
