from datetime import datetime
from unittest.mock import ANY

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .stock_card_common import StockCardCase


@tagged("post_install", "-at_install")
class TestStockCard(StockCardCase):
    """A store keeper asks; the card answers with what he may see."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.bought = cls.move(10, cls.suppliers, cls.shelf, day=-40)
        cls.inner = cls.move(4, cls.shelf, cls.other_shelf, day=-20)
        cls.sold = cls.move(3, cls.shelf, cls.customers, day=-10)
        cls.sent = cls.move(2, cls.shelf, cls.branch.lot_stock_id, day=-5)

    def test_opening_in_out_and_closing(self):
        section = self.one(date_from=self.day_of(-15), date_to=self.day_of(-1))
        self.assertEqual(
            self.figures(section),
            {"opening": "10", "came": "0", "went": "3", "closing": "7"},
        )
        self.assertEqual(section["title"], "Boxes")
        self.assertFalse(section["notice"])

    def test_rows_lead_from_opening_to_closing(self):
        rows = self.rows()
        self.assertEqual(
            [
                (row["document"], row["came"], row["went"], row["balance"])
                for row in rows
            ],
            [
                ("Opening", "", "", "0"),
                (ANY, "10", "", "10"),
                (ANY, "", "3", "7"),
                ("Closing", "", "", "7"),
            ],
        )
        self.assertEqual(rows[1]["id"], self.bought.id)
        self.assertIn("Vendors", rows[1]["source"])
        self.assertIn("Shelf A", rows[1]["target"])

    def test_inner_moves_are_shown_on_demand_and_count_nothing(self):
        rows = self.rows(shows_inner=True)
        self.assertEqual(
            [
                (row["id"], row["came"], row["went"], row["balance"])
                for row in rows[1:-1]
            ],
            [
                (self.bought.id, "10", "", "10"),
                (self.inner.id, "", "", "10"),
                (self.sold.id, "", "3", "7"),
                (self.sent.id, "", "", "7"),
            ],
        )

    def test_a_warehouse_sees_what_leaves_it_for_another(self):
        section = self.one(warehouse_ids=self.warehouse.ids)
        self.assertEqual(
            self.figures(section),
            {"opening": "0", "came": "10", "went": "5", "closing": "5"},
        )
        card = self.cards(part="warehouse")
        self.assertEqual(
            [(one["part"], self.figures(one)["closing"]) for one in card["sections"]],
            [(self.warehouse.display_name, "5"), (self.branch.display_name, "2")],
        )
        self.assertEqual([one["text"] for one in card["sums"]], ["0", "12", "5", "7"])

    def test_a_place_counts_with_all_below_it(self):
        self.assertEqual(
            self.figures(self.one(location_ids=self.stock.ids))["closing"], "5"
        )
        self.assertEqual(
            self.figures(self.one(location_ids=self.other_shelf.ids))["came"], "4"
        )

    def test_days_are_those_of_the_reader(self):
        # 05:00 UTC is noon in Jakarta; 18:00 UTC is the next day there.
        late = self.move(1, self.suppliers, self.shelf, day=-3)
        late.date = f"{self.day_of(-3)} 18:00:00"
        self.assertEqual(
            self.figures(self.one(date_to=self.day_of(-3)))["closing"], "7"
        )
        self.assertEqual(
            self.figures(self.one(date_to=self.day_of(-2)))["closing"], "8"
        )

    def test_times_are_in_the_zone_of_the_days(self):
        card = self.env["farm.stock.card"].with_context(tz="Asia/Tokyo")
        self.assertIn("3:00", card._moment_text(datetime(2026, 6, 14, 18)))

    def test_stock_without_a_movement_is_said(self):
        self.env["stock.quant"]._update_available_quantity(self.boxes, self.shelf, 5)
        section = self.one()
        self.assertEqual(
            self.figures(section),
            {"opening": "5", "came": "10", "went": "3", "closing": "12"},
        )
        self.assertIn("5 Units have no movement", section["notice"])

    def test_only_managers_see_values(self):
        [closing] = self.one()["figures"][3:]
        self.assertFalse(closing["value"])
        self.assertNotIn("value", self.rows()[0])
        [closing] = self.one(user=self.manager)["figures"][3:]
        self.assertIn("350", closing["value"])
        self.assertIn("350", self.rows(user=self.manager)[-1]["value"])

    def test_goods_of_another_owner_are_worth_nothing_here(self):
        self.move(2, self.suppliers, self.shelf, owner_id=self.owner.id)
        card = self.cards(user=self.manager, part="owner")
        values = {one["part"]: one["figures"][3]["value"] for one in card["sections"]}
        self.assertIn("350", values["Own goods"])
        self.assertIn("0.00", values["Farmers' union"])

    def test_lots_have_their_own_cost_where_they_are_valued(self):
        if "lot_valuated" not in self.product.product_tmpl_id._fields:
            self.skipTest("stock_account is not installed")
        self.product.product_tmpl_id.lot_valuated = True
        for lot, cost in ((self.lot, 20), (self.other_lot, 300)):
            self.move(2, self.suppliers, self.shelf, lot_id=lot.id)
            lot.standard_price = cost
        asked = {"product_ids": self.product.ids}
        section = self.one(user=self.manager, **asked)
        self.assertIn("640", section["figures"][3]["value"])
        values = [row["value"] for row in self.rows(user=self.manager, **asked)]
        for text, value in zip(values, ("0", "40", "640", "640"), strict=True):
            self.assertIn(value, text)

    def test_a_packed_lot_leaves_the_loose_and_joins_the_package(self):
        self.move(6, self.suppliers, self.shelf, lot_id=self.lot.id)
        self.move(
            4, self.shelf, self.shelf,
            lot_id=self.lot.id, result_package_id=self.package.id,
        )  # fmt: skip
        asked = {"product_ids": [], "lot_ids": self.lot.ids}
        card = self.cards(part="package", **asked)
        self.assertEqual(
            [(one["part"], self.figures(one)["closing"]) for one in card["sections"]],
            [("CRATE-1", "4"), ("In no package", "2")],
        )
        section = self.one(package_ids=self.package.ids, **asked)
        self.assertEqual(self.figures(section)["came"], "4")

    def test_many_lines_come_in_pages(self):
        for _number in range(85):
            self.move(1, self.suppliers, self.shelf)
        first, last = self.page(), self.page(offset=80)
        self.assertEqual(first["range"], "1–80 of 87")
        self.assertEqual((first["next"], last["next"]), (80, False))
        self.assertEqual(last["range"], "81–87 of 87")
        self.assertEqual(first["rows"][-1]["document"], "Carried forward")
        self.assertEqual(last["rows"][0]["document"], "Brought forward")
        self.assertEqual(first["rows"][-1]["balance"], last["rows"][0]["balance"])
        self.assertEqual(last["rows"][-1]["balance"], "92")
        self.assertEqual(self.page(offset=10**6)["range"], last["range"])

    # -- records behind ----------------------------------------------------------------

    def behind(self, figure, **values):
        values = {"product_ids": self.boxes.ids, "date_from": False} | values
        cards = self.env["farm.stock.card"].with_user(self.keeper)
        [section] = cards.get_card(values)["sections"]
        action = cards.action_open_figure(values, section["key"], figure)
        model = self.env[action["res_model"]].with_user(self.keeper)
        return model.search(action["domain"])

    def test_figures_open_what_they_count(self):
        asked = {"warehouse_ids": self.warehouse.ids}
        self.assertEqual(self.behind("came", **asked), self.bought)
        self.assertEqual(self.behind("went", **asked), self.sold | self.sent)
        self.assertEqual(sum(self.behind("closing", **asked).mapped("quantity")), 5)
        period = {"date_from": self.day_of(-7), "date_to": self.day_of(0)} | asked
        self.assertEqual(self.behind("opening", **period), self.bought | self.sold)
        self.assertEqual(self.behind("went", **period), self.sent)
        self.assertEqual(
            self.behind("closing", **period), self.bought | self.sold | self.sent
        )

    def test_a_row_opens_its_document(self):
        cards = self.env["farm.stock.card"].with_user(self.keeper)
        picking = self.make_delivery(self.boxes, 1)
        picking.action_assign()
        picking.move_ids.picked = True
        picking.button_validate()
        action = cards.action_open_line(picking.move_line_ids.id)
        self.assertEqual(
            (action["res_model"], action["res_id"]), ("stock.picking", picking.id)
        )
        row = self.rows()[-2]
        self.assertEqual(row["document"], picking.name)
        self.assertEqual(row["partner"], "Hospital")
        lost = self.move(1, self.shelf, self.scrapped)
        action = cards.action_open_line(lost.id)
        self.assertEqual((action["res_model"], action["res_id"]), (lost._name, lost.id))
        with self.assertRaisesRegex(UserError, "is gone"):
            cards.action_open_line(2**31 - 1)

    def test_buttons_lead_to_the_card(self):
        for record in (self.boxes, self.boxes.product_tmpl_id, self.lot, self.shelf):
            action = record.with_user(self.keeper).action_open_stock_card()
            self.assertEqual(action["res_model"], "farm.stock.card")
            Form(
                self.env["farm.stock.card"]
                .with_user(self.keeper)
                .with_context(**action["context"])
            )
        quants = self.env["stock.quant"].search(
            [("product_id", "=", self.boxes.id), ("location_id", "=", self.shelf.id)]
        )
        context = quants.with_user(self.keeper).action_open_stock_card()["context"]
        self.assertEqual(context["default_location_ids"], self.shelf.ids)

    # -- bad input ---------------------------------------------------------------------

    def test_what_cannot_be_answered_is_said(self):
        service = self.env["product.product"].create(
            {"name": "Advice", "type": "service"}
        )
        for words, values in (
            (
                "before it begins",
                {"date_from": self.day_of(0), "date_to": self.day_of(-1)},
            ),
            ("Advice has no stock card", {"product_ids": service.ids}),
            ("CARD-1 is a lot of", {"lot_ids": self.lot.ids}),
            (
                "does not lie in Branch",
                {"warehouse_ids": self.branch.ids, "location_ids": self.shelf.ids},
            ),
        ):
            with self.subTest(words), self.assertRaisesRegex(UserError, words):
                self.cards(**values)

    def test_nothing_is_a_sentence_too(self):
        card = self.cards(product_ids=self.product.ids)
        self.assertFalse(card["sections"])
        self.assertIn("Nothing was there", card["empty"])

    # -- rights ------------------------------------------------------------------------

    def test_a_keeper_of_another_company_sees_nothing_of_it(self):
        other = self.env["res.company"].create({"name": "Other Fruit Company"})
        stranger = self.make_user(
            "stock", company_id=other.id, company_ids=[(6, 0, other.ids)]
        )
        self.assertFalse(self.cards(user=stranger)["sections"])
        with self.assertRaises(AccessError):
            self.env["farm.stock.card"].with_user(stranger).action_open_line(
                self.bought.id
            )

    def test_others_than_stock_users_have_no_card(self):
        for role in ("internal", "officer", "portal"):
            with self.subTest(role), self.assertRaises(AccessError):
                self.cards(user=self.make_user(role))
