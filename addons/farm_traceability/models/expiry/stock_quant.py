from odoo import models


class StockQuant(models.Model):
    _inherit = "stock.quant"

    # The expiry board reads what expires first, and never all of a large stock.
    _expiry_index = models.Index("(expiration_date, id) WHERE quantity > 0")
