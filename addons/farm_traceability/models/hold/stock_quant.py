from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain


class HeldLots:
    """In a context: the quants of lots on hold that a search may find.

    An object of this class cannot come by RPC: a key with a plain value in the
    context of a request opens nothing.
    """

    def __init__(self, lot_ids=None):
        #: ids of lots, or None for all
        self.lot_ids = lot_ids

    def domain(self):
        if self.lot_ids is None:
            return Domain.TRUE
        return Domain("is_on_hold", "=", False) | Domain("lot_id", "in", self.lot_ids)


class StockQuant(models.Model):
    """What of the stock may be promised."""

    _inherit = "stock.quant"

    is_on_hold = fields.Boolean(
        "On Hold", related="lot_id.is_on_hold", store=True, precompute=True
    )
    hold_reason = fields.Char(related="lot_id.hold_reason", string="Held Because")

    _on_hold_index = models.Index("(product_id) WHERE is_on_hold")

    def _get_gather_domain(
        self,
        product_id,
        location_id,
        lot_id=None,
        package_id=None,
        owner_id=None,
        strict=False,
    ):
        held = self.env.context.get("held_lots")
        if isinstance(held, HeldLots):
            # Where held lots may go, expired ones may go as well.
            self = self.with_context(with_expiration=False)
        domain = super()._get_gather_domain(
            product_id, location_id, lot_id, package_id, owner_id, strict=strict
        )
        # A strict search that missed a quant would make a second one.
        if strict:
            return domain
        if isinstance(held, HeldLots):
            return domain & held.domain()
        return domain & Domain("is_on_hold", "=", False)

    @api.depends("is_on_hold")
    def _compute_available_quantity(self):
        result = super()._compute_available_quantity()
        self.filtered("is_on_hold").available_quantity = 0
        return result

    # -- by RPC ------------------------------------------------------------------

    def _stock_fields(self):
        """What a quant says of goods; people change it by moves and by counting."""
        return {
            "product_id", "lot_id", "location_id", "package_id", "owner_id",
            "quantity", "reserved_quantity", "is_on_hold",
        }  # fmt: skip

    @api.model_create_multi
    def create(self, vals_list):
        quants = super().create(vals_list)
        typed = {"quantity", "reserved_quantity"}
        if not self.env.su and any(typed & set(vals) for vals in vals_list):
            quants._check_not_held()
        return quants

    def write(self, vals):
        if self.env.su or not self._stock_fields() & set(vals):
            return super().write(vals)
        self._check_not_held()
        result = super().write(vals)
        self._check_not_held()
        return result

    def _check_not_held(self):
        held = self.lot_id.filtered("is_on_hold")
        if held:
            raise UserError(
                self.env._(
                    "The stock of lot %(lot)s is not edited: %(why)s. Move it to a"
                    " quarantine place, scrap it or return it to its supplier.",
                    lot=held[0].name,
                    why=held[0].hold_reason,
                )
            )
