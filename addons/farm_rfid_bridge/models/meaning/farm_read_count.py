from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain

MANAGER = "stock.group_stock_manager"


class FarmReadCount(models.AbstractModel):
    """What lies at the point's place: counts, as entered by hand.

    All of a lot that was seen is there as the books have it, and pieces are added up.
    They are applied at once where the point says so and the device's user may do it.
    """

    _name = "farm.read.count"
    _inherit = ["farm.read.meaning"]
    _description = "Reads that Count"

    @api.model
    def _do(self, point, items):
        here = Domain("location_id", "child_of", point.location_id.id)
        quants = self.env["stock.quant"].browse()
        for item, found in self._quants(items, here).items():
            quants |= self._count(point, item, found)
        if point.finish != "open" and self.env.user.has_group(MANAGER):
            quants.action_apply_inventory()
        return {}

    def _count(self, point, item, quants):
        quants = quants.with_context(inventory_mode=True)
        if not quants:
            quants = self._new_quant(point, item)
        elif item.pieces:
            quants = self._add_pieces(item, quants)
        else:
            for quant in quants:
                quant.inventory_quantity = quant.quantity
        quants.user_id = self.env.user
        return quants

    def _add_pieces(self, item, quants):
        total = sum(quants.mapped("quantity"))
        quant = quants.sorted(lambda one: (bool(one.package_id), one.id))[0]
        before = quant.inventory_quantity if quant.inventory_quantity_set else 0
        quant.inventory_quantity = before + self._of_pieces(item, total)
        return quant

    def _new_quant(self, point, item):
        """Of what the books have at another place, or of pieces."""
        known = self._quants([item], Domain("location_id.usage", "=", "internal"))
        total = sum(known[item].mapped("quantity"))
        lot = self._lot(item)
        if not lot or not total:
            raise UserError(
                self.env._(
                    "%(item)s should not be at %(place)s, and how much of it there is"
                    " is not known: count it by hand.",
                    item=self._item_name(item),
                    place=point.location_id.display_name,
                )
            )
        counted = self._of_pieces(item, total) if item.pieces else total
        quants = self.env["stock.quant"].with_context(inventory_mode=True)
        return quants.create(
            {
                "location_id": point.location_id.id,
                "product_id": lot.product_id.id,
                "lot_id": lot.id,
                "inventory_quantity": counted,
            }
        )
