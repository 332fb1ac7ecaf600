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

    scan_packed = fields.Boolean(
        "Packed by Scan",
        copy=False,
        readonly=True,
        help="What was scanned was put into its package: nothing more goes in.",
    )

    def write(self, vals):
        """What was scanned is of the lot that was scanned, not of another one."""
        if "lot_id" in vals:
            # Odoo takes a record here as well as its ID.
            lot_id = self._fields["lot_id"].convert_to_cache(vals["lot_id"], self)
            others = self.filtered(
                lambda line: (
                    line.lot_id and line.lot_id.id != lot_id and line.state != "done"
                )
            )
            scanned = others.filtered("scanned_quantity")
            # Only scans set it, and people read it.
            scanned.sudo().write({"scanned_quantity": 0, "checked_quantity": 0})
        return super().write(vals)

    def unlink(self):
        kept = self.browse()
        if self.env.context.get("keep_scanned"):
            kept = self.filtered("scanned_quantity")
        for line in kept:
            line.quantity = line.scanned_quantity
        return super(StockMoveLine, self - kept).unlink()
