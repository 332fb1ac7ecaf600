from odoo import fields
from odoo.tests import HttpCase, tagged

from .dashboard_common import DashboardCase


@tagged("post_install", "-at_install")
class TestDashboardTour(DashboardCase, HttpCase):
    """A keeper opens a number of the dashboard down to its records, in a browser."""

    freeze_time = None  # the browser has a clock of its own
    day = fields.Date.today()

    def test_a_keeper_opens_a_number(self):
        self.crop.name = "Tour Banana"
        self.put(4.0, days=2, name="TOUR-SOON-1")
        self.put(5.0, days=20, name="TOUR-LATER-1")
        self.start_tour("/odoo", "farm_keeper_sees_dashboard", login=self.keeper.login)
