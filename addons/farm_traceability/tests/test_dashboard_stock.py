from collections import Counter
from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from .dashboard_common import DashboardCase

AGES = [
    (2, "Up to 2 days"), (7, "3 to 7 days"), (14, "8 to 14 days"),
    (30, "15 to 30 days"), (9999, "Over 30 days"),
]  # fmt: skip


@tagged("post_install", "-at_install")
class TestDashboardStock(DashboardCase):
    """Stock by age and grade, and what expires: against plain Python."""

    def count_by_age(self, **more):
        """The same by a loop over all quants."""
        totals = Counter()
        for quant in self.env["stock.quant"].search([("quantity", ">", 0)]):
            wanted = {
                "usage": quant.location_id.usage,
                "crop": quant.product_id.farm_crop_id,
                "company": quant.company_id,
                "unit": quant.product_id.uom_id.name,
            }
            if wanted != wanted | {"usage": "internal"} | more:
                continue
            arrived = fields.Datetime.context_timestamp(
                quant.with_context(tz="Asia/Jakarta"), quant.in_date
            ).date()
            age = (self.day - (quant.lot_id.harvest_date or arrived)).days
            label = next(label for most, label in AGES if age <= most)
            totals[label, quant.lot_id.grade_id.name or "No grade"] += quant.quantity
        return totals

    def assertAges(self, expected, tile, unit="kg"):
        found = self.cells(tile, unit)
        self.assertEqual(found.keys(), expected.keys())
        for key, value in expected.items():
            self.assertAlmostEqual(found[key], value, 4)

    def fill(self, place=None):
        grades = [self.grade_super, self.grade_a, self.grade_b, self.crop.grade_ids[:0]]
        for number, days in enumerate((0, 2, 3, 7, 8, 14, 15, 30, 31, 400)):
            vals = {
                "harvest_date": self.days(-days),
                "grade_id": grades[number % 4].id,
            }
            self.put(1.5 + number, place, **vals)
        # Arrived at 23:30 of the day before in Jakarta, and half an hour later.
        for number, hours in enumerate((3 * 24 + 10.5, 3 * 24 + 9.5, 24 * 20)):
            lot = self.put(20.0 + number, place)
            lot.quant_ids.in_date = fields.Datetime.now() - timedelta(hours=hours)

    def test_ages_are_those_of_a_plain_loop(self):
        self.fill()
        company = self.env.company
        expected = self.count_by_age(crop=self.crop, company=company, unit="kg")
        self.assertGreater(len(expected), 10)
        self.assertAges(expected, self.tile("age"))

    def test_kilograms_and_pieces_are_not_added_up(self):
        company = self.env.company
        expected = self.count_by_age(crop=self.crop, company=company, unit="Units")
        self.assertTrue(expected)
        self.assertAges(expected, self.tile("age"), "Units")

    def test_crops_that_call_grades_alike_share_a_column(self):
        crop = self.make_crop()
        product = self.make_product(crop)
        self.put(5.0, product=product, grade_id=crop.grade_ids[0].id)
        self.put(7.0, grade_id=self.grade_super.id)
        tile = self.tile("age", crop_id=False)
        [table] = [table for table in tile["tables"] if table["caption"] == "kg"]
        self.assertEqual(table["columns"].count("super"), 1)

    def test_another_companys_stock_is_not_counted(self):
        company = self.make_company()
        self.put(9.0, self.foreign.lot_stock_id, company_id=False)
        mine = self.count_by_age(crop=self.crop, company=self.env.company, unit="kg")
        self.assertAges(mine, self.tile("age"))
        both = self.env.company | company
        user = self.make_user_of(both)
        theirs = self.count_by_age(crop=self.crop, company=company, unit="kg")
        tiles = self.ask(user, both, company_id=company.id)["tiles"]
        [tile] = [tile for tile in tiles if tile["key"] == "age"]
        self.assertAges(theirs, tile)

    def test_a_warehouse_alone(self):
        house = self.env["stock.warehouse"].create({"name": "Cold", "code": "COLD"})
        self.put(6.5, house.lot_stock_id)
        tile = self.tile("age", warehouse_id=house.id)
        self.assertEqual(self.cells(tile), {("Up to 2 days", "No grade"): 6.5})

    def test_an_empty_store_says_so(self):
        crop = self.make_crop()
        tile = self.tile("age", crop_id=crop.id)
        self.assertFalse(tile["tables"])
        self.assertEqual(tile["empty"], "There is nothing in stock.")

    # -- expiring ---------------------------------------------------------------------

    def test_what_expires_within_days_with_its_value(self):
        crop = self.make_crop()
        product = self.make_product(crop, standard_price=250)
        for days in (-3, 0, 1, 3, 4, 7, 8, 14, 15, 30, 31):
            lot = self.put(2.0, product=product)
            lot.expiration_date = fields.Datetime.now() + timedelta(days, minutes=5)
        found = self.cells(self.tile("expiring", self.manager, crop_id=crop.id))
        value = f"Value ({self.env.company.currency_id.name})"
        for label, count in (
            ("Expired", 1), ("Within 3 days", 3), ("Within 7 days", 5),
            ("Within 14 days", 7), ("Within 30 days", 9),
        ):  # fmt: skip
            with self.subTest(label=label):
                self.assertEqual(found[label, "Lots and Places"], count)
                self.assertEqual(found[label, value], count * 500)

    def test_values_of_two_currencies_are_not_added_up(self):
        company = self.make_company()
        company.currency_id = self.env.ref("base.EUR")
        if company.currency_id == self.env.company.currency_id:
            company.currency_id = self.env.ref("base.USD")
        self.product.with_company(company).standard_price = 30
        self.put(2.0, self.foreign.lot_stock_id, days=2)
        mine = self.put(2.0, days=2)
        both = self.env.company | company
        user = self.make_user_of(both, "manager")
        tiles = self.ask(user, both, crop_id=self.crop.id)["tiles"]
        [tile] = [tile for tile in tiles if tile["key"] == "expiring"]
        found = self.cells(tile)
        self.assertEqual(
            found["Within 3 days", f"Value ({company.currency_id.name})"], 60
        )
        rows = self.env["farm.expiry.board"].search(
            [("company_id", "=", self.env.company.id), ("band", "=", "2_days"),
             ("product_id.farm_crop_id", "=", self.crop.id)]
        )  # fmt: skip
        self.assertIn(mine, rows.lot_id)
        self.assertEqual(
            found["Within 3 days", f"Value ({self.env.company.currency_id.name})"],
            sum(rows.mapped("value")),
        )
