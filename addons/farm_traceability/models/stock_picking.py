from odoo import fields, models


class StockPicking(models.Model):
    _inherit = "stock.picking"

    harvest_id = fields.Many2one(
        "farm.harvest",
        index="btree_not_null",
        copy=False,
        check_company=True,
        domain="[('state', '=', 'done'), ('company_id', '=', company_id)]",
        help="New lots received here carry this harvest's provenance.",
    )
