import time
from functools import partial

from odoo.sql_db import db_connect
from odoo.tests import get_db_name, new_test_user, tagged

from .server_case import REGION, ServerCase

LOTS = 6
LEFT = """
    SELECT set_config('farm_read_log.sorting', 'on', true);
    DELETE FROM farm_read_log WHERE point_id = ANY(%(points)s);
    DELETE FROM farm_read_turn WHERE point_id = ANY(%(points)s);
    DELETE FROM stock_quant WHERE product_id = %(product)s;
    DELETE FROM stock_move_line WHERE product_id = %(product)s;
    DELETE FROM stock_move WHERE product_id = %(product)s;
    DELETE FROM stock_picking WHERE origin = %(origin)s;
"""


@tagged("post_install", "-at_install")
class TestReadsAtOnce(ServerCase):
    """Two devices at one gate, by real requests at the same moment."""

    def make_more(self, env):
        warehouse = env["stock.warehouse"].search([], limit=1)
        place = self.make(
            env["stock.location"],
            {"name": REGION, "location_id": warehouse.lot_stock_id.id},
        )
        point = self.make(
            env["farm.read.point"],
            {
                "name": REGION,
                "code": REGION,
                "location_id": place.id,
                "meaning": "put_away",
            },
        )
        user = new_test_user(env, "servertestpicker", groups="stock.group_stock_user")
        self.made.append(("res.users", user.ids))
        self.ids |= {"user": user.id, "points": point.ids, "place": place.id}
        product = env["product.product"].browse(self.ids["product"])
        for number in range(LOTS):
            lot = env["stock.lot"].create(
                {
                    "name": f"{REGION}-{number}",
                    "product_id": product.id,
                    "lineage_code": f"{REGION}-{number}",
                }
            )
            env["stock.quant"]._update_available_quantity(
                product, warehouse.lot_stock_id, 10, lot_id=lot
            )

    def take_away(self):
        with db_connect(get_db_name()).cursor() as cr:
            cr.execute(LEFT, self.ids | {"origin": REGION})
        return super().take_away()

    def see(self, journal, *numbers):
        now = int(time.time() * 1000)
        tags = [{"code": f"{REGION}-{number}"} for number in numbers]
        journal.add("read", {"at": now, "point": REGION, "tags": tags})

    def outcomes(self):
        """Outcomes of the reads of each tag."""
        with self.transaction() as env:
            found = {}
            for read in env["farm.read"].search(
                [("point_id", "in", self.ids["points"])]
            ):
                found.setdefault(read.tag, []).append(read.outcome)
            return {tag: sorted(outcomes) for tag, outcomes in found.items()}

    def assertMovedOnce(self):
        with self.transaction() as env:
            quants = env["stock.quant"].search(
                [
                    ("product_id", "=", self.ids["product"]),
                    ("location_id", "=", self.ids["place"]),
                ]
            )
            self.assertEqual(quants.mapped("quantity"), [10] * LOTS)
            lines = env["stock.move.line"].search(
                [("product_id", "=", self.ids["product"]), ("state", "=", "done")]
            )
            self.assertEqual(len(lines), LOTS)

    def test_two_devices_at_one_gate_count_a_tag_once(self):
        journals = [self.make_device(), self.make_device()]
        for journal in journals:
            self.see(journal, *range(LOTS))
        answers = self.all_at_once(*[partial(self.send, one) for one in journals])
        self.assertEqual([status for status, _answer in answers], [200] * 2)
        wanted = {
            f"{REGION}-{number}": ["counted", "repeated"] for number in range(LOTS)
        }
        self.assertEqual(self.outcomes(), wanted)
        self.assertMovedOnce()

    def test_devices_that_see_different_things_do_not_mix_them_up(self):
        journals = [self.make_device() for _gate in range(3)]
        for number, journal in enumerate(journals):
            self.see(journal, 2 * number, 2 * number + 1)
        answers = self.all_at_once(*[partial(self.send, one) for one in journals])
        self.assertEqual([status for status, _answer in answers], [200] * 3)
        self.assertMovedOnce()
