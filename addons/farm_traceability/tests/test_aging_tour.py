from odoo import fields
from odoo.tests import HttpCase, tagged

from .aging_common import AgingCase


@tagged("post_install", "-at_install")
class TestAgingTour(AgingCase, HttpCase):
    """A manager looks for what is old, in a browser."""

    freeze_time = None  # the browser has a clock of its own
    day = fields.Date.today()

    def test_a_manager_sees_what_is_old_and_why(self):
        self.plain.name = "TOUR-AGED"
        now = fields.Datetime.now()
        days = (now - self.at(0)).days
        self.receive_on(days - 40, 12)
        self.receive_on(days - 1, 5)
        self.start_tour("/odoo", "farm_manager_sees_aging", login=self.manager.login)
