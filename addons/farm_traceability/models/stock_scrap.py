from odoo import models


class StockScrap(models.Model):
    _inherit = "stock.scrap"

    def do_scrap(self):
        """One order after the other.

        Core works out the quantity of an order again while it is done, and of several
        orders at once it leaves 1 on all but the first; their moves are right.
        """
        for scrap in self:
            super(StockScrap, scrap).do_scrap()
            scrap.flush_recordset(["scrap_qty"])
        return True
