from odoo.exceptions import ValidationError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger
from psycopg2 import IntegrityError

from .common import FarmCase


@tagged("post_install", "-at_install")
class TestCrop(FarmCase):
    def test_the_code_has_two_to_six_capitals_or_digits(self):
        for code in ("R", "RAJAAAA", "raja", "RA JA", "RÁJ", ""):
            with (
                self.subTest(code=code),
                self.assertRaisesRegex(ValidationError, "needs 2 to 6 capital letters"),
            ):
                self.make_crop(code=code)
        self.assertEqual(self.make_crop(code="RAJA12").code, "RAJA12")

    def test_the_code_is_unique(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self.make_crop(code=self.crop.code)

    def test_a_copy_takes_grades_and_traits_and_a_free_code(self):
        trait = self.env["farm.trait"].create({"name": "Shine", "group": "appearance"})
        self.crop.write(
            {"code": "RAJA", "trait_ids": [Command.create({"trait_id": trait.id})]}
        )
        first, second = self.crop.copy(), self.crop.copy()
        self.assertEqual((first.code, second.code), ("RAJA2", "RAJA3"))
        self.assertEqual(first.grade_ids.mapped("code"), ["super", "A", "B"])
        self.assertEqual(first.trait_ids.trait_id, trait)
        self.assertNotEqual(first.lot_sequence_id, self.crop.lot_sequence_id)
        self.assertFalse(first.guide_ids)

    def test_an_archived_crop_keeps_its_code(self):
        self.crop.code = "RAJA"
        self.make_crop(code="RAJA2").active = False
        self.assertEqual(self.crop.copy().code, "RAJA3")

    def test_lot_names_carry_code_and_date_and_never_repeat(self):
        self.crop.code = "RAJA"
        names = self.crop._next_lot_names(self.day, 3) + self.crop._next_lot_names(
            self.day, 2
        )
        self.assertEqual(names[0], "RAJA-260615-00001")
        self.assertEqual(len(set(names)), 5)

    def test_lot_names_fit_what_gs1_allows(self):
        self.crop.code = "ABCDEF"
        self.crop.lot_sequence_id.number_next = 999_999
        (name,) = self.crop._next_lot_names(self.day, 1)
        self.assertEqual(name, "ABCDEF-260615-999999")
        self.assertLessEqual(len(name), 20)

    def test_officers_make_crops_without_rights_on_sequences(self):
        officer = self.make_user("officer", self.village)
        crop = self.crop.with_user(officer).create({"name": "Raja", "code": "RAJA"})
        self.assertTrue(crop.sudo().lot_sequence_id)

    def test_grades_are_ordered_and_unique_in_a_crop(self):
        self.assertEqual(self.crop.grade_ids.mapped("code"), ["super", "A", "B"])
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self.grade_a.copy()

    def test_counts(self):
        self.make_guide()
        self.assertEqual((self.crop.guide_count, self.crop.cycle_count), (2, 1))

    def test_a_crop_in_use_is_not_deleted(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self.crop.unlink()


@tagged("post_install", "-at_install")
class TestTrait(FarmCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.trait = cls.env["farm.trait"].create(
            {"name": "Size", "group": "appearance", "unit": "cm"}
        )

    def make_line(self, **vals):
        return self.env["farm.crop.trait"].create(
            {"crop_id": self.crop.id, "trait_id": self.trait.id} | vals
        )

    def test_the_unit_is_the_traits_unless_said_otherwise(self):
        other = self.trait.copy()
        self.assertEqual(self.make_line().unit, "cm")
        self.assertEqual(self.make_line(trait_id=other.id, unit="inch").unit, "inch")

    def test_the_unit_follows_the_trait_chosen_on_the_screen(self):
        line = self.env["farm.crop.trait"].new({"crop_id": self.crop.id})
        line.trait_id = self.trait
        self.assertEqual(line.unit, "cm")

    def test_a_crop_has_a_trait_once(self):
        self.make_line()
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self.make_line()

    def test_a_range_begins_with_the_smaller_number(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self.make_line(is_measured=True, value_min=20, value_max=12)
