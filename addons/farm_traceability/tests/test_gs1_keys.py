from datetime import date
from decimal import Decimal

from odoo.tests import BaseCase

from ..gs1 import Element, Gs1Error, keys, values
from ..gs1.code128 import codewords, gs1_codewords, modules

PREFIX = "8991234"

BAD_KEYS = [
    (
        (keys.make_gtin, "899", 1),
        "A company prefix has 4 to 12 digits, “899” does not; check it.",
    ),
    (
        (keys.make_gtin, PREFIX, 100000),
        "The number “100000” does not fit: with this company prefix 5 digits are left; "
        "ask GS1 for a further prefix.",
    ),
    (
        (keys.make_gln, PREFIX, "A"),
        "The number “A” must have digits only; correct it.",
    ),
    (
        (keys.make_sscc, PREFIX, -1),
        "The number “-1” must have digits only; correct it.",
    ),
    (
        (keys.make_sscc, PREFIX, 1, "10"),
        "“10” is no extension digit; use one of 0 to 9.",
    ),
    (
        (keys.gtin_of_package, "8991234000015", 0),
        "“0” is no indicator; use one of 1 to 9.",
    ),
    (
        (keys.verify, "GTIN", "8991234000016"),
        "“8991234000016”, character 13: the check digit is 6 but should be 5; compare "
        "the number with its source.",
    ),
    (
        (keys.verify, "GLN", "08991234000015"),
        "“08991234000015”: GLN has 13 digits, “08991234000015” has 14; complete it.",
    ),
    (
        (keys.verify, "SSCC", ""),
        "“”: the value is too short to hold its check digit; complete it.",
    ),
    (
        (keys.split, "GLN", "1234567890128", PREFIX),
        "GLN 1234567890128 does not belong to the company prefix 8991234; check the "
        "number or the prefix.",
    ),
]

BAD_MEASURES = [
    ("310", "0", "A measure is above zero, 0 is not; correct it."),
    ("310", "-1", "A measure is above zero, -1 is not; correct it."),
    ("310", "a", "A measure is above zero, a is not; correct it."),
    ("310", "1E9", "1E9 has too many digits for (310); use a larger unit."),
    ("310", "12345.67", "12345.67 has too many digits for (310); use a larger unit."),
    ("310", "1E-6", "1E-6 has too many digits for (310); use a larger unit."),
    ("392", "1", "(392) is no measure; use another identifier."),
    ("31", "1", "(31) is no measure; use another identifier."),
]


class TestGs1Keys(BaseCase):
    def assert_sentence(self, expected, function, *args):
        with self.assertRaises(Gs1Error) as caught:
            function(*args)
        self.assertEqual(str(caught.exception), expected)

    def test_bad_keys(self):
        for (function, *args), sentence in BAD_KEYS:
            with self.subTest(function.__name__, args=args):
                self.assert_sentence(sentence, function, *args)

    def test_make_and_split(self):
        for kind, number, first, reference in (
            ("GTIN", keys.make_gtin(PREFIX, 1), "0", "00001"),
            ("GTIN", keys.gtin_of_package("8991234000015", 1), "1", "00001"),
            ("GLN", keys.make_gln(PREFIX, "00001"), "", "00001"),
            ("SSCC", keys.make_sscc(PREFIX, 1), "0", "000000001"),
            ("SSCC", keys.make_sscc(PREFIX, 999999999, 3), "3", "999999999"),
        ):
            with self.subTest(number):
                keys.verify(kind, number)
                parts = keys.split(kind, number, PREFIX)
                self.assertEqual(parts[:3], (first, PREFIX, reference))

    def test_room(self):
        self.assertEqual(keys.sscc_room(PREFIX), 10**9)
        with self.assertRaises(Gs1Error):
            keys.make_sscc(PREFIX, keys.sscc_room(PREFIX))

    def test_lengths_of_gtins(self):
        for number, longest in (
            ("02345673", "00000002345673"),
            ("416000336108", "00416000336108"),
            ("8991234000015", "08991234000015"),
            ("18991234000012", "18991234000012"),
        ):
            with self.subTest(number):
                self.assertEqual(keys.gtin_14(number), longest)
                self.assertEqual(keys.gtin_shortest(longest), number)

    def test_known_prefix(self):
        self.assertTrue("8991234000015".startswith(keys.known_prefix("8991234000015")))
        self.assertIsNone(keys.known_prefix(""))

    def test_dates(self):
        today = date(2026, 4, 1)
        first, last = date(2026, 3, 1), date(2026, 3, 4)
        self.assertEqual(values.write_date(first, today), "260301")
        self.assertEqual(values.write_period(first, today=today), "260301")
        self.assertEqual(values.write_period(first, first, today), "260301")
        self.assertEqual(values.write_period(first, last, today), "260301260304")
        self.assertEqual(values.read_dates(("7007", "260301260304")), (first, last))
        self.assertEqual(values.read_dates(("7007", "260301")), (first, first))
        self.assertEqual(values.read_dates(("17", "260200")), (date(2026, 2, 28),) * 2)
        self.assert_sentence(
            "The year of 1976-12-31 cannot be told by two digits now; only 49 years "
            "back and 50 ahead can.",
            values.write_date,
            date(1976, 12, 31),
            today,
        )
        self.assert_sentence(
            "(10) has no date; use another identifier.", values.read_dates, ("10", "A")
        )

    def test_measures(self):
        for quantity, code, value in (
            (12, "3100", "000012"),
            ("1.25", "3102", "000125"),
            (Decimal("1.250"), "3102", "000125"),
            ("0.00001", "3105", "000001"),
            (999999, "3100", "999999"),
            ("1E5", "3100", "100000"),
        ):
            with self.subTest(quantity):
                element = values.write_measure("310", quantity)
                self.assertEqual(element, Element(code, value))
                self.assertEqual(values.read_measure(element), Decimal(quantity))

    def test_bad_measures(self):
        for family, quantity, sentence in BAD_MEASURES:
            with self.subTest(quantity):
                self.assert_sentence(sentence, values.write_measure, family, quantity)

    def test_code_words(self):
        for text, words in (
            ("0012", (105, 0, 12, 26, 106)),
            ("A", (104, 33, 34, 106)),
            ("12A", (105, 12, 100, 33, 4, 106)),
            ("1234A", (105, 12, 34, 100, 33, 102, 106)),
            ("A123456", (104, 33, 99, 12, 34, 56, 66, 106)),
            ("\n", (103, 74, 74, 106)),
        ):
            with self.subTest(text):
                self.assertEqual(codewords(text), words)
        self.assertEqual(modules((105, 0, 12, 26, 106)), 57)

    def test_code_words_of_messages(self):
        self.assertEqual(
            gs1_codewords("00123456789012345675"),
            (105, 102, 0, 12, 34, 56, 78, 90, 12, 34, 56, 75, 42, 106),
        )

    def test_no_code_words(self):
        self.assert_sentence(
            "“Padi é”, character 6: “é” cannot be drawn in Code 128; use ASCII "
            "characters.",
            codewords,
            "Padi é",
        )
        self.assert_sentence("There is nothing to draw; give a message.", codewords, "")
