from odoo import api, fields, models
from odoo.fields import Domain

from ..hold.stock_quant import HeldLots
from .terms import Promise


class AllowedLots:
    """In a context: look for stock of these lots only, whatever their dates say.

    Like ``HeldLots``, an object of this class cannot come by RPC.
    """

    def __init__(self, lot_ids):
        self.lot_ids = lot_ids


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
        allowed = self.env.context.get("allowed_lots")
        is_allowed = isinstance(allowed, AllowedLots) and not strict
        if is_allowed or strict:
            # Core would not find expired stock that it has just reserved, and would
            # make a second quant for it.
            self = self.with_context(with_expiration=False)
        domain = super()._get_gather_domain(
            product_id, location_id, lot_id, package_id, owner_id, strict=strict
        )
        # A strict search that missed a quant would make a second one.
        if strict:
            return domain
        if is_allowed:
            return domain & Domain("lot_id", "in", allowed.lot_ids)
        return domain & self._get_promise_domain()

    def _get_promise_domain(self):
        """What is fit for the move that looks for stock."""
        domain, context = Domain.TRUE, self.env.context
        # Where held lots may go, expired ones may go as well.
        takes_expired = isinstance(context.get("held_lots"), HeldLots)
        if context.get("with_expiration") and not takes_expired:
            fresh = Domain("expiration_date", ">", fields.Datetime.now())
            domain &= fresh | Domain("expiration_date", "=", False)
        promise = context.get("promise")
        if isinstance(promise, Promise):
            domain &= promise.domain
        return domain
