from odoo import fields, models


class ProductTemplate(models.Model):
    _inherit = "product.template"

    is_certified_only = fields.Boolean(
        "Certified Lots Only",
        help="Customers get only lots that were harvested under a valid certificate.",
    )
    shelf_life_term_ids = fields.One2many(
        "farm.shelf.life.term",
        "product_tmpl_id",
        "Minimum Shelf Life",
        groups="stock.group_stock_user",
    )


class ProductCategory(models.Model):
    _inherit = "product.category"

    def _get_chain(self):
        """These categories and those above, the nearest first."""
        chain = step = self
        while step := step.parent_id - chain:
            chain += step
        return chain
