import base64

from odoo.addons.farm_traceability.regions import (
    LEVELS,
    Refusal,
    RegionFileError,
    plan_regions,
    read_regions,
)
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .common import FarmCase

HEAD = "code,parent_code,name,level"

GOOD_FILES = {
    "commas": f"{HEAD}\n33,,Jawa Tengah,province\n",
    "semicolons": "code;parent_code;name;level\n33;;Jawa Tengah;province\n",
    "a mark before the first column": f"\ufeff{HEAD}\n33,,Jawa Tengah,province\n",
    "another order": "level,name,code,parent_code\nprovince,Jawa Tengah,33,\n",
    "capitals": " Code ,PARENT_CODE,Name,Level\n33,, Jawa Tengah ,Province\n",
    "lines of Windows": f"{HEAD}\r\n33,,Jawa Tengah,province\r\n",
    "empty lines": f"{HEAD}\n\n33,,Jawa Tengah,province\n,,,\n",
    "columns too many": f"{HEAD},note\n33,,Jawa Tengah,province,hello\n",
}

BAD_FILES = {
    b"": "The file has no regions in it.",
    b"\n\n": "The file has no regions in it.",
    HEAD.encode(): "The file has no regions in it.",
    b"code,name,level\n1,A,village\n": "The column parent_code is missing. The first"
    " line must name the columns code, parent_code, name and level.",
    f"{HEAD}\n1,,K\xe9,village\n".encode("latin-1"): "The file is not UTF-8. Save it as"
    " “CSV UTF-8” and retry.",
    f"{HEAD}\n1,,A\0,village\n".encode(): "The file is not UTF-8. Save it as"
    " “CSV UTF-8” and retry.",
    f'{HEAD}\n1,,A,village\n2,,"B,village\n3,,C,village\n'.encode(): "The file cannot"
    " be read from line 3 on: look there for a quotation mark that is not closed, and"
    " retry.",
}

# What stands in a row → the sentence about it; the row is line 2.
BAD_ROWS = {
    ",,A,village": "Line 2: the code is missing.",
    "1,,,village": "Line 2: the name is missing.",
    "1,,A,hamlet": "Line 2: “hamlet” is not a level; use country, province, regency,"
    " subdistrict or village.",
    "1,,A": "Line 2: “” is not a level; use country, province, regency, subdistrict"
    " or village.",
    "1,,A,village,north,110": "Line 2: “north” is not a latitude or longitude in"
    " degrees.",
    "1,,A,village,-7.6,1110": "Line 2: “1110” is not a latitude or longitude in"
    " degrees.",
    "1,,A,village,nan,110": "Line 2: “nan” is not a latitude or longitude in degrees.",
    "1,9,A,village": "Line 2: there is no region with the parent code 9.",
    "1,1,A,village": "Line 2: there is no region with the parent code 1.",
}


def plain(text):
    return text


def plan(text, known=None):
    regions, unreadable = read_regions(text.encode())
    planned, misplaced = plan_regions(regions, known or {})
    return planned, sorted(unreadable + misplaced)


