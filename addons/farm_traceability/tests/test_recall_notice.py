import base64
import io

from odoo.addons.mail.tests.common import MockEmail
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger
from openpyxl import load_workbook
from psycopg2 import IntegrityError

from .recall_common import RecallCase


@tagged("post_install", "-at_install")
class TestRecallNotice(RecallCase, MockEmail):
    def send(self):
        """What the job does."""
        with self.enter_registry_test_mode():
            self.env.ref(
                "farm_traceability.cron_recall_notices"
            ).method_direct_trigger()
        self.env.invalidate_all()

    def send_queue(self, mails):
        with self.mock_mail_gateway():
            mails.send()
        self.env.invalidate_all()

    def mails_of(self, recall):
        return recall.notice_ids.mail_id.sudo()

    def test_each_customer_gets_one_mail_with_the_own_lots(self):
        recall = self.start_recall()
        recall.action_notify()
        self.assertEqual(set(recall.notice_ids.mapped("state")), {"queued"})
        self.send()
        mails = self.mails_of(recall)
        self.assertEqual(mails.recipient_ids, self.shop | self.market)
        self.assertEqual(set(mails.mapped("state")), {"outgoing"})
        mail = mails.filtered(lambda one: self.shop in one.recipient_ids)
        self.assertIn("Residue found", mail.body_html)
        self.assertIn("1 Units", mail.body_html)
        sheet = load_workbook(io.BytesIO(base64.b64decode(mail.attachment_ids.datas)))
        rows = [[cell.value for cell in row] for row in sheet.active.iter_rows()]
        self.assertEqual([row[0] for row in rows[1:]], [self.hands[0].name])

    def test_the_queue_tells_what_became_of_it(self):
        recall = self.start_recall()
        recall.action_notify()
        self.send()
        self.send_queue(self.mails_of(recall))
        self.assertEqual(set(recall.notice_ids.mapped("state")), {"sent"})
        self.assertEqual(recall.told_count, 2)

    def test_never_twice(self):
        recall = self.start_recall()
        recall.action_notify()
        with self.assertRaisesRegex(UserError, "Everybody on the list"):
            recall.action_notify()
        self.send()
        self.send()
        self.assertEqual(len(self.mails_of(recall)), 2)
        self.assertEqual(
            self.env["mail.mail"].search_count(
                [("model", "=", "farm.recall.customer")]
            ),
            2,
        )

    @mute_logger("odoo.sql_db")
    def test_a_number_stands_once_in_the_database(self):
        recall = self.start_recall()
        recall.action_notify()
        notice = recall.notice_ids[0]
        with self.assertRaises(IntegrityError), self.env.cr.savepoint():
            self.env["farm.recall.notice"].sudo().create(
                {
                    "customer_id": notice.customer_id.id,
                    "number": notice.number,
                    "state": "queued",
                }
            )

    def test_one_notice_that_cannot_be_made_does_not_stop_the_others(self):
        recall = self.start_recall()
        recall.action_notify()
        make = type(recall.customer_ids)._make_sheet

        def fail(row):
            if row.partner_id == self.market:
                raise ValueError("No such sheet")
            return make(row)

        self.patch(type(recall.customer_ids), "_make_sheet", fail)
        self.send()
        self.assertEqual(self.row(recall, self.shop).notice_ids.state, "outgoing")
        self.assertEqual(self.row(recall, self.market).state, "failed")

    def test_the_language_is_the_partners(self):
        self.env["res.lang"]._activate_lang("id_ID")
        template = self.env.ref("farm_traceability.mail_recall_customer")
        template.with_context(lang="id_ID").subject = "Penarikan"
        self.shop.lang = "id_ID"
        recall = self.start_recall()
        recall.action_notify()
        self.send()
        subjects = {mail.recipient_ids: mail.subject for mail in self.mails_of(recall)}
        self.assertEqual(subjects[self.shop], "Penarikan")
        self.assertIn("Recall", subjects[self.market])

    def test_without_an_address_somebody_phones(self):
        self.shop.email = False
        recall = self.start_recall()
        recall.action_notify()
        row = self.row(recall, self.shop)
        self.assertEqual(row.state, "phone")
        self.assertEqual(recall.trouble_count, 1)
        self.assertIn("Shop", recall.activity_ids.note)
        row.action_told_by_hand()
        self.assertEqual(row.state, "sent")
        self.assertEqual(recall.trouble_count, 0)

    def test_a_bounce_shows_and_gives_an_activity(self):
        recall = self.start_recall()
        recall.action_notify()
        self.send()
        self.send_queue(self.mails_of(recall))
        row = self.row(recall, self.shop)
        row._message_receive_bounce("shop@example.com", self.shop)
        self.assertEqual(row.state, "bounced")
        self.assertIn("came back", row.notice_ids.failure)
        self.assertIn("phone Shop", " ".join(recall.activity_ids.mapped("summary")))
        self.assertIn("trouble", recall.event_ids.mapped("kind"))

    def test_a_failure_to_send_shows_and_gives_an_activity(self):
        recall = self.start_recall()
        recall.action_notify()
        self.send()
        self.shop.email = False
        self.send_queue(self.mails_of(recall))
        self.assertEqual(self.row(recall, self.shop).state, "failed")
        self.assertEqual(self.row(recall, self.market).state, "sent")
        self.assertTrue(self.row(recall, self.shop).notice_ids.failure)
        self.assertIn("phone Shop", " ".join(recall.activity_ids.mapped("summary")))

    def test_those_who_do_not_answer_are_reminded(self):
        recall = self.start_recall()
        recall.action_notify()
        self.send()
        self.send_queue(self.mails_of(recall))
        self.row(recall, self.market).action_all_there()
        recall.notice_ids.sudo().sent_at = "2026-06-12 00:00:00"
        recall._remind()
        reminder = recall.notice_ids.filtered(lambda one: one.kind == "reminder")
        self.assertEqual(reminder.partner_id, self.shop)
        recall._remind()
        self.assertEqual(self.row(recall, self.shop).reminder_count, 1)
        self.send()
        self.assertIn("Reminder", reminder.sudo().mail_id.subject)

    def test_nobody_is_reminded_too_early(self):
        recall = self.start_recall()
        recall.action_notify()
        self.send()
        self.send_queue(self.mails_of(recall))
        recall._remind()
        self.assertNotIn("reminder", recall.notice_ids.mapped("kind"))

    def test_an_authority_gets_all_lots(self):
        self.authority.email = "office@example.com"
        recall = self.start_recall()
        recall.action_add_authorities()
        recall.action_notify()
        self.send()
        mail = self.row(recall, self.authority).notice_ids.mail_id.sudo()
        sheet = load_workbook(io.BytesIO(base64.b64decode(mail.attachment_ids.datas)))
        names = {row[0].value for row in list(sheet.active.iter_rows())[1:]}
        self.assertEqual(names, set(recall.lot_ids.mapped("name")))


