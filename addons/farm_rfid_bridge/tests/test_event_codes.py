import farmtag
from odoo.tests import tagged

from .tag_common import TagCase


@tagged("post_install", "-at_install")
class TestEventCodes(TagCase):
    """A code is one text, however it was typed, and a new one is the device's own."""

    def typed(self, counter, *steps):
        """A code as somebody types it."""
        return self.code(counter, *steps).lower().replace("-", " ", 1)

    # -- as it is typed ---------------------------------------------------------------

    def test_codes_in_small_letters_are_those_on_the_tags(self):
        self.tell_purchase(self.bunch(1), self.bunch(2))
        hand = {"index": 1, "code": self.typed(1, 1), "grams": 1_000}
        event = self.tell("split", {"parent": self.typed(1), "hands": [hand]})
        self.assertEvent(event, "applied")
        self.assertTrue(self.lots(self.code(1, 1)))
        self.assertTrue(self.tags(self.code(1, 1)))
        body = {"codes": [self.typed(1), self.typed(2)], "kind": "washing"}
        self.assertEqual(self.tell("treatment", body).state, "applied")
        body = {"codes": [self.typed(1)], "to": "Dock"}
        self.warehouse.lot_stock_id.barcode = "Dock"
        self.assertEvent(self.tell("transfer", body), "applied")
        parents = [self.typed(1), self.typed(2)]
        event = self.tell("merge", {"parents": parents, "code": self.typed(100)})
        self.assertEvent(event, "applied")
        self.assertTrue(self.lots(self.code(100)))
        body = {"code": self.typed(100), "reason": "Empty"}
        self.assertEvent(self.tell("retire", body), "applied")
        self.assertEqual(self.tags(self.code(100)).state, "retired")

    def test_a_parent_in_small_letters_is_waited_for_until_it_comes(self):
        hand = {"index": 1, "code": self.code(1, 1), "grams": 1_000}
        event = self.tell("split", {"parent": self.typed(1), "hands": [hand]})
        self.assertEqual((event.state, event.wait_code), ("parked", self.code(1)))
        self.tell_purchase(self.bunch(1))
        self.assertEvent(event, "applied")

    def test_a_hand_is_taken_once_however_it_is_written(self):
        self.tell_purchase(self.bunch(1))
        self.tell_split(1, 1, grams=1_000)
        hand = {"index": 1, "code": self.typed(1, 1), "grams": 1_000}
        event = self.tell("split", {"parent": self.code(1), "hands": [hand]})
        self.assertEvent(event, "conflict", "part-taken")

    def test_one_code_in_two_writings_is_one_that_comes_twice(self):
        self.tell_purchase(self.bunch(1))
        codes = [self.code(1), self.typed(1)]
        event = self.tell("treatment", {"codes": codes, "kind": "washing"})
        self.assertEvent(event, "refused", "bad-body")

    def test_what_is_no_code_is_refused(self):
        self.tell_purchase(self.bunch(1), self.bunch(2))
        codes = [self.code(1), self.code(2)]
        for kind, body in (
            ("merge", {"parents": codes, "code": "CRATE-7"}),
            ("merge", {"parents": [*codes, "BUNCH-3"], "code": self.code(100)}),
            ("treatment", {"codes": ["BUNCH-3"], "kind": "washing"}),
            ("transfer", {"codes": ["BUNCH-3"], "to": "Dock"}),
            ("retire", {"code": "BUNCH-3", "reason": "Torn"}),
        ):
            self.warehouse.lot_stock_id.barcode = "Dock"
            with self.subTest(kind=kind):
                event = self.tell(kind, body)
                self.assertEvent(event, "refused", "refused")
                self.assertIn("is no lineage code", event.message)

    # -- what is put together ---------------------------------------------------------

    def merge(self, code):
        self.tell_purchase(self.bunch(1), self.bunch(2))
        parents = [self.code(1), self.code(2)]
        return self.tell("merge", {"parents": parents, "code": code})

    def test_a_crate_has_a_root_of_its_own(self):
        self.assertEvent(self.merge(self.code(3, 1)), "refused", "bad-body")

    def test_a_crate_is_not_its_own_part(self):
        self.tell_purchase(self.bunch(1))
        self.tell_split(1, 1, 2, grams=1_000)
        parents = [self.code(1, 1), self.code(1, 2)]
        event = self.tell("merge", {"parents": parents, "code": self.code(1)})
        self.assertEvent(event, "refused", "bad-body")

    def test_a_crate_has_a_code_of_the_device_that_made_it(self):
        other, _journal = self.make_device()
        code = str(farmtag.LineageCode(other.number, 7))
        event = self.merge(code)
        self.assertEvent(event, "refused", "refused")
        self.assertIn("was not made by", event.message)
        event.with_user(self.quality)._accept("The labels were lent")
        self.assertEvent(event, "applied")
        self.assertTrue(self.lots(code))

    def test_a_crate_is_split_again(self):
        self.assertEvent(self.merge(self.code(100)), "applied")
        event = self.tell_split(100, 1, 2, grams=3_000)
        self.assertEvent(event, "applied")
        self.assertEqual(self.lots(self.code(100)).product_qty, 18)
