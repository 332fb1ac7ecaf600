from odoo import models


class StockMoveLine(models.Model):
    _inherit = "stock.move.line"

    # What was on its way at a count is looked for among the few that are not done.
    _open_index = models.Index(
        "(product_id, location_id, location_dest_id)"
        " WHERE state NOT IN ('done', 'cancel')"
    )
