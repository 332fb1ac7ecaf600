from odoo import api, fields, models

from ...gs1 import Gs1Error
from ...gs1.keys import LENGTHS, verify
from .sentences import worded


class ProductProduct(models.Model):
    _inherit = "product.product"

    gtin_problem = fields.Char(compute="_compute_gtin_problem")

    @api.depends("barcode")
    def _compute_gtin_problem(self):
        """What is wrong with a barcode that looks like a GTIN.

        A barcode may be any other code too, for use inside the company.
        """
        for product in self:
            product.gtin_problem = product._get_gtin_problem()

    def _get_gtin_problem(self):
        if not self._looks_like_gtin():
            return False
        try:
            verify("GTIN", self.barcode)
        except Gs1Error as error:
            return worded(self.env, error)
        return False

    def _looks_like_gtin(self):
        code = self.barcode or ""
        return code.isascii() and code.isdigit() and len(code) in LENGTHS["GTIN"]


class ProductTemplate(models.Model):
    _inherit = "product.template"

    gtin_problem = fields.Char(compute="_compute_gtin_problem")

    @api.depends("product_variant_ids.gtin_problem")
    def _compute_gtin_problem(self):
        for template in self:
            problems = template.product_variant_ids.mapped("gtin_problem")
            template.gtin_problem = next(filter(None, problems), False)
