from contextlib import closing
from datetime import timedelta
from unittest.mock import patch

from hypothesis import given, settings
from hypothesis import strategies as st
from odoo.tests import tagged
from odoo.tools import SQL

from ..models.rotation import walk
from ..models.rotation.reservation import PLAIN
from ..models.rotation.strategies import CORE_ORDERED, STRATEGIES
from .rotation_common import EPOCH, RotationCase

LOTS, PLACES = 6, 4
DAY = st.none() | st.integers(-2, 4)
#: expiry and best before, harvest, rank of the grade, percent of life
DATES = st.tuples(DAY, DAY, DAY, st.integers(1, 3), st.integers(-1, 3))
QUANT = st.fixed_dictionaries(
    {
        "lot": st.none() | st.integers(0, LOTS - 1),
        "place": st.integers(0, PLACES - 1),
        "package": st.none() | st.integers(0, 1),
        "owner": st.none() | st.just(0),
        "quantity": st.sampled_from((0, 1, 2.5, 5, 10, 10, 24, -1, -4)),
        "reserved": st.sampled_from((0, 0, 0, 0, 1, 2.5, 10, 12)),
        "held": st.sampled_from((False, False, False, None, True)),
        "age": st.integers(0, 3),
    }
)
CASES = st.fixed_dictionaries(
    {
        "dates": st.lists(DATES, min_size=LOTS, max_size=LOTS),
        "quants": st.lists(QUANT, max_size=14),
        "need": st.sampled_from((0.5, 1, 3, 7, 12, 20, 36, 100)),
        "unit": st.sampled_from(("unit", "dozen", None)),
        "undated": st.sampled_from(("last", "first")),
        "tracking": st.sampled_from(("lot", "lot", "none", "serial")),
        "packaging": st.sampled_from(("partial", "full")),
        "fresh_only": st.booleans(),
    }
)


@tagged("post_install", "-at_install")
class TestRotationProperty(RotationCase):
    """Whatever lies in stock: the walk takes what reading everything would take."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Steps so short that every walk takes several.
        cls.classPatch(walk, "FIRST_STEP", 3)
        cls.classPatch(walk, "FARTHEST_STEP", 0)
        shelf = cls.make_place(cls.stock)
        deep = cls.make_place(shelf)
        elsewhere = cls.make_place(cls.stock.location_id)
        cls.places = [cls.stock, shelf, deep, elsewhere]
        cls.package_ids = cls.env["stock.package"].create([{}, {}]).ids
        cls.owner = cls.env["res.partner"].create({"name": "Owner"})
        cls.lots = cls.env["stock.lot"].create(
            [
                {"name": f"RANDOM-{number}", "product_id": cls.product.id}
                for number in range(LOTS)
            ]
        )
        # Which strategy holds is asked elsewhere; here each of them does.
        cls.quants = type(cls.env["stock.quant"])
        cls.dozen = cls.env.ref("uom.product_uom_dozen")

    @classmethod
    def make_place(cls, parent):
        return cls.env["stock.location"].create(
            {"name": f"Place {next(cls.numbers)}", "location_id": parent.id}
        )

    @settings(max_examples=300, deadline=None, derandomize=True)
    @given(CASES)
    def test_the_walk_takes_what_reading_everything_takes(self, case):
        with closing(self.env.cr.savepoint()):
            self.given_stock(case)
            for method in (*CORE_ORDERED, *STRATEGIES, "closest"):
                with patch.object(self.quants, "_get_removal_strategy") as asked:
                    asked.return_value = method
                    ours = self.look_up(case)
                    plain = self.look_up(case, reservation=PLAIN)
                self.assertEqual(ours, plain, method)

    def given_stock(self, case):
        self.env.company.undated_lots = case["undated"]
        self.product.categ_id.packaging_reserve_method = case["packaging"]
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE product_template SET tracking = %s WHERE id = %s",
            [case["tracking"], self.product.product_tmpl_id.id],
        )
        for quant in case["quants"]:
            self.insert(case, quant)
        self.env.invalidate_all()

    def insert(self, case, quant):
        lot = quant["lot"] if case["tracking"] != "none" else None
        expiry, use, harvest, rank, life = (
            case["dates"][lot] if lot is not None else (None,) * 5
        )
        values = {
            "product_id": self.product.id,
            "company_id": self.env.company.id,
            "location_id": self.places[quant["place"]].id,
            "lot_id": None if lot is None else self.lots[lot].id,
            "package_id": self.one_of(self.package_ids, quant["package"]),
            "owner_id": self.one_of(self.owner.ids, quant["owner"]),
            "quantity": quant["quantity"],
            "reserved_quantity": quant["reserved"],
            "is_on_hold": quant["held"],
            "in_date": EPOCH + timedelta(days=quant["age"]),
            "expiration_date": self.moment(expiry),
            "removal_date": self.moment(expiry),
            "use_date": self.moment(use),
            "harvest_date": self.moment(harvest),
            "grade_rank": rank,
            "remaining_life": life,
        }
        self.env.cr.execute(
            SQL(
                "INSERT INTO stock_quant (%s) VALUES %s",
                SQL(", ").join(map(SQL.identifier, values)),
                tuple(values.values()),
            )
        )

    def one_of(self, ids, position):
        return None if position is None else ids[position]

    def moment(self, days):
        return None if days is None else EPOCH + timedelta(days=days)

    def look_up(self, case, **context):
        unit = {"unit": self.product.uom_id, "dozen": self.dozen, None: None}
        if case["fresh_only"]:
            context["with_expiration"] = EPOCH
        found = (
            self.env["stock.quant"]
            .with_context(packaging_uom_id=self.dozen, **context)
            ._get_reserve_quantity(
                self.product, self.stock, case["need"], uom_id=unit[case["unit"]]
            )
        )
        return [(quant.id, round(part, 6)) for quant, part in found]
