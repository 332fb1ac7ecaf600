from odoo import fields
from odoo.tests import HttpCase, tagged

from .deviation_common import DeviationCase


@tagged("post_install", "-at_install")
class TestDeviationTour(DeviationCase, HttpCase):
    """A picker takes another lot and gives a reason, in a browser."""

    freeze_time = None  # the browser has a clock of its own
    day = fields.Date.today()

    def test_a_picker_takes_another_lot_and_says_why(self):
        self.early.name, self.late.name = "TOUR-OLDER", "TOUR-YOUNGER"
        picking = self.make_reserved(8.0)
        self.start_tour(
            f"/odoo/action-stock.action_picking_tree_all/{picking.id}",
            "farm_inventory_deviates",
            login=self.picker.login,
        )
        self.assertEqual(picking.state, "done")
        self.assertRecordValues(
            self.deviations_of(picking),
            [
                {
                    "given_lot_id": self.early.id,
                    "lot_id": self.late.id,
                    "reason_id": self.env.ref(
                        "farm_traceability.deviation_reason_damaged"
                    ).id,
                    "note": "Two crates were wet",
                    "user_id": self.picker.id,
                }
            ],
        )
