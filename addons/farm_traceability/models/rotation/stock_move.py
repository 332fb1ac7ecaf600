from odoo import models


class StockMove(models.Model):
    """A move says for which operation it looks for stock."""

    _inherit = "stock.move"

    def _for_its_operation(self):
        return self.with_context(removal_picking_type_id=self.picking_type_id.id)

    def _update_reserved_quantity_vals(
        self,
        need,
        location_id,
        lot_id=None,
        package_id=None,
        owner_id=None,
        strict=True,
    ):
        return super(
            StockMove, self._for_its_operation()
        )._update_reserved_quantity_vals(
            need, location_id, lot_id, package_id, owner_id, strict
        )
