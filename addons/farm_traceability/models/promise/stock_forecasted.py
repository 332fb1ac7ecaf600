from odoo import models
from odoo.fields import Domain
from odoo.tools import groupby

from .forecast_sharing import ForecastSharing
from .stock_move import PromiseBook
from .terms import now_in


class StockForecasted(models.AbstractModel):
    """The forecast gives to a customer's moves only what he may be promised.

    What is on hold or has expired is not promised to anybody. The rest is shared out by
    :class:`ForecastSharing` where a customer asks for something.
    """

    _inherit = "stock.forecasted_product_product"

    def _get_quant_domain(self, location_ids, products):
        domain = Domain(super()._get_quant_domain(location_ids, products))
        domain &= Domain("is_on_hold", "=", False)
        if any(products.mapped("use_expiration_date")):
            fresh = Domain("expiration_date", ">", now_in(self.env))
            domain &= fresh | Domain("expiration_date", "=", False)
        return list(domain)

    def _get_report_lines(
        self,
        product_template_ids,
        product_ids,
        wh_location_ids,
        wh_stock_location,
        read=True,
    ):
        lines = super()._get_report_lines(
            product_template_ids, product_ids, wh_location_ids, wh_stock_location, read
        )
        promises = self._get_line_promises(lines)
        if not promises:
            return lines
        return [
            line
            for product_id, of_product in groupby(
                lines, lambda line: line["product"]["id"]
            )
            for line in self._keep_promises(
                product_id, [*of_product], promises, wh_location_ids, read
            )
        ]

    def _keep_promises(self, product_id, lines, promises, place_ids, read):
        product = self.env["product.product"].browse(product_id)
        moves = self.env["stock.move"].union(*map(self._get_line_move, lines))
        left_out = self._get_left_out(
            product, {move: promises[move] for move in moves if move in promises}
        )
        if not any(left_out.values()):
            return lines
        return ForecastSharing(self, product, lines, left_out, place_ids, read).share()

    def _get_left_out(self, product, promises):
        """What the promises leave out, by move; what is the same is asked once."""
        asked, left_out = {}, {}
        for move, promise in promises.items():
            place = self._get_free_place(move)
            key = place, *promise.sentences
            if key not in asked:
                asked[key] = product._get_left_out(promise, place)
            left_out[move] = asked[key]
        return left_out

    def _get_line_promises(self, lines):
        """What is asked by the moves that take free stock, or would take it."""
        moves = self.env["stock.move"].union(
            *(self._get_line_move(line) for line in lines if self._is_of_stock(line))
        )
        book = PromiseBook(moves.sudo())
        promises = (
            (move, move.with_context(promise_book=book)._get_promise())
            for move in moves
        )
        return {move: promise for move, promise in promises if promise}

    def _get_line_move(self, line, name="move_out"):
        move = line[name]
        if isinstance(move, dict):
            return self.env["stock.move"].browse(move["id"])
        return move or self.env["stock.move"]

    def _is_of_stock(self, line):
        """A move's part that core takes from free stock, or for which there is none."""
        return bool(
            line["move_out"]
            and not line["move_in"]
            and not line["reservation"]
            and not line["in_transit"]
        )

    def _get_free_place(self, move):
        """Where free stock for a move lies: of a chain, where its first part begins."""
        if not move.move_orig_ids:
            return move.location_id
        return move.location_id.warehouse_id.lot_stock_id or move.location_id
