import time
from functools import partial

import farmtag
from odoo.tests import tagged

from .server_case import REGION, ServerCase

COUNTER = 77


@tagged("post_install", "-at_install")
class TestTagsAtOnce(ServerCase):
    """Several devices and one bunch, at the same time, by a real server."""

    def make_more(self, env):
        self.whole = farmtag.LineageCode(1, COUNTER)
        product = env["product.product"].browse(self.ids["product"])
        lot = env["stock.lot"].create(
            {
                "name": REGION,
                "product_id": product.id,
                "lineage_code": str(self.whole),
                "piece_count": 8,
                "remaining_count": 8,
            }
        )
        user = env["res.users"].browse(self.ids["user"])
        place = user._get_default_warehouse_id().lot_stock_id
        env["stock.quant"]._update_available_quantity(product, place, 12, lot_id=lot)

    def make_device(self):
        journal = super().make_device()
        with self.transaction() as env:
            device = env["farm.device"].browse(self.ids["devices"][-1])
            device.write({"may_split": True, "may_write_bunches": True})
        return journal

    def split(self, journal, *indexes, grams=1_500):
        hands = [
            {"index": index, "code": str(self.whole.child(index)), "grams": grams}
            for index in indexes
        ]
        body = {"at": int(time.time() * 1000), "parent": str(self.whole)}
        journal.add("split", body | {"hands": hands})

    def states(self, journals):
        """What became of the only event of each, sent at once; sorted."""
        answers = self.all_at_once(*[partial(self.send, one) for one in journals])
        self.assertEqual([status for status, _answer in answers], [200] * len(answers))
        return sorted(answer["results"][0]["state"] for _status, answer in answers)

    def assertTaken(self, count):
        """So many hands of 1.5 kg were taken, each is a lot with a tag, once."""
        with self.transaction() as env:
            lots = env["stock.lot"].search([("product_id", "=", self.ids["product"])])
            whole = lots.filtered(lambda lot: lot.lineage_code == str(self.whole))
            self.assertEqual(len(lots - whole), count)
            self.assertEqual(len(lots.tag_ids), count)
            self.assertEqual(whole.remaining_count, 8 - count)
            self.assertAlmostEqual(whole.product_qty, 12 - 1.5 * count)
            self.assertAlmostEqual(sum(lots.mapped("product_qty")), 12)

    def test_two_that_take_the_same_hands_are_one_split_and_a_conflict(self):
        journals = [self.make_device(), self.make_device()]
        for journal in journals:
            self.split(journal, 1, 2, 3)
        self.assertEqual(self.states(journals), ["applied", "conflict"])
        self.assertTaken(3)

    def test_two_that_take_other_hands_are_both_right(self):
        journals = [self.make_device(), self.make_device()]
        self.split(journals[0], 1, 2, 3, 4)
        self.split(journals[1], 5, 6, 7, 8)
        self.assertEqual(self.states(journals), ["applied", "applied"])
        self.assertTaken(8)

    def test_of_many_the_first_win_until_nothing_is_left(self):
        journals = [self.make_device() for _device in range(4)]
        for number, journal in enumerate(journals):
            self.split(journal, *range(3 * number + 1, 3 * number + 4))
        self.assertEqual(self.states(journals), ["applied"] * 2 + ["conflict"] * 2)
        self.assertTaken(6)

    def test_one_chip_on_two_bunches_is_one_tag_and_a_conflict(self):
        journals = [self.make_device(), self.make_device()]
        for number, journal in enumerate(journals):
            code = str(farmtag.LineageCode(journal.number, number))
            bunch = {"code": code, "grams": 9_000, "uid": b"\x04UIDONE"}
            journal.add(
                "purchase",
                {
                    "at": int(time.time() * 1000),
                    "farmer": REGION,
                    "crop": "SRVTST",
                    "bunches": [bunch],
                },
            )
        self.assertEqual(self.states(journals), ["applied", "conflict"])
        with self.transaction() as env:
            tags = env["farm.tag"].search([("uid", "=", b"\x04UIDONE".hex())])
            self.assertEqual(len(tags), 1)
