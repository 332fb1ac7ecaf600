from collections import Counter
from contextlib import closing, suppress

from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from odoo.exceptions import UserError
from odoo.tests import tagged

from ..models.card.figures import Section
from ..reports.stock_card import sections
from ..trace.reading import read
from .stock_card_common import StockCardCase

PLACES = ("supplier", "shelf", "other", "branch", "customer", "scrap")
LINE = st.fixed_dictionaries(
    {
        "source": st.sampled_from(PLACES),
        "target": st.sampled_from(PLACES),
        "quantity": st.sampled_from((1, 2.5, 4, 10, 0.33)),
        "lot": st.none() | st.integers(0, 1),
        "owner": st.booleans(),
        "from_package": st.booleans(),
        "to_package": st.booleans(),
        "dozen": st.booleans(),
        "later": st.none() | st.sampled_from((3, 7)),
    }
)
DAYS = st.lists(LINE, min_size=1, max_size=6)


@tagged("post_install", "-at_install")
class TestStockCardProperty(StockCardCase):
    """Whatever moved: the balance of a day is what the quants were on that day."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.places = {
            "supplier": cls.suppliers,
            "shelf": cls.shelf,
            "other": cls.other_shelf,
            "branch": cls.branch.lot_stock_id,
            "customer": cls.customers,
            "scrap": cls.scrapped,
        }
        cls.dozen = cls.env.ref("uom.product_uom_dozen")

    @settings(max_examples=15, deadline=None, derandomize=True, phases=[Phase.generate])
    @given(DAYS)
    def test_balances_are_quants(self, days):
        with closing(self.env.cr.savepoint()):
            known = [self.snapshot()]
            for number, line in enumerate(days):
                # What core refuses, like a package in two places, does not happen.
                with suppress(UserError), self.env.cr.savepoint():
                    self.happen(line, number - len(days))
                known.append(self.snapshot())
            for later in range(len(days) + 1):
                day = later - len(days) - 1
                self.check(day, known[later])
            self.check_core(len(days))

    def happen(self, line, day):
        """Move as asked; sometimes the quantity is corrected when it is done."""
        lot = line["lot"]
        product = self.boxes if lot is None else self.product
        values = {
            "lot_id": False if lot is None else (self.lot | self.other_lot)[lot].id,
            "owner_id": self.owner.id if line["owner"] else False,
            "package_id": self.package.id if line["from_package"] else False,
            "result_package_id": self.package.id if line["to_package"] else False,
        }
        if line["dozen"] and product == self.boxes:
            values["product_uom_id"] = self.dozen.id
        done = self.move(
            line["quantity"],
            self.places[line["source"]],
            self.places[line["target"]],
            product,
            day,
            **values,
        )
        if line["later"] is not None:
            done.quantity = line["later"]

    def snapshot(self):
        """What lies where: quantity by product, lot, owner, package, place."""
        self.env.flush_all()
        groups = self.env["stock.quant"]._read_group(
            [("product_id", "in", (self.boxes | self.product).ids)],
            ["product_id", "lot_id", "owner_id", "package_id", "location_id"],
            ["quantity:sum"],
        )
        return Counter({tuple(one.id for one in key): total for *key, total in groups})

    def check(self, day, known):
        """Each way to ask, on the evening of a day."""
        for part, position in (
            ("product", None), ("lot", 1), ("owner", 2), ("package", 3), ("place", 4),
        ):  # fmt: skip
            self.check_part(part, position, day, known)
        houses = {self.warehouse.id, self.branch.id}
        for house in houses:
            self.check_part("product", None, day, known, warehouse_ids=[house])
        self.check_part("product", None, day, known, package_ids=self.package.ids)
        self.check_part("lot", 1, day, known, location_ids=self.shelf.ids)

    def check_part(self, part, position, day, known, **asked):
        found = self.asked(part, day, **asked)
        expected = Counter()
        places = set(self.card(part, day, **asked)._get_places().ids)
        for key, quantity in known.items():
            product, _lot, _owner, package, place = key
            if place not in places:
                continue
            if "package_ids" in asked and package not in asked["package_ids"]:
                continue
            name = (product, key[position] or None if position else None)
            expected[name] += quantity
        told = {(one.product, one.part): one for one in found}
        for name in told.keys() | expected.keys():
            closing_ = told[name].closing if name in told else 0
            self.assertAlmostEqual(closing_, expected[name], 6, (part, day, asked))

    def card(self, part, day, **asked):
        return (
            self.env["farm.stock.card"]
            .with_user(self.keeper)
            ._asked(
                {
                    "product_ids": (self.boxes | self.product).ids,
                    "date_from": False,
                    "date_to": self.day_of(day),
                    "part": part,
                    **asked,
                }
            )
        )

    def asked(self, part, day, **asked):
        card = self.card(part, day, **asked)
        statement = sections(card._scope(), part)
        found = [Section(*row) for row in read(self.env, statement)]
        for one in found:
            self.check_rows(card, one)
        return found

    def check_rows(self, card, section):
        """Lines of a section lead from its opening to its closing."""
        balance = section.opening
        came = went = 0
        for line in card._every_movement(section):
            balance += line.came - line.went
            came, went = came + line.came, went + line.went
            self.assertAlmostEqual(line.balance, balance, 6)
        self.assertAlmostEqual(balance, section.closing, 6, card.part)
        self.assertAlmostEqual(came, section.came, 6)
        self.assertAlmostEqual(went, section.went, 6)

    def check_core(self, days):
        """The card of a warehouse says what core says of the same evening."""
        for house in (self.warehouse, self.branch):
            for day in range(-days - 1, 1):
                products = (self.boxes | self.product).with_context(
                    warehouse_id=house.id, to_date=f"{self.day_of(day)} 16:59:59"
                )
                products.invalidate_recordset()
                found = self.asked("product", day, warehouse_ids=house.ids)
                told = {one.product: one.closing for one in found}
                for product in products:
                    self.assertAlmostEqual(
                        told.get(product.id, 0), product.qty_available, 6
                    )
