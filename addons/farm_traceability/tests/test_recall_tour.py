from odoo import fields
from odoo.tests import HttpCase, tagged

from .recall_common import RecallCase


@tagged("post_install", "-at_install")
class TestRecallTour(RecallCase, HttpCase):
    """A complaint about one hand, to the closed recall with its report; and a drill."""

    freeze_time = None  # the browser has a clock of its own
    day = fields.Date.today()

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.hands[0].name = "TOUR-HAND-1"
        cls.shop.name = "Tour Hospital"
        cls.market.name = "Tour Market"
        cls.kiosk = cls.make_customer("Tour Kiosk", "kiosk@example.com")
        cls.sell(cls.hands[2], cls.kiosk)

    def tour(self, name):
        self.start_tour("/odoo", name, login=self.user.login)
        recall = self.env["farm.recall"].search([])
        self.assertEqual(recall.state, "closed")
        return recall

    def test_a_complaint_becomes_a_recall_that_closes(self):
        recall = self.tour("farm_quality_recalls")
        self.assertEqual(recall.lot_ids, self.bunch | self.hands | self.sister)
        self.assertEqual(recall.customer_count, 3)
        self.assertFalse(recall.closing_reason)
        scraps = self.env["stock.scrap"].search([("recall_id", "=", recall.id)])
        self.assertEqual(len(scraps), 8)
        self.assertEqual(set(recall.notice_ids.mapped("state")), {"queued"})
        returns = recall.customer_ids.replacement_ids
        self.assertEqual(set(returns.mapped("state")), {"done"})
        self.assertEqual(returns.location_dest_id, self.quarantine)
        reports = self.env["ir.attachment"].search(
            [("res_model", "=", recall._name), ("mimetype", "=", "application/pdf")]
        )
        self.assertEqual(reports.res_id, recall.id)

    def test_a_drill_has_its_clock_and_touches_nothing(self):
        recall = self.tour("farm_quality_drills")
        self.assertTrue(recall.is_mock)
        self.assertTrue(recall.started_at <= recall.frozen_at <= recall.packet_at)
        self.assertFalse(any(recall.lot_ids.mapped("is_on_hold")))
        self.assertFalse(
            self.env["mail.mail"].search([("model", "=", "farm.recall.customer")])
        )
