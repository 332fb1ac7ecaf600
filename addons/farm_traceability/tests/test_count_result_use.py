from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .count_common import CountCase

READ = ("last_quantity", "came", "went", "difference", "gap", "likely_reasons")


@tagged("post_install", "-at_install")
class TestCountResultUse(CountCase):
    """Who may see count results, ask for them and give the reason of a difference."""

    # -- values ------------------------------------------------------------------------

    def test_only_managers_see_what_differences_are_worth(self):
        self.move(10, self.suppliers, self.shelf, day=-10)
        self.move(10, self.suppliers, self.shelf, owner_id=self.owner.id, day=-10)
        self.count(8, self.shelf, day=-8)
        self.count(8, self.shelf, owner_id=self.owner.id, day=-7)
        self.assertEqual(self.results(user=self.head).mapped("value"), [-100, 0])
        self.assertNotIn("value", self.result().fields_get())

    # -- remarks -----------------------------------------------------------------------

    def test_the_head_of_the_store_gives_the_reason(self):
        self.move(10, self.suppliers, self.shelf, day=-10)
        self.count(8, self.shelf, day=-8)
        self.assertEqual(self.result().investigation, "open")
        action = self.result(user=self.head).action_open_remark()
        count = self.env[action["res_model"]].browse(action["res_id"])
        reason = self.env.ref("farm_traceability.count_reason_weight")
        count.with_user(self.head).write({"reason_id": reason.id, "note": "Dry"})
        row = self.result()
        self.assertEqual(row.investigation, "done")
        self.assertEqual((row.reason_id, row.note), (reason, "Dry"))
        self.assertEqual(row.investigator_id, self.head)
        count.with_user(self.head).reason_id = False
        self.assertEqual(self.result().investigation, "open")
        self.assertFalse(self.result().investigator_id)

    def test_nobody_changes_what_was_counted(self):
        self.count(8, self.shelf, day=-8)
        count = self.result().count_id
        with self.assertRaises(AccessError):
            count.with_user(self.keeper).note = "Mine"
        with self.assertRaises(UserError):
            count.with_user(self.head).counted_quantity = 9
        with self.assertRaises(AccessError):
            self.env["farm.count"].with_user(self.head).create({})
        move = self.env["stock.move"].search([("count_id", "=", count.id)])
        with self.assertRaises(UserError):
            move.with_user(self.keeper).count_id = False

    def test_a_count_that_is_not_applied_has_no_remark_yet(self):
        self.enter(8, self.shelf)
        with self.assertRaisesRegex(UserError, "Apply this count first"):
            self.result(user=self.head).action_open_remark()

    # -- who sees what -----------------------------------------------------------------

    def test_other_companies_do_not_see_it(self):
        self.count(8, self.shelf, day=-8)
        other = self.env["res.company"].create({"name": "Other"})
        stranger = self.make_user("stock", company_id=other.id, company_ids=other.ids)
        self.assertFalse(self.results(user=stranger))
        with self.assertRaises(AccessError):
            self.result().count_id.with_user(stranger).read(["date"])

    def test_an_internal_user_sees_nothing(self):
        with self.assertRaises(AccessError):
            self.results(user=self.make_user("internal"))

    # -- questions ---------------------------------------------------------------------

    def ask(self, **values):
        asks = self.env["farm.count.ask"].with_user(self.keeper)
        return asks.create({"date_from": False} | values)

    def test_a_period_has_a_beginning_before_its_end(self):
        with self.assertRaisesRegex(ValidationError, "cannot end on"):
            self.ask(date_from=self.days(1), date_to=self.days(0))

    def test_a_place_without_counts_says_so(self):
        self.count(8, self.shelf, day=-8)
        ask = self.ask(location_ids=self.other_shelf.ids)
        for answer in (ask.action_show, ask.action_paper, ask.action_sheet):
            with self.assertRaisesRegex(UserError, "no such count.*Shelf B"):
                answer()

    def test_places_periods_and_differences_are_asked_for(self):
        self.move(10, self.suppliers, self.shelf, day=-10)
        self.count(8, self.shelf, day=-8)
        self.count(8, self.shelf, day=-6)
        self.count(1, self.other_shelf, day=-4)
        self.enter(2, self.branch.lot_stock_id)
        for values, found in (
            ({}, [-2, 0, 1]),
            ({"location_ids": self.stock.ids}, [-2, 0, 1]),
            ({"location_ids": self.other_shelf.ids}, [1]),
            ({"only_differences": True}, [-2, 1]),
            ({"date_from": self.days(-6)}, [0, 1]),
            ({"date_to": self.days(-6)}, [-2, 0]),
            ({"kind": "entered"}, [2]),
            ({"kind": "entered", "warehouse_ids": self.branch.ids}, [2]),
        ):
            with self.subTest(values=values):
                action = self.ask(**values).action_show()
                rows = self.results(*action["domain"])
                self.assertEqual(rows.mapped("difference"), found)

    def test_the_list_of_counts_opens_their_results(self):
        quant = self.enter(8, self.shelf)
        self.enter(3, self.other_shelf)
        action = quant.action_open_count_results()
        self.assertEqual(self.results(*action["domain"]).mapped("difference"), [8])
        action = quant.browse().action_open_count_results()
        self.assertEqual(len(self.results(*action["domain"])), 2)

    # -- what is behind a row ----------------------------------------------------------

    def test_a_row_opens_its_moves_and_its_stock_card(self):
        self.move(10, self.suppliers, self.shelf, day=-10)
        self.count(10, self.shelf, day=-8)
        self.move(2, self.shelf, self.customers, day=-6)
        self.move(2, self.suppliers, self.other_shelf, day=-6)
        self.count(7, self.shelf, day=-4)
        row = self.result()
        action = row.action_open_moves()
        lines = self.env["stock.move.line"].search(action["domain"])
        self.assertEqual(sorted(lines.mapped("quantity")), [1, 2])
        asked = {
            name.removeprefix("default_"): value
            for name, value in row.action_open_stock_card()["context"].items()
        }
        self.assertEqual(
            (asked["date_from"], asked["date_to"]), (self.day_of(-8), self.day_of(-4))
        )
        cards = self.env["farm.stock.card"].with_user(self.keeper).get_card(asked)
        [section] = cards["sections"]
        self.assertEqual(self.figures(section)["closing"], "7")

    def test_rows_are_read_by_one_statement(self):
        for number in range(12):
            place = self.shelf.copy({"name": f"Shelf {number}"})
            self.move(10, self.suppliers, place, day=-10)
            self.count(9, place, day=-8)
        self.env.flush_all()
        results = self.env["farm.count.result"].with_user(self.keeper)
        fields = [*READ, "location_id", "product_id"]
        domain = [("product_id", "=", self.boxes.id)]
        results.search_read(domain, fields, limit=1)
        with self.assertQueryCount(4):
            self.assertEqual(len(results.search_read(domain, fields)), 12)
