from datetime import datetime, timedelta

from odoo.exceptions import UserError
from odoo.sql_db import db_connect
from odoo.tests import get_db_name, tagged

from .parallel_common import ParallelHoldCase


@tagged("post_install", "-at_install")
class TestParallelPromises(ParallelHoldCase):
    """Two deliveries leave for one customer who takes newer lots only."""

    def make_world(self, env):
        world = super().make_world(env)
        env["product.product"].browse(self.product_id).use_expiration_date = True
        shop = env["res.partner"].create(
            {"name": "Parallel Shop", "is_company": True, "is_newer_only": True}
        )
        branch = env["res.partner"].create(
            {"name": "Branch", "type": "delivery", "parent_id": shop.id}
        )
        self.partner_ids = [shop.id, branch.id]
        now = datetime.now().replace(microsecond=0)
        for days, lot_id in zip((20, 30), self.lot_ids[:2], strict=True):
            expiry = now + timedelta(days=days)
            env["stock.lot"].browse(lot_id).write(
                {"expiration_date": expiry, "removal_date": expiry}
            )
        return world

    def take_away(self):
        gone = super().take_away()
        with db_connect(get_db_name()).cursor() as cr:
            cr.execute(
                "DELETE FROM res_partner WHERE id = ANY(%s)",
                [self.partner_ids],
            )
        return gone

    def make_for(self, partner_id, lot_id):
        """A delivery of a lot to an address, ready to be validated."""
        picking_id = self.make_delivery()
        with self.transaction() as env:
            picking = env["stock.picking"].browse(picking_id)
            picking.partner_id = partner_id
            picking.action_assign()
            picking.move_line_ids.lot_id = lot_id
            picking.move_ids.picked = True
        return picking_id

    def leave(self, env, picking_id):
        env["stock.picking"].browse(picking_id).move_ids._action_done()
        env.flush_all()

    def states(self, *picking_ids):
        with self.transaction() as env:
            return env["stock.picking"].browse(picking_ids).mapped("state")

    def test_the_second_one_sees_the_first(self):
        newer = self.make_for(self.partner_ids[0], self.lot_ids[1])
        older = self.make_for(self.partner_ids[1], self.lot_ids[0])
        refusals = []

        def leave_second(env):
            try:
                self.leave(env, older)
            except UserError as error:
                refusals.append(str(error))
                env.cr.rollback()

        with self.meanwhile(leave_second) as second, self.transaction() as env:
            self.leave(env, newer)
            second.start()
            self.wait_until_blocked()
        self.assertEqual(len(refusals), 1)
        self.assertIn("takes none that expires earlier", refusals[0])
        self.assertEqual(self.states(newer, older), ["done", "assigned"])

    def test_the_second_one_began_before_the_first_was_done(self):
        newer = self.make_for(self.partner_ids[0], self.lot_ids[1])
        older = self.make_for(self.partner_ids[1], self.lot_ids[0])
        with self.transaction() as env:
            env.cr.execute("SELECT 1")
            with self.transaction() as other:
                self.leave(other, newer)
            with self.assertRaisesRegex(Exception, "could not serialize"):
                self.leave(env, older)
            env.cr.rollback()

    def test_who_takes_all_lots_waits_for_nobody(self):
        with self.transaction() as env:
            env["res.partner"].browse(self.partner_ids[0]).is_newer_only = False
        first = self.make_for(self.partner_ids[0], self.lot_ids[1])
        second = self.make_for(self.partner_ids[1], self.lot_ids[0])
        with self.transaction() as env:
            self.leave(env, first)
            with self.transaction() as other:
                self.leave(other, second)
        self.assertEqual(self.states(first, second), ["done", "done"])
