from odoo import fields, models


class StockMoveLine(models.Model):
    """How much of a line was scanned, in its unit. Only the scan screens set it."""

    _inherit = "stock.move.line"

    scanned_quantity = fields.Float(
        "Scanned", digits="Product Unit", copy=False, readonly=True
    )
    checked_quantity = fields.Float(
        "Loaded", digits="Product Unit", copy=False, readonly=True
    )
