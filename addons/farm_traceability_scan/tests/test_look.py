from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st
from odoo.tests import tagged
from odoo.tests.common import BaseCase

from ..models.reading.look import look_at
from .scan_common import ANY_TEXT

GTIN = "09501101530003"


@tagged("post_install", "-at_install")
class TestLook(BaseCase):
    """What scans look like, before anybody asks what they mean."""

    def test_symbols_say_the_same_in_each_way_they_are_sent(self):
        for data in (
            f"01{GTIN}1729043010LOT-1",
            f"\x1d01{GTIN}1729043010LOT-1",
            f"]C101{GTIN}1729043010LOT-1",
            f"]d201{GTIN}10LOT-1\x1d17290430",
            f"(01){GTIN}(17)290430(10)LOT-1",
            f"https://id.gs1.org/01/{GTIN}/10/LOT-1?17=290430",
        ):
            with self.subTest(data):
                look = look_at(data)
                self.assertEqual(look.keys, {"gtin": GTIN, "lot": "LOT-1"})
                self.assertEqual(look.dates, {"expiry": date(2029, 4, 30)})

    def test_epc(self):
        for data, keys in (
            (
                "urn:epc:id:sgtin:0614141.112345.400",
                {"gtin": "10614141123459", "serial": "400"},
            ),
            ("urn:epc:id:sscc:0614141.1234567890", {"sscc": "106141412345678908"}),
            ("urn:epc:id:sgln:0614141.12345.0", {"gln": "0614141123452"}),
            (
                "urn:epc:class:lgtin:4012345.012345.998877",
                {"gtin": "04012345123456", "lot": "998877"},
            ),
        ):
            with self.subTest(data):
                self.assertEqual(look_at(data).keys, keys)

    def test_measures(self):
        look = look_at(f"01{GTIN}3103012400" + "10A")
        self.assertEqual((look.weight, look.count), (12.4, None))
        look = look_at(f"02{GTIN}3724\x1d10A")
        self.assertEqual((look.weight, look.count), (None, 24))

    def test_what_is_wrong_has_a_sentence(self):
        for data in ("(01)09501101530004", "urn:epc:id:giai:1.2"):
            with self.subTest(data):
                look = look_at(data)
                self.assertEqual(look.kind, "wrong")
                self.assertTrue(look.problem.sentence())

    @settings(max_examples=500, deadline=None, derandomize=True)
    @given(ANY_TEXT | st.from_regex(r"(\]d2|\(|https?://|urn:epc:).*"))
    def test_anything_has_a_look(self, data):
        self.assertIn(look_at(data).kind, ("gs1", "link", "epc", "text", "wrong"))
