from odoo import fields, models

from .stock_move import PromiseBook


class StockMove(models.Model):
    """The forecast of a move counts what its customer may be promised.

    Of confirmed moves the forecasted report says it; here are the drafts, for which
    core asks the product.
    """

    _inherit = "stock.move"

    def _compute_forecast_information(self):
        result = super()._compute_forecast_information()
        moves = self.filtered(
            lambda move: (
                move.state == "draft"
                and move.product_id.is_storable
                and move._is_consuming()
            )
        )
        moves = moves.with_context(promise_book=PromiseBook(moves))
        for move in moves:
            promise = move._get_promise()
            if promise:
                move._keep_forecast_to(promise)
        return result

    def _keep_forecast_to(self, promise):
        warehouse, now = self.location_id.warehouse_id, fields.Datetime.now()
        date = max(self.date or now, now)
        place = warehouse.view_location_id or self.location_id
        left_out = self.product_id._get_left_out(promise, place, date)
        if not left_out:
            return
        product = self.product_id.with_context(warehouse_id=warehouse.id, to_date=date)
        free = product.free_qty - left_out.later
        if product.uom_id.compare(free, self.product_qty) >= 0:
            self.forecast_availability = free
        else:
            coming = product.virtual_available - left_out.later
            self.forecast_availability = coming - self.product_qty