@tagged("post_install", "-at_install")
class TestRegionFile(FarmCase):
    """Reading and planning, without a database."""

    def test_good_files_are_read(self):
        for case, text in GOOD_FILES.items():
            with self.subTest(case):
                planned, refusals = plan(text)
                self.assertEqual(refusals, [])
                self.assertEqual(
                    [(each.code, each.name, each.level) for each in planned],
                    [("33", "Jawa Tengah", "province")],
                )

    def test_bad_files_are_refused_whole_with_one_sentence(self):
        for data, sentence in BAD_FILES.items():
            with self.subTest(data=data), self.assertRaises(RegionFileError) as caught:
                read_regions(data)
            self.assertEqual(caught.exception.sentence(plain), sentence)

    def test_bad_rows_are_named_by_their_line(self):
        for row, sentence in BAD_ROWS.items():
            with self.subTest(row=row):
                planned, refusals = plan(f"{HEAD},latitude,longitude\n{row}\n")
                self.assertEqual(planned, [])
                self.assertEqual(
                    [each.sentence(plain) for each in refusals], [sentence]
                )

    def test_the_order_of_rows_does_not_matter(self):
        rows = ["33,,A,province", "3313,33,B,regency", "3313060,3313,C,subdistrict"]
        for order in (rows, rows[::-1], [rows[1], rows[2], rows[0]]):
            planned, refusals = plan("\n".join([HEAD, *order]))
            self.assertEqual([each.code for each in planned], ["33", "3313", "3313060"])
            self.assertEqual(refusals, [])

    def test_a_known_parent_needs_no_row(self):
        planned, refusals = plan(f"{HEAD}\n3313,33,B,regency\n", {"33": "province"})
        self.assertEqual([each.code for each in planned], ["3313"])
        self.assertEqual(refusals, [])

    def test_a_parent_must_be_of_a_higher_level(self):
        for level in LEVELS[2:]:
            _planned, refusals = plan(f"{HEAD}\n2,1,B,regency\n", {"1": level})
            self.assertEqual(refusals, [Refusal(2, "order", "1")])

    def test_the_parts_of_a_refused_row_are_refused_too_and_the_rest_stands(self):
        planned, refusals = plan(
            f"{HEAD}\n3,2,C,village\n2,9,B,regency\n7,,D,province\n"
        )
        self.assertEqual([each.code for each in planned], ["7"])
        self.assertEqual(
            refusals, [Refusal(2, "parent", "2"), Refusal(3, "parent", "9")]
        )

    def test_a_code_stands_in_a_file_once(self):
        planned, refusals = plan(f"{HEAD}\n1,,A,village\n1,,B,village\n")
        self.assertEqual([each.name for each in planned], ["A"])
        self.assertEqual(refusals, [Refusal(3, "twice", "1")])


