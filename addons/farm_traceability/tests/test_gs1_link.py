from odoo.tests import BaseCase

from ..gs1 import (
    GS,
    Element,
    Gs1Error,
    read_anything,
    read_bracketed,
    read_link,
    read_scan,
    scan_data,
    write_link,
)
from ..gs1.link import Reading

GTIN = "08991234000015"
LINK = f"https://id.gs1.org/01/{GTIN}/10/A%2FB/21/7?17=260228"

BAD_LINKS = [
    (
        "ftp://a/01/" + GTIN,
        f"“ftp://a/01/{GTIN}”: a GS1 Digital Link starts with https:// or http://; "
        "correct it.",
    ),
    (
        "https://a/b c",
        "“https://a/b c”, character 12: “ ” is not allowed in a web address; write it "
        "percent-encoded.",
    ),
    (
        "https:///01/" + GTIN,
        f"“https:///01/{GTIN}”: “” is no name of a web server; correct the address.",
    ),
    (
        "https://a/lot/7",
        "“https://a/lot/7”: no primary key of GS1, such as 01 and a GTIN, is found; "
        "name one.",
    ),
    (
        f"https://a/01/{GTIN}/21/7/10/A",
        f"“https://a/01/{GTIN}/21/7/10/A”: the path 01/21/10 is no allowed sequence; "
        "write 01/22/10/21, 01/235, without those that are not needed.",
    ),
    (
        f"https://a/01/{GTIN}?10=A",
        f"“https://a/01/{GTIN}?10=A”: (10) does not belong in the query of a link of "
        "(01); put it into the path where its order allows it, or leave it out.",
    ),
    (
        f"https://a/01/{GTIN}?17=260228&17=260228",
        f"“https://a/01/{GTIN}?17=260228&17=260228”: (17) stands twice in the link; "
        "keep one.",
    ),
    (
        f"https://a/01/{GTIN}?05=1",
        f"“https://a/01/{GTIN}?05=1”: “05” in the query is no application identifier "
        "of GS1; remove it.",
    ),
    (
        "https://a/01/08991234000016",
        "(01) GTIN “08991234000016”, character 14: the check digit is 6 but should be "
        "5; compare the number with its source.",
    ),
]

SCANS = [
    ("]C1", f"01{GTIN}10A{GS}17260228", "GS1-128"),
    ("]d2", f"01{GTIN}10A{GS}17260228", "Data Matrix"),
    ("]Q3", f"01{GTIN}10A{GS}17260228", "QR Code"),
    ("]J1", f"01{GTIN}10A{GS}17260228", "DotCode"),
    ("]e0", f"01{GTIN}10A{GS}17260228", "GS1 DataBar Expanded"),
    ("]Q1", f"https://a/01/{GTIN}/10/A?17=260228", "QR Code"),
    ("]d1", f"https://a/01/{GTIN}/10/A?17=260228", "Data Matrix"),
]

BAD_SCANS = [
    (
        "0108991234000015",
        "“0108991234000015”: the scan does not start with a symbology identifier such "
        "as ]d2; switch it on in the scanner.",
    ),
    (
        "]X0123",
        "“]X0123”: the symbology identifier “]X0” is not supported; use GS1-128, GS1 "
        "DataMatrix, GS1 QR, GS1 DataBar, EAN or UPC.",
    ),
    (
        "]E0899123400001",
        "“899123400001”: the symbol must have 13 digits, it has 12; scan it again.",
    ),
    (
        "]E08991234000016",
        "“8991234000016”, character 13: the check digit is 6 but should be 5; compare "
        "the number with its source.",
    ),
]

NO_SYMBOLS = [
    (
        ("GS1-128", "LOT"),
        "GS1-128 carries application identifiers only; write the message with them.",
    ),
    (("Aztec", "LOT"), "“Aztec” is no known symbol; choose another."),
    (
        ("GS1 DataBar Limited", "24012345678905"),
        "A DataBar Limited symbol starts with 0 or 1; use another symbol.",
    ),
    (
        ("QR Code", f"{GS}10A", f"{GS}21B"),
        "QR Code has no second part; leave it out.",
    ),
]