@tagged("post_install", "-at_install")
class TestMockRecall(RecallCase):
    def test_nothing_is_held_and_nothing_reserved_is_dropped(self):
        picking = self.sell(self.hands[2], self.shop, validate=False)
        recall = self.start_recall(is_mock=True)
        self.assertFalse(any(recall.lot_ids.mapped("is_on_hold")))
        self.assertEqual(picking.move_line_ids.lot_id, self.hands[2])
        self.assertFalse(recall.hold_ids)
        self.assertEqual(recall.picking_ids.picking_id, picking)
        self.assertFalse(picking.activity_ids)

    def test_no_mail_is_made_by_any_button(self):
        recall = self.start_recall(is_mock=True)
        row = self.row(recall, self.shop)
        for action in (recall.action_notify, recall.action_remind):
            with self.assertRaisesRegex(UserError, "is a drill"):
                action()
        for action in (
            row.action_notify,
            row.action_told_by_hand,
            row.action_return,
            row.action_replace,
        ):
            with self.assertRaisesRegex(UserError, "is a drill"):
                action()
        recall.action_packet()
        self.assertEqual(set(recall.notice_ids.mapped("state")), {"draft"})
        self.assertFalse(self.env["mail.mail"].search([("model", "=", row._name)]))

    def test_a_queued_notice_of_a_drill_is_not_sent(self):
        recall = self.start_recall(is_mock=True)
        notice = self.row(recall, self.shop)._add_notice("queued")
        notice._make_mails()
        self.assertEqual((notice.state, notice.mail_id.id), ("failed", False))

    def test_the_packet_stops_the_clock(self):
        recall = self.start_recall(is_mock=True)
        recall.action_packet()
        self.assertTrue(recall.packet_at)
        names = self.env["ir.attachment"].search(
            [("res_model", "=", recall._name), ("res_id", "=", recall.id)]
        )
        self.assertEqual(sorted(names.mapped("mimetype"))[0], "application/pdf")
        self.assertTrue(all(recall.notice_ids.mapped("attachment_id")))

    def test_a_drill_says_how_much_is_accounted_for(self):
        recall = self.start_recall(is_mock=True)
        for partner in (self.shop, self.market):
            self.row(recall, partner).action_all_there()
        self.assertEqual(recall.accounted_share, 1.0)
        recall.action_close()
        self.assertEqual(recall.state, "closed")
        self.assertIn("100.0 %", recall.event_ids.sorted("id")[-1].text)

    def test_a_drill_does_not_become_real(self):
        recall = self.make_recall(is_mock=True)
        with self.assertRaisesRegex(UserError, "does not become a real one"):
            recall.is_mock = False

    def test_the_next_drill_is_planned_once(self):
        company = self.env.company
        drill = company._plan_drill()
        self.assertEqual((drill.is_mock, drill.due_date), (True, self.day))
        self.assertTrue(drill.activity_ids)
        self.assertFalse(company._plan_drill())

    def test_a_year_after_the_last_one(self):
        recall = self.start_recall(is_mock=True)
        recall.action_close()
        self.assertEqual(
            self.env.company._get_next_drill_date(), self.day.replace(year=2027)
        )
        self.assertFalse(self.env.company._plan_drill())
        recall.sudo().closed_at = "2025-06-20 00:00:00"
        self.assertEqual(self.env.company._plan_drill().due_date, self.days(5))

    def test_no_drills_where_the_company_wants_none(self):
        self.env.company.recall_drill_months = 0
        self.assertFalse(self.env.company._plan_drill())
