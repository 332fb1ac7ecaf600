import farmtag
from odoo.exceptions import UserError
from odoo.tests import tagged

from .tag_common import NOW, TagCase


@tagged("post_install", "-at_install")
class TestSplitBeforeItsBunch(TagCase):
    """Events come in any order; the end is the same."""

    def test_a_split_waits_for_its_bunch(self):
        other, journal = self.make_device(may_split=True)
        split = self.tell_split(1, 1, 2, grams=1_000, device=other, journal=journal)
        self.assertEvent(split, "parked", "waits")
        self.assertEqual(split.wait_code, self.code(1))
        self.assertEvent(self.tell_purchase(self.bunch(1)), "applied")
        self.assertEvent(split, "applied")
        self.assertEqual(split.operation_id.create_uid, self.collector)

    def test_a_split_of_a_hand_waits_for_the_split_of_its_bunch(self):
        deep = str(farmtag.LineageCode(self.journal.number, 1, (2, 1)))
        body = {"parent": self.code(1, 2), "hands": [{"index": 1, "code": deep}]}
        third = self.tell("split", body)
        second = self.tell_split(1, 2, grams=1_000)
        self.assertEqual((third.state, second.state), ("parked", "parked"))
        self.tell_purchase(self.bunch(1))
        self.assertEqual((third.state, second.state), ("applied", "applied"))
        self.assertTrue(self.lots(deep))

    def test_a_split_waits_for_the_receipt(self):
        self.warehouse.in_type_id.validate_farm_receipts = False
        bought = self.tell_purchase(self.bunch(1))
        weighed = self.tell_split(1, 1, grams=1_000)
        unweighed = self.tell_split(1, 2)
        self.assertEqual((weighed.state, unweighed.state), ("parked", "parked"))
        bought.picking_id.button_validate()
        with self.enter_registry_test_mode():
            self.env.ref("farm_rfid_bridge.cron_apply_waiting").method_direct_trigger()
        self.assertEqual((weighed.state, unweighed.state), ("applied", "applied"))

    def test_one_push_with_everything_in_the_wrong_order(self):
        journal = self.journal
        retire = {"at": NOW, "code": self.code(1, 1), "reason": "Eaten"}
        journal.add("retire", retire)
        journal.add("split", {"at": NOW} | self.split_body(1, 1, grams=900))
        journal.add("purchase", self.purchase() | {"bunches": [self.bunch(1)]})
        self.assertEqual(self.pushed(), ["applied"] * 3)
        self.assertEqual(self.tags(self.code(1, 1)).state, "retired")

    def test_a_split_that_waited_and_is_beyond_is_a_conflict(self):
        first = self.tell_split(1, *range(1, 6), grams=1_000)
        second = self.tell_split(1, *range(5, 9), grams=1_000)
        self.tell_purchase(self.bunch(1))
        self.assertEvent(first, "applied")
        self.assertEvent(second, "conflict", "part-taken")

    def test_a_person_may_put_a_conflict_aside(self):
        self.tell_purchase(self.bunch(1))
        self.tell_split(1, 1, grams=1_000)
        event = self.tell_split(1, 1, grams=1_000).with_user(self.keeper)
        with self.assertRaisesRegex(UserError, "Say why"):
            event._put_aside("")
        event._put_aside("Told twice")
        self.assertEqual(event.state, "settled")
