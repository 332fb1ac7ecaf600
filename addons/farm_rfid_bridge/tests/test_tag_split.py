import farmtag
from odoo.tests import tagged

from .tag_common import TagCase


@tagged("post_install", "-at_install")
class TestSplit(TagCase):
    """A bunch of 8 hands and 12 kg is taken apart."""

    def setUp(self):
        super().setUp()
        self.bought = self.tell_purchase(self.bunch(1, uid=1))
        self.whole = self.bought.lot_ids
        self.tag = self.bought.tag_ids

    def parts(self, *indexes):
        return self.lots(*(self.code(1, index) for index in indexes))

    def test_hands_become_lots_with_their_tags(self):
        hands = [
            {
                "index": index,
                "code": self.code(1, index),
                "uid": self.uid(10 + index),
                "grams": 1_400,
            }
            for index in range(1, 9)
        ]
        body = {"parent": self.code(1), "hands": hands, "loss_grams": 800}
        event = self.tell("split", body)
        self.assertEvent(event, "applied")
        operation = event.operation_id
        self.assertEqual(operation.state, "done")
        self.assertEqual(operation.create_uid, self.collector)
        self.assertEqual(operation.date, event.at)
        self.assertEqual(operation.output_ids.product_id, self.hand)
        self.assertEqual(operation.loss_ids.quantity, 0.8)
        parts = self.parts(*range(1, 9))
        self.assertEqual(len(parts), 8)
        self.assertEqual(event.lot_ids, parts | self.whole)
        self.assertEqual(self.whole.remaining_count, 0)
        self.assertEqual(self.whole.product_qty, 0)
        self.assertEqual(self.tag.state, "split")
        self.assertEqual(self.tag.part_ids.sorted("part_index").mapped("part_index"),
                         list(range(1, 9)))  # fmt: skip
        third = self.tags(self.code(1, 3))
        self.assertRecordValues(
            third,
            [
                {
                    "kind": "unit",
                    "state": "active",
                    "uid": self.uid(13).hex(),
                    "part_index": 3,
                    "parent_id": self.tag.id,
                    "partner_id": self.farmer.id,
                    "lot_id": self.parts(3).id,
                }
            ],
        )
        self.assertEqual(self.parts(3)._get_origin_texts()[self.parts(3)],
                         self.whole._get_origin_texts()[self.whole])  # fmt: skip

    def test_a_part_of_the_bunch_leaves_the_rest(self):
        self.assertEvent(self.tell_split(1, 1, 2, 3, grams=1_400), "applied")
        self.assertEqual(self.whole.remaining_count, 5)
        self.assertAlmostEqual(self.whole.product_qty, 12 - 4.2)
        self.assertEqual(self.tag.state, "active")
        self.assertEqual(self.tag.change_ids.sorted()[0].deed, "split")

    def test_a_bunch_without_hands_is_split_though_grams_are_left(self):
        self.assertEvent(self.tell_split(1, *range(1, 9), grams=1_400), "applied")
        self.assertEqual(self.whole.remaining_count, 0)
        self.assertAlmostEqual(self.whole.product_qty, 0.8)
        self.assertEqual(self.tag.state, "split")

    def test_a_bunch_that_nobody_counted_is_split_when_nothing_is_left(self):
        self.tell_purchase(self.bunch(2, hands=None))
        tag = self.tags(self.code(2))
        self.tell_split(2, 1, grams=5_000)
        self.assertEqual(tag.state, "active")
        self.tell_split(2, 2, grams=7_000)
        self.assertEqual(tag.state, "split")

    def test_who_weighs_nothing_gets_equal_hands(self):
        event = self.tell_split(1, 1, 2)
        self.assertEqual(event.operation_id.output_ids.mapped("input_quantity"),
                         [1.5, 1.5])  # fmt: skip
        event = self.tell_split(1, *range(3, 9), loss_grams=600)
        self.assertEvent(event, "applied")
        self.assertEqual(self.whole.product_qty, 0)
        self.assertEqual(sum(event.operation_id.output_ids.mapped("input_quantity")),
                         9 - 0.6)  # fmt: skip

    def test_a_hand_is_split_once_more(self):
        self.tell_split(1, 1, grams=1_400)
        third = str(farmtag.LineageCode(self.journal.number, 1, (1, 3)))
        body = {
            "parent": self.code(1, 1),
            "hands": [{"index": 3, "code": third}],
        }
        self.assertEvent(self.tell("split", body), "applied")
        self.assertEqual(self.tags(third).parent_id, self.tags(self.code(1, 1)))

    def test_the_product_may_be_said(self):
        event = self.tell_split(1, 1, grams=1_400, product="NONE-SUCH")
        self.assertEvent(event, "refused", "refused")
        kilo = self.make_product(name="Loose", default_code="LOOSE-1")
        event = self.tell_split(1, 1, grams=1_400, product="LOOSE-1")
        self.assertEvent(event, "applied")
        self.assertEqual(self.parts(1).product_id, kilo)
        self.assertEqual(self.parts(1).product_qty, 1.4)

    # -- nonsense ---------------------------------------------------------------------

    def test_a_body_that_is_nonsense_is_refused(self):
        good = {"index": 1, "code": self.code(1, 1)}
        bodies = [
            {},
            {"parent": self.code(1)},
            {"parent": self.code(1), "hands": []},
            {"parent": self.code(1), "hands": [good | {"index": 2}]},
            {"parent": self.code(1), "hands": [good | {"index": 0}]},
            {"parent": self.code(1), "hands": [good | {"index": 1024}]},
            {"parent": self.code(1), "hands": [good | {"code": self.code(2, 1)}]},
            {"parent": self.code(1), "hands": [good, good]},
            {"parent": self.code(1), "hands": [good | {"grams": -1}]},
            {"parent": self.code(1), "hands": [good], "loss_grams": "much"},
            {
                "parent": self.code(1),
                "hands": [
                    good | {"grams": 100},
                    {"index": 2, "code": self.code(1, 2)},
                ],
            },
        ]
        for body in bodies:
            with self.subTest(body=body):
                self.assertEvent(self.tell("split", body), "refused", "bad-body")
        for body in (
            {"parent": "A-1", "hands": [good]},
            {"parent": self.code(1), "hands": [good | {"code": "A-1"}]},
        ):
            with self.subTest(body=body):
                self.assertEvent(self.tell("split", body), "refused", "refused")

    def test_nonsense_about_a_chip_is_refused_also_where_the_part_is_taken(self):
        self.tell_split(1, 1, grams=1_000)
        hand = {"index": 1, "code": self.code(1, 1)}
        for vals in ({"uid": "04"}, {"chip": "GOLD"}, {"payload": 7}):
            with self.subTest(vals=vals):
                body = {"parent": self.code(1), "hands": [hand | vals]}
                self.assertEvent(self.tell("split", body), "refused", "bad-body")

    # -- mass balance -----------------------------------------------------------------

    def test_hands_that_were_taken_before_are_a_conflict(self):
        self.tell_split(1, 1, 2, grams=1_400)
        other, journal = self.make_device(may_split=True)
        event = self.tell_split(1, 2, 3, grams=1_400, device=other, journal=journal)
        self.assertEvent(event, "conflict", "part-taken")
        self.assertEqual(event.lot_ids, self.whole)
        self.assertFalse(self.parts(3))

    def test_more_hands_than_there_are_is_a_conflict(self):
        self.tell_split(1, *range(1, 7), grams=1_000)
        event = self.tell_split(1, 7, 8, 9, grams=1_000)
        self.assertEvent(event, "conflict", "beyond-count")
        self.assertIn("2 hands left, and 3 were taken", event.message)
        self.assertEqual(self.whole.remaining_count, 2)

    def test_more_weight_than_there_is_is_a_conflict(self):
        self.tell_split(1, 1, 2, grams=5_000)
        event = self.tell_split(1, 3, grams=2_600)
        self.assertEvent(event, "conflict", "beyond-weight")
        self.assertAlmostEqual(self.whole.product_qty, 2)

    def test_what_is_within_the_tolerance_is_taken(self):
        self.product.lot_balance_tolerance = 5
        self.assertEvent(self.tell_split(1, 1, 2, grams=6_200), "applied")
        self.assertEqual(self.whole.product_qty, 0)

    def test_two_hands_with_one_chip_are_a_conflict(self):
        hand = {"index": 1, "code": self.code(1, 1), "uid": self.uid(1)}
        event = self.tell("split", {"parent": self.code(1), "hands": [hand]})
        self.assertEvent(event, "conflict", "tag-reused")
        self.assertEqual(self.tag.state, "suspected")
        self.assertFalse(self.parts(1))
        self.assertEqual(self.whole.remaining_count, 8)

    # -- rules of the core ------------------------------------------------------------

    def test_a_bunch_on_hold_is_not_split(self):
        hold = self.env["farm.hold"].with_user(self.quality)
        hold._place(self.whole.with_user(self.quality), "quality", "Mouldy")
        event = self.tell_split(1, 1, grams=1_000)
        self.assertEvent(event, "refused", "refused")
        self.assertIn("Mouldy", event.message)
        self.assertFalse(self.parts(1))

    def test_what_is_promised_to_others_is_not_split(self):
        self.make_delivery(self.product, 12).action_assign()
        event = self.tell_split(1, 1, grams=1_000)
        self.assertEvent(event, "refused", "refused")
        self.assertIn("promised to others", event.message)

    def test_a_device_that_may_not_split_is_refused(self):
        self.device.may_split = False
        self.assertEvent(self.tell_split(1, 1, grams=1_000), "refused", "refused")
        self.device.may_split = True
        self.events()[-1].with_user(self.keeper).action_try_again()
        self.assertEvent(self.events()[-1], "applied")

    def test_a_user_without_stock_is_refused(self):
        user = self.make_user("officer", self.village)
        device, journal = self.make_device(user_id=user.id, may_split=True)
        event = self.tell_split(1, 1, grams=1_000, device=device, journal=journal)
        self.assertEvent(event, "refused", "no-right")

    def test_a_bunch_of_another_company_is_refused(self):
        company = self.env["res.company"].create({"name": "Other"})
        self.env.cr.execute(
            "UPDATE stock_lot SET company_id = %s WHERE id = %s",
            [company.id, self.whole.id],
        )
        self.whole.invalidate_recordset()
        event = self.tell_split(1, 1, grams=1_000)
        self.assertEvent(event, "refused", "refused")
        self.assertIn("another company", event.message)
