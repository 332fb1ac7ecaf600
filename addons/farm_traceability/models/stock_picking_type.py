from odoo import fields, models


class StockPickingType(models.Model):
    _inherit = "stock.picking.type"

    validate_farm_receipts = fields.Boolean(
        "Validate Farm-gate Receipts",
        default=True,
        help="Farm-gate receipts of this type are validated at once; otherwise someone"
        " validates them later.",
    )
