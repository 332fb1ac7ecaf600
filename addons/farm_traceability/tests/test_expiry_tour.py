from odoo import fields
from odoo.tests import HttpCase, tagged

from .expiry_common import ExpiryCase


@tagged("post_install", "-at_install")
class TestExpiryTour(ExpiryCase, HttpCase):
    """A store keeper finds what has expired and scraps it, in a browser."""

    freeze_time = None  # the browser has a clock of its own
    day = fields.Date.today()

    def test_a_keeper_scraps_what_has_expired(self):
        old = self.make_lot(-2, 10.0, name="TOUR-OLD-1")
        young = self.make_lot(5, 10.0, name="TOUR-YOUNG-1")
        self.start_tour("/odoo", "farm_keeper_scraps", login=self.keeper.login)
        scrap = self.env["stock.scrap"].search([("lot_id", "=", old.id)])
        self.assertRecordValues(
            scrap,
            [
                {
                    "state": "done",
                    "scrap_qty": 10.0,
                    "scrap_reason_tag_ids": self.reason.ids,
                    "create_uid": self.keeper.id,
                }
            ],
        )
        self.assertEqual(self.rows(young).quantity, 10.0)
