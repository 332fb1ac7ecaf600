from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger
from psycopg2 import IntegrityError

from ..models.tag.farm_tag_register import Mark
from .tag_common import TagCase


@tagged("post_install", "-at_install")
class TestTagOfPurchase(TagCase):
    """The tag that a collector wrote is known from the purchase on."""

    def test_a_bunch_that_was_bought_has_its_tag(self):
        event = self.tell_purchase(
            self.bunch(1, uid=1, chip="NTAG216", payload=b"\xd1\x01"), self.bunch(2)
        )
        self.assertEvent(event, "applied")
        [lot, other] = event.lot_ids.sorted("lineage_code")
        self.assertRecordValues(
            event.tag_ids.sorted("lineage_code"),
            [
                {
                    "kind": "bunch",
                    "state": "active",
                    "uid": self.uid(1).hex(),
                    "chip": "NTAG216",
                    "lot_id": lot.id,
                    "partner_id": self.farmer.id,
                    "certificate_id": self.certificate.id,
                    "last_device_id": self.device.id,
                    "payload": "d101",
                    "verdict": "damaged",
                },
                {
                    "kind": "bunch",
                    "state": "active",
                    "uid": False,
                    "chip": False,
                    "lot_id": other.id,
                    "partner_id": self.farmer.id,
                    "certificate_id": self.certificate.id,
                    "last_device_id": self.device.id,
                    "payload": False,
                    "verdict": False,
                },
            ],
        )
        [change] = event.tag_ids[0].change_ids
        self.assertRecordValues(
            change,
            [
                {
                    "deed": "registered",
                    "to_state": "active",
                    "event_id": event.id,
                    "user_id": self.collector.id,
                    "at": event.at,
                }
            ],
        )
        self.assertEqual(lot.with_user(self.collector).tag_count, 1)

    def test_bunches_are_of_the_product_that_is_weighed(self):
        event = self.tell_purchase(self.bunch(1))
        self.assertEqual(event.lot_ids.product_id, self.product)
        self.product.active = False
        event = self.tell_purchase(self.bunch(2))
        self.assertEqual(event.lot_ids.product_id, self.hand)
        self.assertEqual(event.lot_ids.product_qty, 1)

    def test_nonsense_about_a_chip_is_refused(self):
        for vals in (
            {"chip": "GOLD"},
            {"uid": b""},
            {"uid": b"\x04" * 11},
            {"uid": "04"},
            {"payload": "text"},
        ):
            with self.subTest(vals=vals):
                event = self.tell_purchase(self.bunch(1) | vals)
                self.assertEvent(event, "refused", "bad-body")
        event = self.tell_purchase(self.bunch(1, uid=7), self.bunch(2, uid=7))
        self.assertEvent(event, "refused", "bad-body")
        self.assertFalse(self.tags(self.code(1)))

    def test_nonsense_about_a_chip_is_refused_also_where_the_code_is_taken(self):
        self.tell_purchase(self.bunch(1, uid=1))
        for vals in ({"chip": "GOLD"}, {"uid": "04"}, {"payload": "text"}):
            with self.subTest(vals=vals):
                event = self.tell_purchase(self.bunch(1) | vals)
                self.assertEvent(event, "refused", "bad-body")
        event = self.tell_purchase(self.bunch(1, uid=7), self.bunch(2, uid=7))
        self.assertEvent(event, "refused", "bad-body")
        self.assertEqual(self.tags(self.code(1)).state, "active")

    # -- one chip with two codes --------------------------------------------------

    def test_a_chip_with_two_codes_is_suspected(self):
        self.tell_purchase(self.bunch(1, uid=1))
        event = self.tell_purchase(self.bunch(2, uid=1))
        self.assertEvent(event, "conflict", "tag-reused")
        tag = self.tags(self.code(1))
        self.assertEqual(tag.state, "suspected")
        self.assertEqual(event.tag_ids, tag)
        self.assertEqual(event.lot_ids, tag.lot_id)
        self.assertTrue(event.is_suspicion)
        self.assertEqual(tag.change_ids.sorted()[0].reason, event.message)
        self.assertFalse(self.lots(self.code(2)))

    def test_a_tag_that_was_used_again_is_taken_over(self):
        self.tell_purchase(self.bunch(1, uid=1))
        event = self.tell_purchase(self.bunch(2, uid=1)).with_user(self.keeper)
        old = self.tags(self.code(1))
        event.action_tag_reused()
        self.assertEvent(event, "applied")
        self.assertEqual(old.state, "retired")
        new = self.tags(self.code(2))
        self.assertEqual((new.uid, new.state), (old.uid, "active"))
        self.assertFalse(event.is_suspicion)
        with self.assertRaisesRegex(UserError, "is done already"):
            event.action_tag_reused()

    def test_a_clone_is_put_on_hold_with_all_that_was_made_of_it(self):
        self.tell_purchase(self.bunch(1, uid=1))
        split = self.tell_split(1, 1, 2, grams=1_000)
        self.assertEvent(split, "applied")
        event = self.tell_purchase(self.bunch(2, uid=1)).with_user(self.quality)
        event.action_quarantine_clone()
        self.assertEqual(event.state, "settled")
        self.assertTrue(all(split.lot_ids.mapped("is_on_hold")))
        self.assertEqual(event.hold_id.held_lot_ids, split.lot_ids)
        self.assertEqual(self.tags(self.code(1)).state, "suspected")

    def test_a_suspected_bunch_is_not_split_until_it_is_trusted(self):
        self.tell_purchase(self.bunch(1, uid=1))
        self.tell_purchase(self.bunch(2, uid=1))
        refused = self.tell_split(1, 1, grams=1_000)
        self.assertEvent(refused, "refused", "refused")
        self.assertIn("suspected to be a copy", refused.message)
        tag = self.tags(self.code(1))
        with self.assertRaisesRegex(UserError, "quality manager"):
            tag.with_user(self.collector)._trust("It is mine")
        with self.assertRaisesRegex(UserError, "Say why"):
            tag.with_user(self.keeper)._trust(" ")
        tag.with_user(self.keeper)._trust("The collector mistyped")
        self.assertEqual(tag.state, "active")
        refused.with_user(self.keeper).action_try_again()
        self.assertEvent(refused, "applied")

    def test_a_quality_manager_accepts_the_split_of_a_suspected_one(self):
        self.tell_purchase(self.bunch(1, uid=1))
        self.tell_purchase(self.bunch(2, uid=1))
        refused = self.tell_split(1, 1, grams=1_000)
        refused.with_user(self.quality)._accept("Seen by myself")
        self.assertEvent(refused, "applied")

    # -- one code with two chips ----------------------------------------------------

    def test_a_code_on_two_chips_is_suspected(self):
        self.tell_purchase(self.bunch(1, uid=1))
        event = self.tell_purchase(self.bunch(1, uid=2))
        self.assertEvent(event, "conflict", "code-taken")
        self.assertEqual(event.tag_ids, self.tags(self.code(1)))
        self.assertEqual(event.tag_ids.state, "suspected")

    def test_a_bunch_that_is_bought_twice_with_one_chip_is_no_clone(self):
        self.tell_purchase(self.bunch(1, uid=1))
        event = self.tell_purchase(self.bunch(1, uid=1))
        self.assertEvent(event, "conflict", "code-taken")
        self.assertEqual(self.tags(self.code(1)).state, "active")
        self.assertFalse(event.is_suspicion)
        with self.assertRaisesRegex(UserError, "No tag is suspected"):
            event.with_user(self.keeper).action_tag_reused()

    def test_a_chip_comes_to_a_code_that_had_none(self):
        event = self.tell_purchase(self.bunch(1))
        marks = [Mark(self.uid(9).hex(), self.code(1), {})]
        self.env["farm.tag"]._register_marks(marks, event)
        self.assertEqual(self.tags(self.code(1)).uid, self.uid(9).hex())

    # -- the database ---------------------------------------------------------------

    def test_the_database_keeps_chips_codes_and_parts_apart(self):
        tags = self.env["farm.tag"]
        first = tags.create({"uid": "04aa", "lineage_code": "X", "epc": "urn:1"})
        part = {"parent_id": first.id, "part_index": 3}
        tags.create(part)
        for vals in ({"uid": "04aa"}, {"lineage_code": "X"}, {"epc": "urn:1"}, part):
            with (
                self.subTest(vals=vals),
                mute_logger("odoo.sql_db"),
                self.assertRaises(IntegrityError),
                self.env.cr.savepoint(),
            ):
                tags.create(vals)
        (first | first.part_ids)._record("retired", state="retired")
        self.assertTrue(tags.create({"uid": "04aa", "lineage_code": "X"}))
        self.assertTrue(tags.create(part))

    def test_history_is_never_edited(self):
        tag = self.tell_purchase(self.bunch(1)).tag_ids
        with self.assertRaisesRegex(UserError, "never edited"):
            tag.change_ids.reason = "Nothing happened"
        with self.assertRaisesRegex(UserError, "never edited"):
            tag.change_ids.unlink()
        with self.assertRaisesRegex(UserError, "stays on record"):
            tag.unlink()

    def test_many_tags_cost_as_many_queries_as_few(self):
        event = self.tell_purchase(self.bunch(1))

        def queries(first, count):
            numbers = range(first, first + count)
            marks = [
                Mark(self.uid(one).hex(), self.code(one), {"lot_id": event.lot_ids.id})
                for one in numbers
            ]
            before = self.env.cr.sql_log_count
            self.env["farm.tag"]._register_marks(marks, event)
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        queries(50, 5)
        self.assertEqual(queries(100, 80), queries(200, 5))
