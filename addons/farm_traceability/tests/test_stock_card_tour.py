from odoo import fields
from odoo.tests import HttpCase, tagged

from .stock_card_common import StockCardCase


@tagged("post_install", "-at_install")
class TestStockCardTour(StockCardCase, HttpCase):
    """A store keeper asks for a card, in a browser."""

    freeze_time = None  # the browser has a clock of its own
    day = fields.Date.today()

    def test_a_keeper_reads_a_card(self):
        self.env.ref("base.group_user").implied_ids += self.env.ref(
            "stock.group_stock_multi_locations"
        )
        self.boxes.name = "Tour boxes"
        self.move(10, self.suppliers, self.shelf)
        self.move(4, self.shelf, self.other_shelf)
        self.move(3, self.shelf, self.customers)
        self.start_tour("/odoo", "farm_stock_card", login=self.keeper.login)
