from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged

from .common import FarmCase
from .trace_common import TraceMakers


@tagged("post_install", "-at_install")
class TestLotTrace(TraceMakers, FarmCase):
    """What the tabs of a lot show, and to whom."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lot = cls.receive(10.0).lot_ids
        cls.carton = cls.make_lot("Carton 7", cls.hand)
        cls.user = cls.make_user("stock")

    def setUp(self):
        super().setUp()
        self.operate([(self.lot, 8)], [(self.carton, 4)])
        self.deliver(self.carton, 3, self.shop)
        self.bring_back(self.carton, 1, self.shop)

    def section(self, sheet, key):
        [section] = [one for one in sheet["sections"] if one["key"] == key]
        return section

    def texts(self, sheet, key):
        rows = self.section(sheet, key)["rows"]
        return [[cell["text"] for cell in row] for row in rows]

    def test_origins_lead_to_the_plot(self):
        sheet = self.carton.with_user(self.user).get_trace_origins()
        self.assertEqual(
            self.texts(sheet, "origins"),
            [
                [
                    self.lot.name,
                    "100.0 %",
                    "4 Units",
                    self.lot.harvest_id.name,
                    self.farmer.name,
                    self.plot.name,
                    self.certificate.name,
                ]
            ],
        )
        [row] = self.section(sheet, "origins")["rows"]
        self.assertEqual((row[5]["model"], row[5]["id"]), ("farm.plot", self.plot.id))
        self.assertEqual(
            [fact["value"] for fact in sheet["facts"]], ["1", "1", "1", "1"]
        )

    def test_how_it_was_made_says_both_quantities(self):
        sheet = self.carton.with_user(self.user).get_trace_origins()
        [row] = self.texts(sheet, "genealogy")
        self.assertEqual(
            row[:5], [self.lot.name, "8 kg", "Carton 7", "4 Units", "100.0 %"]
        )

    def test_where_it_went(self):
        sheet = self.lot.with_user(self.user).get_trace_destinations()
        self.assertEqual(
            self.texts(sheet, "customers"),
            [[self.shop.name, "Carton 7", "3 Units", "1 Units", "2 Units"]],
        )
        places = self.texts(sheet, "places")
        self.assertEqual(
            [row[1:3] for row in places],
            [
                [self.lot.name, "2 kg"],
                ["Carton 7", "2 Units"],
            ],
        )
        self.assertEqual(
            [row[1:5] for row in self.texts(sheet, "moves")],
            [
                ["Returned by customer", self.shop.name, "Carton 7", "1 Units"],
                ["Delivered", self.shop.name, "Carton 7", "3 Units"],
            ],
        )

    def test_bought_lot_says_from_whom(self):
        lot = self.make_lot("Bought")
        self.buy(lot, 5, partner_id=self.market.id)
        sheet = lot.with_user(self.user).get_trace_origins()
        cell = self.section(sheet, "origins")["rows"][0][3]
        self.assertEqual(cell["text"], "Received")
        self.assertIn(self.market.name, cell["note"])

    def test_lot_with_no_past_and_no_future(self):
        lot = self.make_lot("Fresh name").with_user(self.user)
        for sheet in (lot.get_trace_origins(), lot.get_trace_destinations()):
            self.assertEqual(sheet["sections"], [])
            self.assertTrue(sheet["empty"].endswith("."))

    def test_weakest_users_who_may_trace(self):
        for role in ("stock", "collector", "quality"):
            lot = self.carton.with_user(self.make_user(role))
            self.assertTrue(lot.get_trace_origins()["sections"], role)

    def test_who_may_not_read_the_lot_may_not_trace_it(self):
        for role in ("internal", "portal"):
            with self.assertRaises(AccessError):
                self.carton.with_user(self.make_user(role)).get_trace_origins()

    def test_another_company_is_counted_and_not_named(self):
        other = self.env["res.company"].create({"name": "Other Fruit Company"})
        stranger = self.make_user(
            "stock", company_id=other.id, company_ids=[Command.set(other.ids)]
        )
        lot = self.make_lot("Shared lot")
        lot.company_id = False
        self.buy(lot, 9)
        secret = self.make_lot("Secret lot")
        secret.company_id = self.env.company
        self.operate([(lot, 3)], [(secret, 3)])
        self.deliver(lot, 2, self.shop)
        sheet = lot.with_user(stranger).get_trace_destinations()
        self.assertEqual(sheet["facts"][0]["value"], "1")
        self.assertNotIn("Secret lot", str(sheet))
        self.assertEqual(self.section(sheet, "places")["rows"], [])
        self.assertIn("another company: 2", self.section(sheet, "places")["note"])
        with self.assertRaises(AccessError):
            secret.with_user(stranger).get_trace_origins()

    def test_more_rows_than_a_table_shows_are_counted(self):
        for number in range(81):
            lot = self.make_lot(f"Part {number}")
            self.operate([(self.carton, 0.01)], [(lot, 1)])
        sheet = self.carton.with_user(self.user).get_trace_destinations()
        places = self.section(sheet, "places")
        self.assertEqual(
            (len(places["rows"]), places["note"]), (80, "80 of 82 are shown.")
        )
        self.assertEqual((places["folded"], places["unfold"]), (10, "Show 70 More"))

    def test_as_many_statements_for_many_lots(self):
        def read():
            self.env.invalidate_all()
            self.carton.with_user(self.user).get_trace_destinations()

        counts = []
        for more in (2, 20):
            for number in range(more):
                lot = self.make_lot(f"{number} of {more}")
                self.operate([(self.carton, 0.01)], [(lot, 1)])
                self.deliver(lot, 0.5, self.market)
            read()
            counts.append(self.count_statements(read))
        self.assertEqual(*counts)
