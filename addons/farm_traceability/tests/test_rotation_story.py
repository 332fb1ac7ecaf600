from odoo import fields
from odoo.tests import HttpCase, tagged

from .deviation_common import DeviationCase
from .promise_common import PromiseCase


@tagged("post_install", "-at_install")
class TestRotationStory(DeviationCase, PromiseCase, HttpCase):
    """Two customers, one with 10 days minimum; another lot with a reason; the board."""

    freeze_time = None  # the browser has a clock of its own
    day = fields.Date.today()

    def test_the_story_of_rotation(self):
        self.make_term(partner_id=self.shop)
        self.latest.quant_ids.sudo().unlink()
        self.older.name, self.newer.name = "TOUR-OLDER", "TOUR-YOUNGER"
        pickings = [
            self.deliver(customer, quantity, origin=origin)
            for customer, quantity, origin in (
                (self.shop, 4.0, "TOUR-STRICT"),
                (self.other, 4.0, "TOUR-EASY"),
                (self.other, 2.0, "TOUR-OTHER"),
            )
        ]
        strict, easy, other = pickings
        self.env["stock.picking"].union(*pickings).do_unreserve()
        self.start_tour("/odoo", "farm_rotation_story", login=self.picker.login)
        self.assertEqual(strict.move_line_ids.lot_id, self.newer)
        self.assertEqual(easy.move_line_ids.lot_id, self.older)
        self.assertEqual(other.move_line_ids.lot_id, self.newer)
        self.assertFalse(self.deviations_of(strict | easy))
        self.assertEqual(self.deviations_of(other).given_lot_id, self.older)
        self.assertEqual(self.deviations_of(other).partner_id, self.other)
