import csv
from pathlib import Path
from unittest import SkipTest

from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import FarmCase

SAMPLES = Path(__file__).parents[3] / "docs" / "samples"
FILES = {
    "1_crops.csv": ("farm.crop", 2),
    "2_groups.csv": ("res.partner", 7),
    "3_farmers.csv": ("res.partner", 12),
    "4_plots.csv": ("farm.plot", 12),
    "5_certificates.csv": ("farm.certificate", 10),
}


@tagged("post_install", "-at_install")
class TestImport(FarmCase):
    """The sample files, as an officer imports them on the screen."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if not SAMPLES.exists():
            raise SkipTest(f"{SAMPLES} is not there: the add-on stands alone")
        regions = cls.env["farm.region"].search([("code", "=", "3313060")])
        cls.officer = cls.make_user("officer", regions)

    def rows_of(self, name):
        with (SAMPLES / name).open(encoding="utf-8", newline="") as file:
            head, *rows = csv.reader(file)
        return head, rows

    def load(self, model, head, rows):
        model = self.env[model].with_user(self.officer)
        return model.with_context(import_file=True).load(head, rows)

    def load_samples(self, *names):
        for name in names or FILES:
            result = self.load(FILES[name][0], *self.rows_of(name))
            self.assertEqual(result["messages"], [], name)

    def test_every_file_is_taken_whole(self):
        for name, (model, count) in FILES.items():
            result = self.load(model, *self.rows_of(name))
            self.assertEqual(result["messages"], [], name)
            self.assertEqual(len(result["ids"]), count, name)
        certificates = self.env["farm.certificate"].browse(result["ids"])
        self.assertEqual(set(certificates.mapped("state")), {"draft"})
        self.assertEqual(len(certificates.line_ids), 12)
        certificates.with_user(self.officer).action_issue()
        farmer = self.env.ref("__import__.farmer_05")
        crop = self.env.ref("__import__.crop_ambon")
        self.assertTrue(farmer._farm_certificate_for(crop, self.day)[1])

    def test_the_tree_and_the_areas_are_right(self):
        self.load_samples()
        farmer = self.env.ref("__import__.farmer_01")
        union = farmer.farm_group_id.farm_group_id
        self.assertEqual(union, self.env.ref("__import__.union_blumbang"))
        self.assertEqual(farmer.farm_region_id.name, "Blumbang")
        for plot in self.env["farm.plot"].search([("code", "=like", "L-00%")]):
            self.assertLess(plot.area_deviation, 0.01)
        self.assertEqual(len(self.env.ref("__import__.crop_raja").grade_ids), 3)

    def test_a_second_import_changes_and_makes_nothing_new(self):
        self.load_samples()
        head, rows = self.rows_of("3_farmers.csv")
        rows[0][head.index("phone")] = "0812"
        before = self.env["res.partner"].search_count([])
        self.assertEqual(self.load("res.partner", head, rows)["messages"], [])
        self.assertEqual(self.env["res.partner"].search_count([]), before)
        self.assertEqual(self.env.ref("__import__.farmer_01").phone, "0812")

    def test_odoo_recognises_every_column_of_the_files(self):
        if "base_import.import" not in self.env:
            self.skipTest("base_import is not installed")
        for name, (model, _count) in FILES.items():
            wizard = (
                self.env["base_import.import"]
                .with_user(self.officer)
                .create(
                    {
                        "res_model": model,
                        "file": (SAMPLES / name).read_bytes(),
                        "file_name": name,
                        "file_type": "text/csv",
                    }
                )
            )
            preview = wizard.parse_preview({"quoting": '"', "has_headers": True})
            with self.subTest(file=name):
                self.assertNotIn("error", preview)
                self.assertEqual(len(preview["matches"]), len(preview["headers"]))

    @mute_logger("odoo.sql_db")
    def test_a_bad_row_is_named_and_nothing_is_taken(self):
        self.load_samples()
        for name, column, value, sentence in (
            ("3_farmers.csv", "farm_region_id", "9999", "No matching record.*9999"),
            ("3_farmers.csv", "farm_group_id/id", "nobody", "No matching record.*nob"),
            ("3_farmers.csv", "farm_group_id/id", "dinas", "cannot be a member of"),
            ("3_farmers.csv", "farm_code", "P-0001", "has this chain number already"),
            ("3_farmers.csv", "farm_region_id", "33", "not allowed|access"),
            ("4_plots.csv", "geometry", "here", "it is not JSON"),
            (
                "4_plots.csv",
                "geometry",
                '{"type": "Point", "coordinates": [-7.6, 111.1]}',
                "vertex 1 has latitude 111.1",
            ),
            ("4_plots.csv", "farmer_id/id", "", "required|Missing"),
            ("4_plots.csv", "area", "much", "does not seem to be a number"),
            ("4_plots.csv", "code", "L-0001", "has this number already"),
            ("5_certificates.csv", "valid_from", "soon", "does not seem to be a valid"),
            ("5_certificates.csv", "valid_to", "2020-01-01", "cannot end before"),
            ("5_certificates.csv", "name", "GAP-0001", "with this number in this sch"),
        ):
            head, rows = self.rows_of(name)
            model = FILES[name][0]
            row = list(rows[1])
            row[head.index("id")] = "fresh"
            for unique in ("farm_code", "code"):
                if unique in head:
                    row[head.index(unique)] = "NEW-1"
            if name.startswith("5"):
                row[head.index("name")] = "NEW-1"
            row[head.index(column)] = value
            with self.subTest(column=column, value=value):
                before = self.env[model].search_count([])
                result = self.load(model, head, [row])
                self.assertFalse(result["ids"])
                (message, *_more) = result["messages"]
                self.assertEqual(message["type"], "error")
                self.assertRegex(str(message["message"]), sentence)
                self.assertEqual(self.env[model].search_count([]), before)

    def test_states_are_not_imported(self):
        self.load_samples()
        head, rows = self.rows_of("5_certificates.csv")
        row = [*rows[0], "Valid"]
        row[0], row[1] = "fresh", "NEW-1"
        result = self.load("farm.certificate", [*head, "state"], [row])
        self.assertFalse(result["ids"])
        self.assertIn("never typed in or imported", result["messages"][0]["message"])

    def test_an_issued_certificate_is_not_changed_by_import(self):
        self.load_samples()
        self.env.ref("__import__.certificate_01").action_issue()
        head, rows = self.rows_of("5_certificates.csv")
        rows[0][head.index("valid_to")] = "2030-01-01"
        result = self.load("farm.certificate", head, rows[:1])
        self.assertFalse(result["ids"])
        self.assertIn("stays on record as it is", result["messages"][0]["message"])
