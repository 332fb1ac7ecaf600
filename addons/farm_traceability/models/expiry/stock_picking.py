from odoo import fields, models


class StockPicking(models.Model):
    _inherit = "stock.picking"

    is_donation = fields.Boolean(
        "Donation",
        readonly=True,
        help="Made on the expiry board: goods given away before they expire.",
    )

    _donation_index = models.Index("(id) WHERE is_donation")
