from odoo import fields, models


class StockLot(models.Model):
    """Whether all of a lot was harvested under a valid certificate."""

    _inherit = "stock.lot"

    is_certified = fields.Boolean("Certified", readonly=True, copy=False)
