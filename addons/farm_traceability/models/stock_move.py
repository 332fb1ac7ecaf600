from odoo import fields, models


class StockMove(models.Model):
    _inherit = "stock.move"

    lot_operation_id = fields.Many2one(
        "farm.lot.operation", index="btree_not_null", readonly=True, copy=False
    )
