from odoo import models


class ProductProduct(models.Model):
    _inherit = "product.product"

    def action_open_stock_card(self):
        return self.env["farm.stock.card"]._open_for(product_ids=self.ids)


class ProductTemplate(models.Model):
    _inherit = "product.template"

    def action_open_stock_card(self):
        return self.product_variant_ids.action_open_stock_card()
