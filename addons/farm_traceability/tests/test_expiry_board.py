from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tests import tagged

from .expiry_common import ExpiryCase

BANDS = [
    (-9, "0_expired"), (-1 / 48, "0_expired"), (1 / 48, "1_today"), (1, "2_days"),
    (3, "2_days"), (4, "3_days"), (7, "3_days"), (8, "4_days"), (14, "4_days"),
    (15, "5_days"), (30, "5_days"), (31, "6_later"), (None, "7_no_date"),
]  # fmt: skip


@tagged("post_install", "-at_install")
class TestExpiryBoard(ExpiryCase):
    """What expires when, where, worth how much, for whom reserved."""

    def test_each_lot_is_in_the_band_of_its_days(self):
        for days, band in BANDS:
            with self.subTest(days=days):
                self.assertEqual(self.rows(self.make_lot(days)).band, band)

    def test_a_filter_by_bands_finds_what_is_shown_in_them(self):
        lots = self.env["stock.lot"].union(
            *(self.make_lot(days) for days, _band in BANDS)
        )
        mine = Domain("lot_id", "in", lots.ids)
        rows = self.rows(lots)
        for band in dict(self.board._fields["band"].selection):
            with self.subTest(band=band):
                shown = rows.filtered(lambda row, band=band: row.band == band)
                self.assertTrue(shown)
                self.assertEqual(rows.search(mine & Domain("band", "=", band)), shown)
                self.assertEqual(
                    rows.search(mine & Domain("band", "!=", band)), rows - shown
                )
        some = ["0_expired", "2_days", "7_no_date"]
        self.assertEqual(
            rows.search(mine & Domain("band", "in", some)),
            rows.filtered(lambda row: row.band in some),
        )
        self.assertEqual(
            rows.search(mine & Domain("band", "not in", some)),
            rows.filtered(lambda row: row.band not in some),
        )
        self.assertFalse(rows.search(mine & Domain("band", "=", False)))

    def test_columns_come_in_the_order_of_urgency(self):
        lots = self.make_lot(40) | self.make_lot(-2) | self.make_lot(2)
        groups = self.rows(lots).formatted_read_group(
            [("lot_id", "in", lots.ids)], ["band"], ["quantity:sum", "__count"]
        )
        self.assertEqual(
            [group["band"] for group in groups], ["0_expired", "2_days", "6_later"]
        )

    def test_today_is_the_readers_day(self):
        # 10:00 of the 15th in Jakarta is 17:00 of the 14th in Honolulu: eight hours
        # later it is still the 15th here, and already the 15th there.
        there = self.make_user("stock", tz="Pacific/Honolulu")
        lot = self.make_lot(8 / 24)
        self.assertEqual(self.rows(lot).days_left, 0)
        self.assertEqual(self.rows(lot).band, "1_today")
        self.assertEqual(self.rows(lot, there).days_left, 1)
        self.assertEqual(self.rows(lot, there).band, "2_days")

    def test_a_row_says_how_long_in_words(self):
        for days, text in (
            (-3, "Expired 3 days ago"),
            (-1, "Expired yesterday"),
            (-1 / 48, "Expired today"),
            (1 / 48, "Expires today"),
            (1, "1 day left"),
            (5, "5 days left"),
            (None, "No date"),
        ):
            with self.subTest(days=days):
                self.assertEqual(self.rows(self.make_lot(days)).days_text, text)

    def test_only_what_lies_inside_is_shown(self):
        outside = self.make_lot(3, place=self.env.ref("stock.stock_location_customers"))
        gone = self.make_lot(3, quantity=0)
        below = self.make_lot(3, quantity=-2)
        undated = self.make_product(use_expiration_date=False)
        no_dates = self.make_lot(product=undated)
        self.assertFalse(self.rows(outside | gone | below | no_dates))
        typed = self.make_lot(3, product=undated)
        self.assertEqual(self.rows(typed).band, "2_days")

    def test_a_lot_in_two_places_has_two_rows(self):
        lot = self.make_lot(3, 4.0)
        self.stock_up(lot, 6.0, self.outlet)
        self.assertRecordValues(
            self.rows(lot).sorted("quantity"),
            [
                {"location_id": self.shelf.id, "quantity": 4.0, "free_quantity": 4.0},
                {"location_id": self.outlet.id, "quantity": 6.0, "free_quantity": 6.0},
            ],
        )

    def test_a_manager_sees_the_value_and_a_keeper_does_not(self):
        lot = self.make_lot(3, 12.0)
        self.assertEqual(self.rows(lot, self.manager).value, 12_000)
        with self.assertRaises(AccessError):
            self.rows(lot).read(["value"])
        self.assertNotIn("value", self.board.with_user(self.keeper).fields_get())

    def test_goods_of_others_have_no_value_of_ours(self):
        lot = self.make_lot(3, 0)
        self.stock_up(lot, 5.0, owner_id=self.farmer)
        self.assertEqual(self.rows(lot, self.manager).value, 0)

    def test_a_lot_valued_by_itself_has_its_own_cost(self):
        if "lot_valuated" not in self.env["product.template"]._fields:
            self.skipTest("Stock is not valued here")
        self.product.lot_valuated = True
        lot, other = self.make_lot(3, 2.0), self.make_lot(3, 2.0)
        lot.standard_price, other.standard_price = 300, 500
        self.assertEqual(self.rows(lot, self.manager).value, 600)
        self.assertEqual(self.rows(other, self.manager).value, 1000)

    def test_a_row_names_for_whom_it_is_reserved(self):
        lot = self.make_lot(5, 10.0)
        first = self.reserve(lot, 3.0, "Hospital")
        self.reserve(lot, 2.0, "School")
        row = self.rows(lot)
        self.assertEqual(row.reserved_for, "Hospital, School")
        self.assertRecordValues(row, [{"reserved_quantity": 5.0, "free_quantity": 5.0}])
        first.action_cancel()
        row = self.rows(lot)
        self.assertEqual(row.reserved_for, "School")
        self.assertEqual(row.action_open_transfers()["view_mode"], "form")

    def test_names_of_a_page_take_as_many_queries_as_those_of_a_row(self):
        lots = self.env["stock.lot"]
        for number in range(6):
            lots |= self.make_lot(5, 10.0)
            self.reserve(lots[-1:], 3.0, f"Customer {number}")
        counts = []
        for some in (lots, lots[:2], lots):
            rows = self.rows(some)
            rows.mapped("reserved_quantity")
            before = self.env.cr.sql_log_count
            rows.mapped("reserved_for")
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(*counts[1:])

    def test_a_held_lot_says_so(self):
        lot = self.make_lot(5)
        self.env["farm.hold"].with_user(self.quality)._place(lot, "quality", "Smell")
        self.assertTrue(self.rows(lot).is_on_hold)

    def test_a_quality_manager_holds_from_the_board(self):
        lots = self.make_lot(5) | self.make_lot(6)
        action = self.rows(lots, self.quality).action_hold()
        self.env[action["res_model"]].with_user(self.quality).with_context(
            **action["context"]
        ).create({"reason": "Smell"}).action_place()
        self.assertEqual(self.rows(lots).mapped("is_on_hold"), [True, True])

    def test_rows_of_other_companies_are_theirs(self):
        other = self.env["res.company"].create({"name": "Other Farm"})
        house = self.env["stock.warehouse"].search([("company_id", "=", other.id)])
        lot = self.make_lot(3, 7.0, place=house.lot_stock_id)
        self.assertFalse(self.rows(lot))
        theirs = self.make_user(
            "manager", company_id=other.id, company_ids=[(6, 0, other.ids)]
        )
        self.product.with_company(other).standard_price = 50
        self.assertEqual(self.rows(lot, theirs).value, 350)
        with self.assertRaises(AccessError):
            self.board.with_user(self.keeper).browse(self.rows(lot, theirs).id).read(
                ["quantity"]
            )

    def test_nobody_writes_on_the_board(self):
        row = self.rows(self.make_lot(3), self.quality)
        with self.assertRaises(AccessError):
            row.write({"quantity": 1})
        with self.assertRaises(AccessError):
            row.unlink()

    def test_who_has_nothing_to_do_with_stock_sees_no_board(self):
        lot = self.make_lot(3)
        with self.assertRaises(AccessError):
            self.rows(lot, self.make_user("internal"))

    def test_the_buttons_open_wizards_for_the_chosen_rows(self):
        rows = self.rows(self.make_lot(3))
        for kind in ("discount", "transfer", "donate", "scrap"):
            with self.subTest(kind=kind):
                action = getattr(rows, f"action_{kind}")()
                self.assertEqual(action["context"]["active_ids"], rows.ids)
                self.assertEqual(action["context"]["default_kind"], kind)
        self.assertEqual(rows.action_open_lot()["res_id"], rows.lot_id.id)

    def test_stages_are_checked_and_put_in_order(self):
        template = self.product.product_tmpl_id
        template.expiry_alert_stages = "3; 14,7,7"
        self.assertEqual(template.expiry_alert_stages, "14, 7, 3")
        for wrong in ("soon", "7, -1", "7 3", "9999999", "1.5"):
            with self.subTest(text=wrong), self.assertRaises(UserError):
                template.expiry_alert_stages = wrong
        template.expiry_alert_stages = ""
        self.assertFalse(template.expiry_alert_stages)