class TestGs1Link(BaseCase):
    def assert_sentence(self, expected, function, *args):
        with self.assertRaises(Gs1Error) as caught:
            function(*args)
        self.assertEqual(str(caught.exception), expected)

    def test_bad_links(self):
        for uri, sentence in BAD_LINKS:
            with self.subTest(uri):
                self.assert_sentence(sentence, read_link, uri)

    def test_there_and_back(self):
        elements = read_bracketed(f"(01){GTIN}(10)A/B(21)7(17)260228")
        self.assertEqual(write_link(elements), LINK)
        self.assertEqual(read_link(LINK), elements)

    def test_qualifiers_find_their_order(self):
        elements = read_bracketed(f"(17)260228(21)7(10)A(01){GTIN}(22)V")
        self.assertEqual(
            write_link(elements, "https://farm.example/t/"),
            f"https://farm.example/t/01/{GTIN}/22/V/10/A/21/7?17=260228",
        )

    def test_what_a_link_cannot_carry(self):
        self.assert_sentence(
            "No primary key of GS1, such as 01 and a GTIN, is found; name one.",
            write_link,
            read_bracketed("(10)A(17)260228"),
        )
        self.assert_sentence(
            "(8200) does not belong in the query of a link of (01); put it into the "
            "path where its order allows it, or leave it out.",
            write_link,
            read_bracketed(f"(01){GTIN}(8200)HTTPS://A.ID"),
        )

    def test_bad_starts(self):
        elements = read_bracketed(f"(01){GTIN}")
        for stem, sentence in (
            (
                "farm.example",
                "“farm.example”: a GS1 Digital Link starts with https:// or http://; "
                "correct it.",
            ),
            (
                "https://farm.example/t?a=b",
                "“https://farm.example/t?a=b”: the start of a link has neither ? nor "
                "#; leave them and what follows out.",
            ),
        ):
            with self.subTest(stem):
                self.assert_sentence(sentence, write_link, elements, stem)

    def test_logistic_unit(self):
        uri = f"https://id.gs1.org/00/123456789012345675?02={GTIN}&37=5"
        elements = read_link(uri)
        self.assertEqual([one.code for one in elements], ["00", "02", "37"])
        self.assertEqual(write_link(elements), uri)

    def test_old_links_only_when_asked(self):
        uri = "https://a/gtin/8991234000015/lot/A"
        self.assertEqual(
            read_link(uri, Reading(short_gtins=True, words=True)),
            (Element("01", GTIN), Element("10", "A")),
        )
        with self.assertRaises(Gs1Error):
            read_link(uri)

    def test_scans(self):
        elements = read_bracketed(f"(01){GTIN}(10)A(17)260228")
        for identifier, data, symbol in SCANS:
            with self.subTest(identifier):
                scan = read_scan(identifier + data)
                self.assertEqual(scan.elements, elements)
                self.assertEqual((scan.identifier, scan.symbol), (identifier, symbol))
                self.assertEqual(scan.text, data)

    def test_scan_data(self):
        for identifier, data, symbol in SCANS:
            with self.subTest(identifier):
                is_message = not data.startswith("http")
                message = GS + data if is_message else data
                self.assertEqual(scan_data(symbol, message), identifier + data)

    def test_scans_of_gtins(self):
        for data, digits in (
            ("]E08991234000015", "8991234000015"),
            ("]E402345673", "02345673"),
            ("]I1" + GTIN, GTIN),
        ):
            with self.subTest(data):
                scan = read_scan(data)
                self.assertEqual(scan.primary, digits)
                self.assertEqual(scan.elements, (("01", digits.zfill(14)),))

    def test_bad_scans(self):
        for data, sentence in BAD_SCANS:
            with self.subTest(data):
                self.assert_sentence(sentence, read_scan, data)

    def test_what_symbols_cannot_carry(self):
        for args, sentence in NO_SYMBOLS:
            with self.subTest(args):
                self.assert_sentence(sentence, scan_data, *args)

    def test_anything(self):
        gtin = (Element("01", GTIN),)
        for data, elements in (
            (f"]d201{GTIN}", gtin),
            (f"(01){GTIN}", gtin),
            (f"https://a/01/{GTIN}", gtin),
            (f"{GS}01{GTIN}", gtin),
            (f"01{GTIN}", gtin),
            ("8991234000015", gtin),
            # no GS1: text, numbers of one's own, other web addresses
            ("BUNCH-7", ()),
            ("12345678", ()),
            ("0108991234000016", ()),
            ("https://farm.example/lot/7", ()),
            ("]Q1https://farm.example/lot/7", ()),
            ("]C0BUNCH-7", ()),
            ("]A0BUNCH-7", ()),
            ("]", ()),
            (f"]d801{GTIN}", gtin),
            ("", ()),
        ):
            with self.subTest(data):
                self.assertEqual(read_anything(data).elements, elements)

    def test_anything_that_means_gs1(self):
        for data in (
            "]d20108991234000016",
            "(01)08991234000016",
            "https://a/01/08991234000016",
            f"10A{GS}0108991234000016",
        ):
            with self.subTest(data), self.assertRaises(Gs1Error):
                read_anything(data)
