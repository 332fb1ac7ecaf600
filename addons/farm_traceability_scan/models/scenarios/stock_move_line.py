from odoo import fields, models


class StockMoveLine(models.Model):
    _inherit = "stock.move.line"

    scanned_quantity = fields.Float(
        "Scanned",
        digits="Product Unit",
        copy=False,
        readonly=True,
        help="How much of this line was scanned, in the unit of the line.",
    )

    def _to_scan(self):
        return self.product_uom_id.round(self.quantity - self.scanned_quantity)

    def _is_scanned(self):
        return self.product_uom_id.compare(self.scanned_quantity, self.quantity) >= 0
