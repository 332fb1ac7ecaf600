from odoo import fields, models

from .stock_move import PromiseBook


class StockMove(models.Model):
    """The forecast of a move counts what its customer may be promised.

    Of moves that are confirmed and leave the warehouse the forecasted report says it;
    here are drafts and the picks before a delivery, for which core asks the product.
    """

    _inherit = "stock.move"

    def _compute_forecast_information(self):
        result = super()._compute_forecast_information()
        moves = self.filtered(lambda move: move._is_forecast_by_product())
        moves = moves.with_context(promise_book=PromiseBook(moves))
        for move in moves:
            promise = move._get_promise()
            if promise:
                move._keep_forecast_to(promise)
        return result

    def _is_forecast_by_product(self):
        return self.product_id.is_storable and (
            (self.state == "draft" and self._is_consuming())
            or (self.state != "assigned" and self.picking_code == "internal")
        )

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
        elif self.state == "draft" and self._is_consuming():
            coming = product.virtual_available - left_out.later
            self.forecast_availability = coming - self.product_qty
        else:
            self.forecast_availability = 0
