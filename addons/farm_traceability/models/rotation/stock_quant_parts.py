from odoo import api, models

from .reservation import RESERVED


class StockQuant(models.Model):
    """What is promised of goods that several quants speak of.

    Core does not wait for a quant that another transaction holds: it writes the change
    into a quant of its own, which is merged later. Parts may therefore say less than
    nothing; their sum is what counts.
    """

    _inherit = "stock.quant"

    @api.model
    def _update_reserved_quantity(
        self,
        product_id,
        location_id,
        quantity,
        lot_id=None,
        package_id=None,
        owner_id=None,
        strict=True,
    ):
        if self.env.context.get("reserved") is RESERVED:
            return None
        goods = product_id, location_id, lot_id, package_id, owner_id
        # As core: what is promised is written by whoever may move goods.
        if self.sudo()._change_part(goods, quantity):
            return None
        return super()._update_reserved_quantity(
            product_id, location_id, quantity, lot_id, package_id, owner_id, strict
        )

    def _change_part(self, goods, quantity):
        """Change one of several parts by what core would cut off at zero.

        :return: whether it was done; one quant alone, or more taken back than the
            parts together promise, is core's
        """
        product, location, lot, package, owner = goods
        parts = self._gather(product, location, lot, package, owner, strict=True)
        parts = parts.filtered(lambda part: part.lot_id == (lot or part.lot_id[:0]))
        if len(parts) < 2 or sum(parts.mapped("reserved_quantity")) + quantity < 0:
            return False
        part = parts.try_lock_for_update(allow_referencing=True, limit=1)
        if not part:
            return False
        part.reserved_quantity += quantity
        return True
