from odoo import fields
from odoo.tests import HttpCase, tagged

from .common import FarmCase


@tagged("post_install", "-at_install")
class TestHoldTour(FarmCase, HttpCase):
    """A quality manager stops a lot and lets it go again, in a browser."""

    freeze_time = None  # the browser has a clock of its own
    day = fields.Date.today()

    def test_a_quality_manager_holds_and_releases(self):
        lot = self.receive(10.0).lot_ids
        lot.name = "TOUR-HELD-1"
        self.start_tour(
            "/odoo", "farm_quality_holds", login=self.make_user("quality").login
        )
        self.assertRecordValues(
            lot.hold_line_ids,
            [
                {
                    "state": "released",
                    "reason": "Residues in sample 17",
                    "release_reason": "Second sample is clean",
                }
            ],
        )
        self.assertFalse(lot.is_on_hold)
