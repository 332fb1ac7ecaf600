from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from .expiry_common import ExpiryCase


@tagged("post_install", "-at_install")
class TestExpiryDigest(ExpiryCase):
    """One digest per responsible person, warehouse and day; each stage told once."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # What other stock of this database is due is told of before.
        cls.digests._make_all()
        cls.head, cls.buyer = cls.make_user("stock"), cls.make_user("stock")
        cls.warehouse.expiry_user_id = cls.head
        cls.product.responsible_id = False
        cls.env.company.expiry_alert_stages = "14, 7, 3"

    def run_job(self, days=0):
        """The scheduler's job, so many days from now."""
        with freeze_time(self.moment(days)):
            self.env.flush_all()
            digests = self.digests._make_all()
            self.env.invalidate_all()
            return digests

    def stages(self, digest):
        return {line.lot_id: line.stage for line in digest.line_ids}

    # -- who, where, when ------------------------------------------------------------

    def test_one_digest_and_one_activity_for_many_lots(self):
        lots = [self.make_lot(days) for days in (-4, 2, 6, 13, 20)]
        digest = self.run_job()
        self.assertRecordValues(
            digest,
            [
                {
                    "user_id": self.head.id,
                    "warehouse_id": self.warehouse.id,
                    "date": self.day,
                    "lot_count": 4,
                }
            ],
        )
        self.assertEqual(
            self.stages(digest), dict(zip(lots, (0, 3, 7, 14), strict=False))
        )
        activity = digest.activity_ids
        self.assertRecordValues(
            activity, [{"user_id": self.head.id, "date_deadline": self.day}]
        )
        self.assertIn("4 lots expire", activity.summary)
        self.assertIn("At most 3 days left: 1", activity.note)
        self.assertFalse(self.env["stock.lot"].union(*lots).activity_ids)

    def test_a_line_has_quantity_places_and_days(self):
        lot = self.make_lot(6, 4.0)
        self.stock_up(lot, 5.0, self.outlet)
        line = self.run_job().line_ids
        self.assertRecordValues(
            line, [{"quantity": 9.0, "days_left": 6, "expiry_day": self.days(6)}]
        )
        self.assertIn("Shelf", line.places)
        self.assertIn("Outlet", line.places)
        self.assertEqual(line.stage_text, "At most 7 days left")

    def test_lots_not_in_stock_are_not_told_of(self):
        self.make_lot(2, quantity=0)
        self.make_lot(2, place=self.env.ref("stock.stock_location_customers"))
        self.assertFalse(self.run_job())

    def test_the_products_person_comes_before_the_warehouses(self):
        self.product.responsible_id = self.buyer
        self.make_lot(2)
        self.assertEqual(self.run_job().user_id, self.buyer)

    def test_who_left_the_warehouse_is_not_told(self):
        self.product.responsible_id = self.buyer
        self.buyer.group_ids = self.env.ref("base.group_user")
        self.make_lot(2)
        self.assertEqual(self.run_job().user_id, self.head)

    def test_where_nobody_is_named_the_company_says_who(self):
        self.warehouse.expiry_user_id = False
        self.env.company.expiry_user_id = self.buyer
        self.make_lot(2)
        self.assertEqual(self.run_job().user_id, self.buyer)

    def test_at_last_a_stock_manager_is_told(self):
        self.warehouse.expiry_user_id = False
        self.make_lot(2)
        user = self.run_job().user_id
        self.assertTrue(user.has_group("stock.group_stock_manager"))
        self.assertIn(self.env.company, user.company_ids)

    def test_two_warehouses_are_two_digests(self):
        house = self.env["stock.warehouse"].create({"name": "Second", "code": "SEC"})
        house.expiry_user_id = self.head
        lot = self.make_lot(2)
        self.stock_up(lot, 3.0, house.lot_stock_id)
        digests = self.run_job()
        self.assertEqual(digests.warehouse_id, self.warehouse | house)
        self.assertEqual(digests.user_id, self.head)

    def test_the_day_is_that_of_who_is_told(self):
        # In Honolulu it is still the 14th.
        self.head.tz = "Pacific/Honolulu"
        self.make_lot(2)
        self.assertEqual(self.run_job().date, self.days(-1))

    # -- once ------------------------------------------------------------------------

    def test_twice_a_day_is_one_digest(self):
        self.make_lot(2)
        digest = self.run_job()
        self.assertFalse(self.run_job())
        late = self.make_lot(5)
        self.assertEqual(self.run_job(), digest)
        self.assertIn(late, digest.line_ids.lot_id)
        self.assertEqual(len(digest.activity_ids), 1)
        self.assertIn("2 lots expire", digest.activity_ids.summary)

    def test_each_stage_is_told_once(self):
        lot = self.make_lot(15)
        told = [
            self.stages(self.run_job(day)).get(lot)
            for day in (0, 1, 2, 7, 8, 9, 12, 13, 15, 16)
        ]
        self.assertEqual(told, [None, 14, None, None, 7, None, 3, None, 0, None])

    def test_a_product_has_stages_of_its_own(self):
        self.product.expiry_alert_stages = "30, 1"
        lot = self.make_lot(29)
        told = [self.stages(self.run_job(day)).get(lot) for day in (0, 15, 22, 28, 29)]
        self.assertEqual(told, [30, None, None, 1, 0])

    def test_without_stages_only_expiry_is_told(self):
        self.env.company.expiry_alert_stages = False
        lot = self.make_lot(2)
        told = [self.stages(self.run_job(day)).get(lot) for day in (0, 1, 2)]
        self.assertEqual(told, [None, None, 0])

    def test_the_alert_date_of_a_lot_is_a_stage_too(self):
        lot = self.make_lot(20, alert_date=self.moment(3))
        told = [self.stages(self.run_job(day)).get(lot) for day in (0, 3, 4, 6)]
        self.assertEqual(told, [None, 17, None, 14])

    def test_an_alert_date_without_expiry_is_told(self):
        lot = self.make_lot(None)
        lot.alert_date = self.moment(1)
        self.assertFalse(self.run_job())
        line = self.run_job(1).line_ids
        self.assertEqual(line.lot_id, lot)
        self.assertEqual(line.stage_text, "Alert date reached")
        self.assertFalse(self.run_job(2))

    def test_another_date_is_told_again(self):
        lot = self.make_lot(2)
        self.run_job()
        lot.expiration_date = self.moment(6)
        self.assertEqual(self.stages(self.run_job()), {lot: 7})
        lot.expiration_date += timedelta(hours=1)
        self.assertFalse(self.run_job())

    def test_another_alert_date_is_told_again(self):
        lot = self.make_lot(20, alert_date=self.moment(0))
        self.assertEqual(self.stages(self.run_job()), {lot: 20})
        lot.alert_date = self.moment(2)
        self.assertEqual(self.stages(self.run_job(2)), {lot: 18})

    def test_what_comes_back_is_told_of_at_its_next_stage(self):
        lot = self.make_lot(6)
        self.run_job()
        self.stock_up(lot, -10.0)
        self.assertFalse(self.run_job(1))
        self.stock_up(lot, 10.0)
        self.assertFalse(self.run_job(2))
        self.assertEqual(self.stages(self.run_job(3)), {lot: 3})

    # -- with core -------------------------------------------------------------------

    def test_core_tells_of_lots_of_products_without_dates(self):
        undated = self.make_product(use_expiration_date=False)
        other = self.make_lot(product=undated)
        other.alert_date = self.moment(-5)
        mine = self.make_lot(-5)
        self.env["stock.lot"]._alert_date_exceeded()
        self.assertEqual(len(other.activity_ids), 1)
        self.assertFalse(mine.activity_ids)
        line = self.env["farm.expiry.digest.line"].search([("lot_id", "=", mine.id)])
        self.assertEqual(line.stage, 0)

    def test_an_alert_later_today_is_not_told_by_core_as_well(self):
        later = fields.Datetime.now() + timedelta(hours=3)
        lot = self.make_lot(20, alert_date=later)
        self.env["stock.lot"]._alert_date_exceeded()
        self.assertFalse(lot.activity_ids)

    # -- reading ---------------------------------------------------------------------

    def test_the_button_opens_what_is_left_of_it_on_the_board(self):
        lots = self.make_lot(2) | self.make_lot(3)
        gone = self.make_lot(3)
        self.make_lot(30)
        digest = self.run_job()
        self.stock_up(gone, -10.0)
        self.env.flush_all()
        action = digest.with_user(self.head).action_open_board()
        rows = self.board.with_user(self.head).search(action["domain"])
        self.assertEqual(rows.lot_id, lots)
        self.assertEqual(rows[0].digest_ids, digest)

    def test_the_person_marks_it_as_done(self):
        self.make_lot(2)
        digest = self.run_job()
        digest.activity_ids.with_user(self.head).action_feedback("Moved to outlet")
        self.assertFalse(digest.activity_ids)
        self.assertFalse(self.run_job())

    def test_nobody_writes_digests(self):
        self.make_lot(2)
        digest = self.run_job().with_user(self.quality)
        for record in (digest, digest.line_ids):
            with self.assertRaises(AccessError):
                record.unlink()
        with self.assertRaises(AccessError):
            digest.write({"date": self.days(1)})

    def test_another_companys_digests_are_theirs(self):
        other = self.env["res.company"].create({"name": "Other Farm"})
        house = self.env["stock.warehouse"].search([("company_id", "=", other.id)])
        theirs = self.make_user(
            "stock", company_id=other.id, company_ids=[Command.set(other.ids)]
        )
        house.expiry_user_id = theirs
        self.make_lot(3, 7.0, place=house.lot_stock_id)
        digest = self.run_job()
        self.assertRecordValues(
            digest, [{"user_id": theirs.id, "company_id": other.id}]
        )
        self.assertTrue(digest.with_user(theirs).line_ids.stage_text)
        with self.assertRaises(AccessError):
            digest.with_user(self.keeper).read(["summary"])
        with self.assertRaises(AccessError):
            digest.line_ids.with_user(self.keeper).read(["stage"])

    def test_the_person_reads_in_the_own_language(self):
        self.env["res.lang"]._activate_lang("id_ID")
        self.head.lang = "id_ID"
        self.make_lot(2)
        digest = self.run_job()
        self.assertTrue(digest.activity_ids.summary)
        self.assertTrue(digest.with_user(self.head).display_name)

    def test_as_many_statements_for_many_lots_as_for_one(self):
        counts = []
        for lots in (1, 1, 20):
            for _number in range(lots):
                self.make_lot(2)
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            self.digests.with_company(self.env.company)._make_for_company()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(*counts[1:])

    def test_dates_are_days_of_the_person(self):
        self.assertEqual(fields.Date.today(), self.day)
        lot = self.make_lot(2 + 20 / 24)  # 06:00 in Jakarta, three days on
        self.assertEqual(self.run_job().line_ids.days_left, 3)
        self.assertEqual(lot.expiration_date.date(), self.days(2))
