from collections import Counter
from contextlib import closing, suppress
from random import Random

from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from odoo.exceptions import UserError
from odoo.tests import tagged

from .count_common import CountCase

PLACES = ("supplier", "shelf", "shelf", "other", "customer", "scrap")
PLAIN = {"lot": False, "owner": False, "package": False}
# Few shelves, so that the same one is counted again.
KEYS = (PLAIN, PLAIN, PLAIN | {"lot": True}, PLAIN | {"owner": True, "package": True})
EVENTS = 24


@tagged("post_install", "-at_install")
class TestCountResultProperty(CountCase):
    """Whatever moved: the last count and the moves since come to the books."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.places = {
            "supplier": cls.suppliers,
            "shelf": cls.shelf,
            "other": cls.other_shelf,
            "customer": cls.customers,
            "scrap": cls.scrapped,
        }

    @settings(max_examples=8, deadline=None, derandomize=True, phases=[Phase.generate])
    @given(st.integers(0, 2**32))
    def test_counts_and_moves_come_to_the_books(self, seed):
        dice = Random(seed)
        with closing(self.env.cr.savepoint()):
            self.stock_of = Counter()
            self.known = []
            for number in range(EVENTS):
                happen = self.happen_count if dice.random() < 0.3 else self.happen_move
                # What core refuses, like a package in two places, does not happen.
                with suppress(UserError), self.env.cr.savepoint():
                    happen(dice, self.keys(dice.choice(KEYS)), number - EVENTS)
            self.check(self.results())

    def happen_move(self, dice, keys, day):
        source, target = dice.sample(PLACES, 2)
        package = keys.pop("package_id")
        line = self.move(
            dice.choice((0.33, 1, 2.5, 4, 10)),
            self.places[source],
            self.places[target],
            day=day,
            package_id=package,
            result_package_id=dice.random() < 0.7 and package,
            **keys,
        )
        self.env.flush_all()
        self.remember(line, -1, line.location_id, line.package_id)
        self.remember(line, 1, line.location_dest_id, line.result_package_id)

    def remember(self, line, sign, place, package):
        key = (place, line.product_id, line.lot_id, line.owner_id, package)
        self.stock_of[key] += sign * line.quantity_product_uom

    def happen_count(self, dice, keys, day):
        place = self.places[dice.choice(("shelf", "shelf", "other"))]
        quantity = dice.choice((0, 0.33, 3, 7))
        product = self.product if keys["lot_id"] else self.boxes
        quant = self.enter(quantity, place, product, day, **keys)
        self.apply(quant, day)
        lots, owners, packages = (
            self.env[model].browse(keys[name] or [])
            for model, name in (
                ("stock.lot", "lot_id"),
                ("res.partner", "owner_id"),
                ("stock.package", "package_id"),
            )
        )
        key = (place, product, lots, owners, packages)
        self.known.append((key, self.stock_of[key], quantity))
        self.stock_of[key] = quantity

    def keys(self, keys):
        return {
            "lot_id": self.lot.id if keys["lot"] else False,
            "owner_id": self.owner.id if keys["owner"] else False,
            "package_id": self.package.id if keys["package"] else False,
        }

    def check(self, rows):
        """Rows are what a plain sum knows; each comes to its books."""
        self.assertEqual(len(rows), len(self.known))
        last = {}
        for row, (key, book, counted) in zip(rows, self.known, strict=True):
            shelf = (
                row.location_id, row.product_id, row.lot_id, row.owner_id,
                row.package_id,
            )  # fmt: skip
            self.assertEqual(shelf, key)
            self.assertAlmostEqual(row.book_quantity, book)
            self.assertEqual(row.counted_quantity, counted)
            self.assertEqual(row.last_quantity, last.get(key, 0))
            moved = row.came - row.went + row.came_inner - row.went_inner
            self.assertAlmostEqual(row.last_quantity + moved, book)
            self.assertEqual((row.gap, row.adjusted), (0, 0))
            last[key] = counted
