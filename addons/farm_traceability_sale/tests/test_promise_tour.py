from odoo import fields
from odoo.tests import HttpCase, tagged

from .common import SaleCase


@tagged("post_install", "-at_install")
class TestPromiseTour(SaleCase, HttpCase):
    """What a seller sees when he looks at the availability of a line."""

    freeze_time = None  # the browser has a clock of its own
    day = fields.Date.today()

    def test_a_seller_reads_what_his_customer_does_not_take(self):
        order = self.make_order(self.shop, 70.0)
        self.start_tour(
            f"/odoo/sales/{order.id}",
            "farm_seller_reads_promise",
            login=self.seller.login,
        )

    def test_a_seller_reads_why_the_forecast_lacks(self):
        order = self.make_order(self.shop, 70.0)
        order.action_confirm()
        order.picking_ids.sudo().do_unreserve()
        self.start_tour(
            f"/odoo/sales/{order.id}",
            "farm_seller_reads_forecast",
            login=self.seller.login,
        )
