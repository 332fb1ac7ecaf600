from odoo.tests import BaseCase

from ..gs1 import (
    GS,
    Element,
    Gs1Error,
    check,
    checked,
    human_readable,
    ordered,
    read,
    read_bracketed,
    symbol_text,
    write,
    write_bracketed,
)
from ..gs1.identifiers import definition, get, table

GTIN = "08991234000015"

BAD_BRACKETED = [
    ("", "There is no data; scan or type the code again."),
    (
        "01" + GTIN,
        f"“01{GTIN}”, character 1: “010899” stands where an application identifier in "
        "brackets such as (01) is expected; write every identifier in brackets, and "
        "\\( for a bracket in a value.",
    ),
    (
        "(05)123",
        "“(05)123”, character 2: “05” does not start with an application identifier "
        "of GS1; check that the field before it has its right length or ends with the "
        "separator (FNC1).",
    ),
    (
        "(01)08991234000016",
        "(01) GTIN “08991234000016”, character 14: the check digit is 6 but should be "
        "5; compare the number with its source.",
    ),
    (
        "(00)123456789012345670",
        "(00) SSCC “123456789012345670”, character 18: the check digit is 0 but "
        "should be 5; compare the number with its source.",
    ),
    (
        "(414)1234567890127",
        "(414) LOC No. “1234567890127”, character 13: the check digit is 7 but should "
        "be 8; compare the number with its source.",
    ),
    (
        "(01)8991234000015",
        "(01) GTIN “8991234000015”: the value is too short, 13 of at least 14 "
        "characters; complete it.",
    ),
    (
        "(10)BUNCH 7",
        "(10) BATCH/LOT “BUNCH 7”, character 6: “ ” is not allowed; use letters "
        "without accents, digits, and ! \" % & ' ( ) * + , - . / : ; < = > ? _ "
        "without spaces.",
    ),
    (
        "(10)ABCDEFGHIJKLMNOPQRSTU",
        "(10) BATCH/LOT “ABCDEFGHIJKLMNOPQRSTU”: the value is too long, 21 of at most "
        "20 characters; shorten it, or put the separator (FNC1) after it.",
    ),
    (
        "(17)261301",
        "(17) USE BY or EXPIRY “261301”, character 3: “13” is no month; write the date "
        "as YYMMDD, with months 01 to 12.",
    ),
    (
        "(15)260230",
        "(15) BEST BEFORE or BEST BY “260230”, character 5: “30” is no day of that "
        "month; write the date as YYMMDD.",
    ),
    (
        "(7007)2601012",
        "(7007) HARVEST DATE “2601012”, character 7: the value ends in the middle of "
        "a part of 6 characters; complete the part, or leave it out.",
    ),
    (
        "(422)999",
        "(422) ORIGIN “999”, character 1: “999” is no country; write the three digits "
        "of ISO 3166, such as 360 for Indonesia.",
    ),
    (
        "(37)12a",
        "(37) COUNT “12a”, character 3: “a” is no digit; only 0 to 9 are allowed.",
    ),
    (
        "(21)",
        "(21) SERIAL “”: the value is missing; write it, or leave the identifier out.",
    ),
]

BAD_TOGETHER = [
    (
        f"(01){GTIN}(02){GTIN}(37)5",
        "(01) and (37) cannot stand together; leave one out.",
    ),
    (
        f"(02){GTIN}(01){GTIN}",
        "(02) and (01) cannot stand together; leave one out.",
    ),
    (f"(02){GTIN}", "(02) needs (37) in the same message; add it."),
    (
        "(37)5",
        "(37) needs one of (00)+(02), (00)+(8026) in the same message; add what is "
        "missing.",
    ),
    (
        "(10)A",
        "(10) needs one of (01), (02), (03), (8006), (8026) in the same message; add "
        "what is missing.",
    ),
    (
        f"(01){GTIN}(10)A(10)B",
        "(10) stands twice with different values, “A” and “B”; keep one of them.",
    ),
    (
        f"(01){GTIN}(422)360(426)360",
        "(422) and (426) cannot stand together; leave one out.",
    ),
    (
        f"(01){GTIN}(3100)000001(3103)001000",
        "(3100) and (3103) cannot stand together; leave one out.",
    ),
    (
        f"(01){GTIN}(11)260301(17)260228",
        "The date in (17) is before the date in (11); check both.",
    ),
    (
        f"(01){GTIN}(11)260301(15)251231",
        "The date in (15) is before the date in (11); check both.",
    ),
    (
        "(00)123456789012345675(4324)2603011200(4325)2603011159",
        "The date in (4325) is before the date in (4324); check both.",
    ),
    (
        f"(01){GTIN}(13)260301(11)260302",
        "The date in (13) is before the date in (11); check both.",
    ),
    (
        f"(01){GTIN}(7007)260302260301",
        "The period of (7007) ends on 260301 before it starts on 260302; check both.",
    ),
    (
        "(253)1234567890128(8030)ABC",
        "A digital signature (8030) needs a serial number within (253); add it.",
    ),
    ("(8200)HTTPS://A.ID", "(8200) needs (01) in the same message; add it."),
]

