import sys
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import odoo
from odoo import SUPERUSER_ID, api
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.service.model import retrying
from odoo.tests import BaseCase, get_db_name, tagged
from psycopg2.errors import SerializationFailure, UniqueViolation

THREADS = 4


@tagged("post_install", "-at_install")
class TestParallelOperations(BaseCase):
    """Real transactions at the same time, each with its own connection.

    It commits what it makes and takes it away again, so it stands apart from the
    tests that run in one transaction.
    """

    def setUp(self):
        super().setUp()
        if "pytest" not in sys.modules:
            self.skipTest("Odoo's own runner holds the registry: threads would wait")
        self.registry = odoo.modules.registry.Registry(get_db_name())
        self.addCleanup(self.take_away)
        with self.registry.cursor() as cr:
            self.make_world(api.Environment(cr, SUPERUSER_ID, {}))

    def make_world(self, env):
        crop = env["farm.crop"].create({"name": "Parallel", "code": "PAROPS"})
        product = env["product.product"].create(
            {
                "name": "Parallel",
                "is_storable": True,
                "tracking": "lot",
                "farm_crop_id": crop.id,
                "uom_id": env.ref("uom.product_uom_kgm").id,
            }
        )
        lot = env["stock.lot"].create({"name": "P-1", "product_id": product.id})
        lot.write({"piece_count": 8, "remaining_count": 8})
        place = env["stock.warehouse"].search([], limit=1).lot_stock_id
        env["stock.quant"]._update_available_quantity(product, place, 10.0, lot_id=lot)
        other = env["stock.lot"].create({"name": "O-1", "product_id": product.id})
        env["stock.quant"]._update_available_quantity(
            product, place, 10.0, lot_id=other
        )
        self.other_id = other.id
        self.crop_id, self.product_id = crop.id, product.id
        self.lot_id, self.place_id = lot.id, place.id

    def take_away(self):
        with self.registry.cursor() as cr:
            # The ORM deletes no posted operation.
            for line in ("input", "output"):
                cr.execute(
                    f"""
                    DELETE FROM farm_lot_operation WHERE id IN (
                        SELECT operation_id FROM farm_lot_operation_{line}
                         WHERE lot_id IN (
                            SELECT id FROM stock_lot WHERE product_id = %s))
                    """,
                    [self.product_id],
                )
            for table in ("stock_quant", "stock_move_line", "stock_move", "stock_lot"):
                cr.execute(
                    f"DELETE FROM {table} WHERE product_id = %s", [self.product_id]
                )
            env = api.Environment(cr, SUPERUSER_ID, {})
            env["product.product"].browse(self.product_id).unlink()
            env["farm.crop"].browse(self.crop_id).unlink()

    def draft(self, env, lot=None, quantity=10.0, pieces=8, **vals):
        return env["farm.lot.operation"].create(
            {
                "kind": "repack",
                "location_id": self.place_id,
                "input_ids": [
                    Command.create({"lot_id": lot or self.lot_id, "quantity": quantity})
                ],
                "output_ids": [
                    Command.create(
                        {
                            "product_id": self.product_id,
                            "input_quantity": quantity,
                            "piece_count": pieces,
                            **vals,
                        }
                    )
                ],
            }
        )

    def drafts(self, count, **vals):
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            return [self.draft(env, **vals).id for _number in range(count)]

    def at_once(self, *ids):
        """Operations in transactions that have all begun before one of them posts."""
        operations = []
        for operation_id in ids:
            cr = self.enterContext(self.registry.cursor())
            env = api.Environment(cr, SUPERUSER_ID, {})
            operations.append(env["farm.lot.operation"].browse(operation_id))
            cr.execute("SELECT count(*) FROM stock_quant")
        return operations

    def quantities(self):
        """Quantities of the lot's quants, and the pieces left on it."""
        with self.registry.cursor() as cr:
            cr.execute(
                """
                SELECT quant.quantity::float8 FROM stock_quant quant
                  JOIN stock_location place ON place.id = quant.location_id
                 WHERE quant.lot_id = %s AND place.usage = 'internal'
                """,
                [self.lot_id],
            )
            quantities = [row[0] for row in cr.fetchall() if row[0]]
            cr.execute(
                "SELECT remaining_count FROM stock_lot WHERE id = %s", [self.lot_id]
            )
            return quantities, cr.fetchone()[0]

    def test_a_second_click_at_the_same_time_is_refused(self):
        [draft] = self.drafts(1)
        first, second = self.at_once(draft, draft)
        first.action_post()
        with self.assertRaisesRegex(UserError, "worked on by another click"):
            second.action_post()
        second.env.cr.rollback()
        first.env.cr.commit()
        with self.assertRaisesRegex(UserError, "is posted already"):
            second.action_post()
        second.env.cr.rollback()
        self.assertEqual(self.quantities(), ([], 0))

    def test_two_do_not_take_the_same_stock(self):
        first, second = self.at_once(*self.drafts(2))
        first.action_post()
        with self.assertRaisesRegex(UserError, "Somebody else is moving P-1"):
            second.action_post()
        second.env.cr.rollback()
        first.env.cr.commit()
        with self.assertRaisesRegex(UserError, "10 kg are asked for, 0 are"):
            second.action_post()
        second.env.cr.rollback()
        self.assertEqual(self.quantities(), ([], 0))

    def test_who_comes_just_after_begins_anew(self):
        first, second = self.at_once(*self.drafts(2))
        first.action_post()
        first.env.cr.commit()
        with (
            self.assertRaises(SerializationFailure),
            self.assertLogs("odoo.sql_db", "ERROR"),
        ):
            second.action_post()
        second.env.cr.rollback()
        with self.assertRaisesRegex(UserError, "10 kg are asked for, 0 are"):
            second.action_post()
        second.env.cr.rollback()

    def test_two_do_not_give_the_same_name_to_new_lots(self):
        first, second = self.at_once(
            *self.drafts(1, quantity=2.0, pieces=1, lot_name="P-2"),
            *self.drafts(1, lot=self.other_id, quantity=2.0, lot_name="P-2"),
        )
        first.action_post()
        first.env.flush_all()

        def post():
            second.action_post()
            second.env.flush_all()

        with ThreadPoolExecutor(1) as pool, self.assertLogs("odoo.sql_db", "ERROR"):
            waiting = pool.submit(post)
            # It waits for the first one at the unique index, or comes after it.
            first.env.cr.commit()
            with self.assertRaises((UniqueViolation, SerializationFailure)):
                waiting.result(timeout=60)
        second.env.cr.rollback()
        with self.assertRaisesRegex(UserError, "a lot P-2 of"):
            second.action_post()
        second.env.cr.rollback()

    def test_of_many_at_once_only_as_many_post_as_there_is_stock(self):
        """As Odoo serves requests: with a new try after a serialization failure."""
        drafts = self.drafts(THREADS, quantity=4.0, pieces=3)
        barrier = Barrier(THREADS)

        def post(draft):
            with self.registry.cursor() as cr:
                env = api.Environment(cr, SUPERUSER_ID, {})
                barrier.wait(timeout=60)
                try:
                    retrying(env["farm.lot.operation"].browse(draft).action_post, env)
                except (UserError, ValidationError):
                    return False
                return True

        with ThreadPoolExecutor(THREADS) as pool:
            posted = sum(pool.map(post, drafts))
        self.assertIn(posted, (1, 2))
        quantities, pieces = self.quantities()
        self.assertEqual(sum(quantities), 10.0 - 4.0 * posted)
        self.assertTrue(all(quantity > 0 for quantity in quantities))
        self.assertEqual(pieces, 8 - 3 * posted)
