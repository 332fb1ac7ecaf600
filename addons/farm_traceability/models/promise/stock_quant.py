from odoo import api, fields, models

from .terms import Promise


class StockQuant(models.Model):
    """What of the stock may be promised to whom."""

    _inherit = "stock.quant"

    shelf_life = fields.Float(related="lot_id.shelf_life", store=True, precompute=True)
    is_certified = fields.Boolean(
        related="lot_id.is_certified", store=True, precompute=True
    )

    @api.model
    def _get_lot_copies(self):
        return (*super()._get_lot_copies(), "shelf_life", "is_certified")

    def _get_gather_domain(
        self,
        product_id,
        location_id,
        lot_id=None,
        package_id=None,
        owner_id=None,
        strict=False,
    ):
        domain = super()._get_gather_domain(
            product_id, location_id, lot_id, package_id, owner_id, strict=strict
        )
        # A strict search that missed a quant would make a second one.
        if strict:
            return domain
        promise = self.env.context.get("promise")
        if isinstance(promise, Promise):
            domain &= promise.domain
        return domain
