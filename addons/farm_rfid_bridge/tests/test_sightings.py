from unittest import TestCase

from ..protocol.body import Body
from ..protocol.problems import Damaged
from ..protocol.sightings import LONGEST_AGO, read_sightings

NOW = 1_781_492_400_000
GOOD = (
    ({"code": "1g7400n6-hw"}, {"code": "1G7400N6-HW", "parent": ""}),
    ({"code": "no code"}, {"code": "no code", "parent": ""}),
    ({"uid": b"\x04\xaa"}, {"uid": "04aa"}),
    (
        {"epc": bytes.fromhex("3014257bf7194e4000001a85")},
        {
            "epc": "urn:epc:id:sgtin:0614141.812345.6789",
            "gtin": "80614141123458",
            "number": "6789",
        },
    ),
    (
        {"epc": "urn:epc:class:lgtin:0614141.812345.L-1"},
        {"gtin": "80614141123458", "number": "L-1"},
    ),
    ({"epc": "urn:epc:id:sscc:0614141.0123456789"}, {"sscc": "006141411234567890"}),
    ({"epc": b"\xe2\x00"}, {"epc": "e200", "gtin": "", "sscc": ""}),
    ({"epc": "urn:else"}, {"epc": "urn:else", "gtin": ""}),
    ({"code": "A", "last": NOW - 1_500}, {"ago": 1.5, "dwell": 0.0}),
    ({"code": "A", "first": NOW - 1_500}, {"ago": 1.5, "dwell": 0.0}),
    ({"code": "A", "first": NOW - 2_500, "last": NOW}, {"ago": 0, "dwell": 2.5}),
    ({"code": "A", "last": NOW + 10**9}, {"ago": 0}),
    ({"code": "A", "last": 0}, {"ago": LONGEST_AGO}),
    ({"code": "A", "n": 4, "rssi": -70}, {"times": 4, "rssi": -70}),
)
BAD = (
    ({}, "says nothing"),
    ({"rssi": -70}, "says nothing"),
    ({"code": 7}, "code is no text"),
    ({"code": "A" * 41}, "code is no text"),
    ({"uid": "04aa"}, "uid is not"),
    ({"uid": b"\x04" * 17}, "uid is not"),
    ({"epc": 7}, "epc is not"),
    ({"epc": b"\x30" * 65}, "epc is not"),
    ({"code": "A", "first": 2, "last": 1}, "seen last before"),
    ({"code": "A", "first": -1}, "first is no number"),
    ({"code": "A", "n": 0}, "n is no number"),
    ({"code": "A", "rssi": 10**9}, "rssi is no number"),
    ("A", "is no map"),
)


class TestSightings(TestCase):
    """Tables of what devices write about tags."""

    def understood(self, *tags):
        return read_sightings(Body({"at": NOW, "tags": list(tags)}))

    def test_what_is_good_is_understood(self):
        for tag, wanted in GOOD:
            with self.subTest(tag=tag):
                [found] = self.understood(tag)
                self.assertEqual({k: getattr(found, k) for k in wanted}, wanted)

    def test_what_is_bad_is_named(self):
        for tag, message in BAD:
            with self.subTest(tag=tag), self.assertRaisesRegex(Damaged, message):
                self.understood(tag)

    def test_a_batch_has_a_tag_and_not_too_many(self):
        for tags in ([], [{"code": "A"}] * 1_001):
            with self.assertRaisesRegex(Damaged, "list of 1 to 1000"):
                self.understood(*tags)

    def test_a_part_names_its_parent(self):
        [bunch] = self.understood({"code": "1G7400N6-HW"})
        [hand] = self.understood({"code": "1G7400N6-0B-JB"})
        self.assertEqual((bunch.parent, hand.parent), ("", "1G7400N6-HW"))
