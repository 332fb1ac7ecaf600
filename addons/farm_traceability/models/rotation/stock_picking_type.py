from odoo import fields, models


class StockPickingType(models.Model):
    _inherit = "stock.picking.type"

    removal_strategy_id = fields.Many2one(
        "product.removal",
        help="Which stock this operation takes first. A product's own strategy comes"
        " before it; those of categories and locations come after it.",
    )