@tagged("post_install", "-at_install")
class TestRegionImport(FarmCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.officer = cls.make_user("officer", cls.regency)

    def load(self, text, user=None):
        wizard = (
            self.env["farm.region.import"]
            .with_user(user or self.officer)
            .create({"file": base64.b64encode(text.encode())})
        )
        action = wizard.action_import()
        self.assertEqual(action["res_id"], wizard.id)
        return wizard

    def region(self, code):
        return self.env["farm.region"].search([("code", "=", code)])

    def test_an_officer_loads_a_tree_given_from_its_leaves(self):
        wizard = self.load(
            f"{HEAD},latitude,longitude\n"
            "X111,X11,Village,village,-7.673044,111.127624\n"
            "X11,X1,Regency,regency,,\n"
            "X1,,Province,province,,\n"
        )
        self.assertRecordValues(
            wizard,
            [
                {
                    "state": "done",
                    "created_count": 3,
                    "updated_count": 0,
                    "refused_count": 0,
                    "refused": "",
                }
            ],
        )
        village = self.region("X111")
        self.assertEqual(village.complete_name, "Village, Regency, Province")
        self.assertAlmostEqual(village.longitude, 111.127624, 6)

    def test_existing_codes_are_updated_and_keep_their_place_on_the_map(self):
        self.village.write({"latitude": -7.5, "longitude": 110.5})
        wizard = self.load(
            f"{HEAD}\n{self.village.code},{self.subdistrict.code},Renamed,village\n"
        )
        self.assertEqual((wizard.created_count, wizard.updated_count), (0, 1))
        self.assertRecordValues(
            self.village,
            [
                {
                    "name": "Renamed",
                    "parent_id": self.subdistrict.id,
                    "latitude": -7.5,
                    "longitude": 110.5,
                }
            ],
        )

    def test_an_archived_region_is_updated_not_made_again(self):
        self.other_village.active = False
        wizard = self.load(f"{HEAD}\n{self.other_village.code},,Renamed,village\n")
        self.assertEqual((wizard.created_count, wizard.updated_count), (0, 1))
        self.assertEqual(self.other_village.name, "Renamed")

    def test_the_same_file_twice_gives_the_same_regions(self):
        text = f"{HEAD}\nX1,,Province,province\nX11,X1,Regency,regency\n"
        self.load(text)
        before = self.env["farm.region"].search_count([])
        wizard = self.load(text)
        self.assertEqual((wizard.created_count, wizard.updated_count), (0, 2))
        self.assertEqual(self.env["farm.region"].search_count([]), before)

    def test_an_unknown_parent_is_named_and_the_rest_stands(self):
        wizard = self.load(f"{HEAD}\nX2,NO,Lost,regency\nX1,,Province,province\n")
        self.assertEqual((wizard.created_count, wizard.refused_count), (1, 1))
        self.assertEqual(
            wizard.refused, "Line 2: there is no region with the parent code NO."
        )
        self.assertTrue(self.region("X1"))
        self.assertFalse(self.region("X2"))

    def test_a_row_that_changes_what_the_officer_may_not_is_named(self):
        strange = self.make_region("regency", name="Strange")
        wizard = self.load(
            f"{HEAD}\n{strange.code},,Mine,regency\nX1,{strange.code},New,village\n"
        )
        self.assertEqual((wizard.created_count, wizard.updated_count), (1, 0))
        self.assertEqual(
            wizard.refused,
            f"Line 2: region {strange.code} is not a part of your regions; ask an"
            " administrator to change it.",
        )
        self.assertEqual(strange.name, "Strange")

    def test_a_row_that_repeats_what_is_there_is_no_change(self):
        strange = self.make_region("regency", name="Strange")
        wizard = self.load(f"{HEAD}\n{strange.code},,Strange,regency\n")
        self.assertFalse(wizard.refused)

    def test_a_region_moved_away_does_not_close_the_row_of_its_parts(self):
        far = self.make_region("regency")
        self.load(
            f"{HEAD}\n{self.subdistrict.code},{far.code},Moved,subdistrict\n"
            f"{self.village.code},{self.subdistrict.code},Renamed,village\n"
        )
        self.assertEqual(self.village.name, "Renamed")
        self.assertEqual(self.subdistrict.parent_id, far)

    def test_a_level_that_the_parts_do_not_allow_is_named(self):
        wizard = self.load(
            f"{HEAD}\n{self.subdistrict.code},{self.regency.code},S,village\n"
            "X1,,Province,province\n"
        )
        self.assertEqual((wizard.created_count, wizard.updated_count), (1, 0))
        self.assertEqual(
            wizard.refused,
            f"Line 2: region {self.subdistrict.code} has parts that are not of a lower"
            " level; change these first.",
        )
        self.assertEqual(self.subdistrict.level, "subdistrict")

    def test_a_level_changes_together_with_the_parts(self):
        self.village.parent_id = self.regency
        self.other_village.parent_id = self.regency
        wizard = self.load(
            f"{HEAD}\n{self.subdistrict.code},{self.regency.code},S,village\n"
            f"{self.village.code},{self.regency.code},V,subdistrict\n"
        )
        self.assertFalse(wizard.refused)
        self.assertEqual(self.village.level, "subdistrict")
        self.assertEqual(self.subdistrict.level, "village")

    def test_a_bad_file_is_one_sentence(self):
        with self.assertRaisesRegex(UserError, "The column parent_code is missing"):
            self.load("code,name,level\n1,A,village\n")

    def test_no_file_is_one_sentence(self):
        wizard = self.env["farm.region.import"].with_user(self.officer).create({})
        with self.assertRaisesRegex(UserError, "Choose a CSV file first"):
            wizard.action_import()

    def test_others_cannot_import(self):
        user = new_test_user(
            self.env, "other", groups="farm_traceability.group_collector"
        )
        with self.assertRaises(AccessError):
            self.load(f"{HEAD}\nX1,,Province,province\n", user)

    def test_a_thousand_villages_take_few_queries(self):
        rows = [
            f"V{n},{self.subdistrict.code},Village {n},village" for n in range(1000)
        ]
        wizard = (
            self.env["farm.region.import"]
            .with_user(self.officer)
            .create({"file": base64.b64encode("\n".join([HEAD, *rows]).encode())})
        )
        self.env.flush_all()
        with self.assertQueryCount(60):
            wizard.action_import()
            self.env.flush_all()
        self.assertEqual(wizard.created_count, 1000)
