from odoo import api, models

# The unit and the shelf: what is summed up, in the order in which it moved.
_ORDER = "product_id, lot_id, owner_id, date, id"
#: what closings know of a line
_CLOSED = {
    "date", "location_dest_id", "location_id", "lot_id", "move_id", "owner_id",
    "product_id", "product_uom_id", "quantity", "quantity_product_uom", "state",
}  # fmt: skip


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
    # What moved since a closing, and what was written after it.
    _moved_index = models.Index("(date) WHERE state = 'done'")
    _written_index = models.Index("(write_date, date) WHERE state = 'done'")

    def write(self, vals):
        if not _CLOSED.isdisjoint(vals):
            self._forget_closings()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _forget_closings(self):
        """Ages were closed with what these lines say now."""
        dates = [line.date for line in self if line.state == "done"]
        if dates:
            self.env["farm.stock.aging.closing"]._forget(min(dates))
