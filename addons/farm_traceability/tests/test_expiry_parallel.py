from datetime import timedelta

import psycopg2.errors
from odoo import fields
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.sql_db import db_connect
from odoo.tests import get_db_name, tagged

from .parallel_common import ParallelHoldCase


@tagged("post_install", "-at_install")
class TestExpiryParallel(ParallelHoldCase):
    """Two people press the same button at the same moment; two jobs begin at once."""

    def make_world(self, env):
        result = super().make_world(env)
        env["product.product"].browse(self.product_id).use_expiration_date = True
        env["stock.lot"].browse(self.lot_ids).expiration_date = (
            fields.Datetime.now() + timedelta(days=2)
        )
        self.reason_id = (
            env["stock.scrap.reason.tag"].create({"name": "Too old, parallel"}).id
        )
        env.flush_all()
        return result

    def take_away(self):
        with db_connect(get_db_name()).cursor() as cr:
            cr.execute(
                "DELETE FROM farm_expiry_digest WHERE id IN (SELECT digest_id FROM"
                " farm_expiry_digest_line WHERE lot_id = ANY(%s)) RETURNING id",
                [self.lot_ids],
            )
            digests = [number for (number,) in cr.fetchall()]
            for table, column in (("mail_activity", "res_model"),
                                  ("mail_message", "model")):  # fmt: skip
                cr.execute(
                    f"DELETE FROM {table} WHERE {column} = 'farm.expiry.digest'"
                    " AND res_id = ANY(%s)",
                    [digests],
                )
            cr.execute(
                "DELETE FROM stock_move_line WHERE product_id = %(product)s;"
                "DELETE FROM stock_move WHERE product_id = %(product)s;"
                "DELETE FROM farm_expiry_work_line WHERE quant_id IN ("
                " SELECT id FROM stock_quant WHERE product_id = %(product)s);"
                "DELETE FROM stock_scrap WHERE product_id = %(product)s",
                {"product": self.product_id},
            )
        with self.transaction() as env:
            env["stock.scrap.reason.tag"].browse(self.reason_id).unlink()
        return super().take_away()

    def open_wizard(self):
        """Somebody chooses the first lot and the reason, and waits."""
        with self.transaction() as env:
            quant = env["stock.quant"].search(
                [("lot_id", "=", self.lot_ids[0]), ("quantity", ">", 0)]
            )
            work = env["farm.expiry.work"].create(
                {
                    "kind": "scrap",
                    "reason_tag_ids": [Command.set([self.reason_id])],
                    "line_ids": [Command.create({"quant_id": quant.id, "quantity": 6})],
                }
            )
            return work.id

    def scrap(self, env, number):
        env["farm.expiry.work"].browse(number).action_scrap()
        env.flush_all()

    def scrapped(self):
        with self.transaction() as env:
            moves = env["stock.move"].search(
                [("product_id", "=", self.product_id), ("scrap_id", "!=", False)]
            )
            return moves.mapped("quantity")

    def test_who_comes_second_is_told_at_once(self):
        mine, yours = self.open_wizard(), self.open_wizard()
        with self.transaction() as env:
            self.scrap(env, mine)
            with (
                self.assertRaisesRegex(UserError, "at this very moment"),
                self.transaction() as other,
            ):
                self.scrap(other, yours)
        with (
            self.assertRaisesRegex(UserError, "only 4 .* are free now"),
            self.transaction() as other,
        ):
            self.scrap(other, yours)
        self.assertEqual(self.scrapped(), [6.0])

    def test_a_double_click_is_one_scrap(self):
        mine = self.open_wizard()
        with self.transaction() as env:
            self.scrap(env, mine)
            with (
                self.assertRaisesRegex(UserError, "at this very moment"),
                self.transaction() as other,
            ):
                self.scrap(other, mine)
        with (
            self.assertRaisesRegex(UserError, "done already"),
            self.transaction() as other,
        ):
            self.scrap(other, mine)
        self.assertEqual(self.scrapped(), [6.0])

    def test_who_looked_before_the_other_was_done_begins_again(self):
        mine, yours = self.open_wizard(), self.open_wizard()
        with (
            self.assertRaises(psycopg2.errors.SerializationFailure),
            self.transaction() as other,
        ):
            other["stock.quant"].search([("product_id", "=", self.product_id)]).mapped(
                "quantity"
            )
            with self.transaction() as env:
                self.scrap(env, mine)
            self.scrap(other, yours)
        with self.assertRaisesRegex(UserError, "only 4 .* are free now"):
            self.retrying(lambda env: self.scrap(env, yours))
        self.assertEqual(self.scrapped(), [6.0])

    def make_digests(self, env):
        digests = env["farm.expiry.digest"]._make_all()
        env.flush_all()
        return digests.line_ids.lot_id.ids

    def told(self):
        with self.transaction() as env:
            lines = env["farm.expiry.digest.line"].search(
                [("lot_id", "in", self.lot_ids)]
            )
            return lines.lot_id.ids, len(lines), len(lines.digest_id.activity_ids)

    def test_two_jobs_at_once_make_one_digest(self):
        with self.transaction() as env:
            self.assertLess(set(self.lot_ids[:2]), {*self.make_digests(env), 0})
            with self.transaction() as other:
                self.assertEqual(self.make_digests(other), [])
        self.assertEqual(self.told(), (self.lot_ids[:2], 2, 1))

    def test_a_job_that_began_before_the_other_was_done_adds_nothing(self):
        with self.transaction() as other:
            other["stock.lot"].search_count([("product_id", "=", self.product_id)])
            with self.transaction() as env:
                self.make_digests(env)
            self.assertEqual(self.make_digests(other), [])
            other["stock.lot"].browse(self.lot_ids[0]).note = "It goes on"
            other.flush_all()
        self.assertEqual(self.told(), (self.lot_ids[:2], 2, 1))
