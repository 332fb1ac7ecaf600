from odoo import fields, models


class StockPicking(models.Model):
    _inherit = "stock.picking"

    is_donation = fields.Boolean(
        "Donation",
        readonly=True,
        index="btree_not_null",
        help="Made on the expiry board: goods given away before they expire.",
    )
