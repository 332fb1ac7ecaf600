from odoo.exceptions import AccessError
from odoo.tests import tagged

from .bridge_common import NOW
from .read_common import ReadCase

MINUTE = 60_000
UID, OTHER = b"\x04" + b"\x01" * 6, b"\x04" + b"\x02" * 6


@tagged("post_install", "-at_install")
class TestReadMap(ReadCase):
    """The map of reads of a tag that was copied."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.village.write({"latitude": -7.66, "longitude": 111.13})
        cls.other_village.write({"latitude": -8.22, "longitude": 111.13})
        cls.warehouse.partner_id = cls.make_party("retailer", cls.village)
        cls.south = cls.env["stock.warehouse"].create(
            {
                "name": "South",
                "code": "SOUTH",
                "partner_id": cls.make_party("retailer", cls.other_village).id,
            }
        )
        cls.here = cls.make_point("observe", cls.stock, name="Gate North")
        cls.there = cls.make_point("observe", cls.south.lot_stock_id, name="Gate South")

    def setUp(self):
        super().setUp()
        self.lot = self.make_lots()
        self.tag_record = self.env["farm.tag"].create(
            {
                "kind": "bunch",
                "state": "active",
                "uid": UID.hex(),
                "lineage_code": self.lot.lineage_code,
                "lot_id": self.lot.id,
                "company_id": self.env.company.id,
            }
        )

    def seen(self, point, uid, minutes_ago):
        at = NOW - minutes_ago * MINUTE
        self.pass_by(point, self.tag(self.lot) | {"uid": uid, "first": at, "last": at})

    def draw(self, user=None):
        return self.tag_record.with_user(user or self.picker).get_read_map()

    def test_a_copy_is_at_two_places_minutes_apart(self):
        self.seen(self.here, UID, 5)
        self.seen(self.there, OTHER, 1)
        self.assertEqual(self.tag_record.state, "suspected")
        found = self.draw()
        self.assertEqual(
            [lane["name"] for lane in found["lanes"]],
            [self.stock.display_name, self.south.lot_stock_id.display_name],
        )
        self.assertIn("mlat=-7.660000", found["lanes"][0]["url"])
        first, second = found["rows"]
        self.assertEqual((first["lane"], first["what"]), (0, "Counted"))
        self.assertIn("Gate North", first["by"])
        self.assertFalse(first["leap"])
        self.assertEqual((second["lane"], second["tone"]), (1, "danger"))
        self.assertEqual(
            second["leap"],
            {"text": "4 minutes later, 62 km away", "impossible": True},
        )
        self.assertIn("too little time", found["alarm"])
        self.assertIn("two tags", found["reason"])
        self.assertEqual(found["thing"], self.lot.display_name)

    def test_what_stays_at_a_place_is_one_row(self):
        for minutes in (30, 20, 10):
            self.seen(self.here, UID, minutes)
        found = self.draw()
        [row] = found["rows"]
        self.assertEqual(row["what"], "Counted ×3")
        self.assertIn(" – ", row["when"])
        self.assertFalse(found["alarm"])

    def test_a_purchase_is_at_its_plot(self):
        self.buy("A-1", journal=self.bought_journal())
        self.push(self.buyer, self.buyer_journal)
        tag = self.events(self.buyer).tag_ids or self.env["farm.tag"].search(
            [("lineage_code", "=", self.buyer_journal.code("A-1"))]
        )
        self.assertTrue(tag)
        found = tag.with_user(self.picker).get_read_map()
        self.assertEqual(found["lanes"][0]["name"], self.plot.display_name)
        self.assertEqual(found["rows"][0]["what"], "Registered")

    def bought_journal(self):
        self.buyer, self.buyer_journal = self.make_device()
        return self.buyer_journal

    def test_suspected_tags_are_drawn_for_who_may_see_them(self):
        self.seen(self.here, UID, 5)
        self.seen(self.there, OTHER, 1)
        for role in ("stock", "collector", "quality", "manager"):
            with self.subTest(role=role):
                tags = self.env["farm.tag"].with_user(self.make_user(role))
                maps = tags.get_suspect_maps()["maps"]
                self.assertIn(self.tag_record.id, [one["id"] for one in maps])
        officer = self.env["farm.tag"].with_user(self.make_user("officer"))
        ids = [one["id"] for one in officer.get_suspect_maps()["maps"]]
        self.assertNotIn(self.tag_record.id, ids)
        with self.assertRaises(AccessError):
            self.draw(self.make_user("internal"))

    def test_reads_of_another_company_are_not_told(self):
        self.seen(self.here, UID, 5)
        company = self.env["res.company"].create({"name": "Other"})
        stranger = self.make_user(
            "stock", company_id=company.id, company_ids=[(6, 0, company.ids)]
        )
        with self.assertRaises(AccessError):
            self.draw(stranger)

    def test_a_tag_that_was_never_read(self):
        found = self.draw()
        self.assertEqual((found["rows"], found["lanes"]), ([], []))
        self.assertEqual(found["empty"], "It was read nowhere yet.")

    def test_as_many_queries_for_many_reads(self):
        def count():
            self.draw()  # rights and rules are cached for all
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.draw()
            return self.env.cr.sql_log_count - before

        self.seen(self.here, UID, 60)
        few = count()
        for minutes in (50, 40, 30, 20, 10):
            self.seen(self.here, UID, minutes)
        self.assertLessEqual(count(), few)
