from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger
from psycopg2 import IntegrityError

from .common import FarmCase


@tagged("post_install", "-at_install")
class TestRegion(FarmCase):
    def test_the_full_name_follows_the_tree(self):
        self.regency.name = "Karanganyar"
        self.subdistrict.name = "Tawangmangu"
        self.village.name = "Blumbang"
        self.assertEqual(
            self.village.complete_name, "Blumbang, Tawangmangu, Karanganyar"
        )

    def test_a_part_needs_a_parent_of_a_higher_level(self):
        with self.assertRaisesRegex(
            ValidationError, "cannot be a part of .* choose a parent of a higher level"
        ):
            self.make_region("subdistrict", self.village)
        with self.assertRaises(ValidationError):
            self.make_region("village", self.village)

    def test_a_level_may_be_skipped(self):
        self.assertEqual(self.make_region("village", self.regency).level, "village")

    def test_a_parent_cannot_sink_below_its_parts(self):
        with self.assertRaises(ValidationError):
            self.subdistrict.level = "village"

    def test_a_region_cannot_be_its_own_ancestor(self):
        with self.assertRaisesRegex(UserError, "Recursion Detected"):
            self.regency.parent_id = self.village

    def test_the_official_code_is_unique(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self.make_region("village", code=self.village.code)

    def test_a_region_with_parts_is_not_deleted(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self.subdistrict.unlink()

    def test_search_by_ancestor_finds_all_parts(self):
        found = self.env["farm.region"].search([("id", "child_of", self.regency.id)])
        self.assertEqual(
            found, self.regency + self.subdistrict + self.village + self.other_village
        )

    def test_a_region_is_found_by_its_code(self):
        found = self.env["farm.region"].name_search(self.village.code, operator="=")
        self.assertEqual([region_id for region_id, _name in found], self.village.ids)
