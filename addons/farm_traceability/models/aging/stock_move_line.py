from odoo import models

# The unit and the shelf: what is summed up, in the order in which it moved.
_ORDER = "product_id, lot_id, owner_id, date, id"


class StockMoveLine(models.Model):
    _inherit = "stock.move.line"

    # How old stock is, is summed up from all that ever moved: read from these alone,
    # in their order, without the table itself (see reports/stock_aging.py).
    _came_index = models.Index(
        f"(location_dest_id, {_ORDER})"
        " INCLUDE (quantity_product_uom, location_id, move_id) WHERE state = 'done'"
    )
    _gone_index = models.Index(
        f"(location_id, {_ORDER})"
        " INCLUDE (quantity_product_uom, location_dest_id, move_id)"
        " WHERE state = 'done'"
    )
