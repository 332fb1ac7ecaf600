from odoo import fields, models


class StockWarehouse(models.Model):
    _inherit = "stock.warehouse"

    scan_counts_blind = fields.Boolean(
        "Count Blind",
        help="Who counts with the scan screens does not see what should be there.",
    )