GOOD_TOGETHER = [
    f"(01){GTIN}(10)A(21)7(17)260228",
    f"(00)123456789012345675(02){GTIN}(37)5",
    f"(01){GTIN}(11)260215(17)260200",
    f"(01){GTIN}(11)991231(17)010101",
    "(00)123456789012345675(4324)2603011200(4325)2603011200",
    f"(01){GTIN}(7007)260301260302(423)360704(7030)360ABC",
    f"(01){GTIN}(3103)001250(422)360(8200)HTTPS://A.ID",
    "(414)1234567890128(416)1234567890128(417)1234567890128",
    f"(01){GTIN}(10)A(10)A",
]


class TestGs1Message(BaseCase):
    def assert_sentence(self, expected, function, *args):
        with self.assertRaises(Gs1Error) as caught:
            function(*args)
        self.assertEqual(str(caught.exception), expected)

    def test_bad_text(self):
        for text, sentence in BAD_BRACKETED:
            with self.subTest(text):
                self.assert_sentence(sentence, read_bracketed, text)

    def test_bad_company(self):
        for text, sentence in BAD_TOGETHER:
            with self.subTest(text):
                self.assert_sentence(sentence, check, read_bracketed(text))

    def test_good_company(self):
        for text in GOOD_TOGETHER:
            with self.subTest(text):
                check(read_bracketed(text))

    def test_element_string(self):
        elements = read(f"{GS}01{GTIN}10LOT{GS}17260228")
        self.assertEqual(elements, (("01", GTIN), ("10", "LOT"), ("17", "260228")))
        self.assertEqual(write(elements), f"01{GTIN}10LOT{GS}17260228")

    def test_fixed_length_first(self):
        elements = ordered(
            read_bracketed(f"(10)LOT(01){GTIN}(422)360(17)260228(10)LOT")
        )
        # 422 has always three digits, but is none of those that need no separator.
        self.assertEqual(write(elements), f"01{GTIN}1726022810LOT{GS}422360")

    def test_forgotten_separator(self):
        self.assert_sentence(
            f"(10) BATCH/LOT “LOT1726022801{GTIN}”: the value is too long, 27 of at "
            "most 20 characters; shorten it, or put the separator (FNC1) after it.",
            read,
            f"10LOT1726022801{GTIN}",
        )

    def test_place_of_unknown_identifier(self):
        self.assert_sentence(
            f"“01{GTIN}05”, character 17: “05” does not start with an application "
            "identifier of GS1; check that the field before it has its right length or "
            "ends with the separator (FNC1).",
            read,
            f"01{GTIN}05",
        )

    def test_brackets_in_values(self):
        elements = (Element("10", "A(01)B"),)
        self.assertEqual(write_bracketed(elements), "(10)A\\(01)B")
        self.assertEqual(read_bracketed("(10)A\\(01)B"), elements)
        self.assertEqual(human_readable(elements), "(10)A(01)B")
        self.assertEqual(symbol_text(elements), "[10]A(01)B")

    def test_checked(self):
        self.assertEqual(checked([("10", "A")]), (Element("10", "A"),))
        with self.assertRaises(Gs1Error):
            checked([("10", "")])

    def test_error_for_the_reader(self):
        with self.assertRaises(Gs1Error) as caught:
            read_bracketed("(01)08991234000016")
        error = caught.exception
        self.assertEqual(
            (error.code, error.ai, error.start, error.values),
            ("incorrect_check_digit", "01", 13, {"found": "6", "expected": "5"}),
        )
        words = {
            "(%(ai)s) %(title)s “%(value)s”, character %(position)s: %(problem)s": (
                "karakter ke-%(position)s dari (%(ai)s): %(problem)s"
            )
        }
        text = error.sentence(lambda term: words.get(term, "angka pengecek"))
        self.assertEqual(text, "Karakter ke-14 dari (01): angka pengecek")

    def test_unprintable_value(self):
        self.assert_sentence(
            "(10) BATCH/LOT “A<07>”, character 2: “<07>” is not allowed; use letters "
            "without accents, digits, and ! \" % & ' ( ) * + , - . / : ; < = > ? _ "
            "without spaces.",
            read_bracketed,
            "(10)A\a",
        )

    def test_not_text(self):
        for value in (None, 12, b"0108991234000015"):
            with self.subTest(value):
                self.assert_sentence(
                    "The data is no text; give it as text.", read, value
                )

    def test_same_identifiers_as_biip(self):
        for code, identifier in table().items():
            with self.subTest(code):
                self.assertEqual(definition(code).ai, code)
                self.assertTrue(identifier.title)
                self.assertNotEqual(
                    definition(code).separator_required, identifier.is_predefined
                )

    def test_unknown_identifier(self):
        self.assertEqual(get("89", unknown=True).most, 90)
        for code in ("89", "3336", "31", "0", "4300000", "abc"):
            with self.subTest(code), self.assertRaises(Gs1Error):
                get(code, unknown=code != "89")
