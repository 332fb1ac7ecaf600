from odoo import models


class StockMoveLine(models.Model):
    _inherit = "stock.move.line"

    # Every step of a trace looks lines up by lot. The relation between consumed and
    # produced lines has indexes for both directions already.
    _trace_lot_index = models.Index("(lot_id) WHERE lot_id IS NOT NULL")
