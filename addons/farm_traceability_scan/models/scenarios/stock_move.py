from odoo import models


class StockMove(models.Model):
    """What was scanned is in somebody's hands: no unreserving takes it away."""

    _inherit = "stock.move"

    def _do_unreserve(self):
        if "keep_scanned" in self.env.context:
            return super()._do_unreserve()
        kept = self.with_context(keep_scanned=True)
        return super(StockMove, kept)._do_unreserve()

    def _action_cancel(self):
        gone = self.with_context(keep_scanned=False)
        return super(StockMove, gone)._action_cancel()
