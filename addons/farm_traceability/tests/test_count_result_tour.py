from datetime import timedelta

from odoo import fields
from odoo.tests import HttpCase, tagged

from .count_common import CountCase


@tagged("post_install", "-at_install")
class TestCountResultTour(CountCase, HttpCase):
    """The head of the store looks into a difference, in a browser."""

    freeze_time = None  # the browser has a clock of its own
    day = fields.Date.today() - timedelta(days=1)

    def test_the_head_looks_into_a_difference(self):
        self.env.ref("base.group_user").implied_ids += self.env.ref(
            "stock.group_stock_multi_locations"
        )
        self.boxes.name = "TOUR-COUNTED"
        self.move(10, self.suppliers, self.shelf, day=-60)
        self.count(10, self.shelf, day=-50)
        self.move(3, self.shelf, self.customers, day=-40)
        self.count(5, self.shelf)
        self.start_tour("/odoo", "farm_manager_sees_counts", login=self.head.login)
        reason = self.env.ref("farm_traceability.count_reason_weight")
        self.assertEqual(self.result().reason_id, reason)
