from collections import defaultdict

from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Domain

#: places where goods are, of which hands may still be seen; others are where they
#: come from or end
LYING = ("internal", "transit", "customer")
COMING = ("assigned", "partially_available", "confirmed", "waiting")


class FarmReadMeaning(models.AbstractModel):
    """What pieces weigh: all of the lot by the pieces that are left, everywhere."""

    _inherit = "farm.read.meaning"

    def _wholes(self, items):
        """How much there is of the lots of which pieces were seen: what lies anywhere,
        and what a receipt expects.

        :return: dict of item → quantity in the product's unit
        """
        of_lot = Domain("lot_id", "in", [item.lot_id for item in items if item.pieces])
        wholes = defaultdict(float)
        lying = Domain("location_id.usage", "in", LYING) & Domain("quantity", ">", 0)
        coming = (
            Domain("state", "in", COMING)
            & Domain("location_id.usage", "not in", LYING)
            & Domain("location_dest_id.usage", "in", LYING)
        )
        for model, domain, name in (
            ("stock.quant", lying, "quantity"),
            ("stock.move.line", coming, "quantity_product_uom"),
        ):
            rows = self.env[model]._read_group(
                of_lot & domain, ["lot_id"], [f"{name}:sum"]
            )
            for lot, quantity in rows:
                wholes[lot.id] += quantity
        return {item: wholes[item.lot_id] for item in items}

    def _of_pieces(self, item, whole, there):
        """How much the pieces of a lot are, in the product's unit.

        The last of those that lie there take what rounding left.

        :param float whole: how much there is of the lot, see ``_wholes``
        :param float there: how much lies where the pieces are taken from
        """
        unit = self._unit(item)
        hand = self._hand(item, whole or there)
        left = round(there / hand)
        odd = there - left * hand
        if abs(odd) > unit.rounding:
            return min(unit.round(item.pieces * hand), there)
        rest = unit.round(max(left - item.pieces, 0) * hand)
        return unit.round(there - rest)

    def _hand(self, item, whole):
        """How much one piece is.

        :raises UserError: if it is not known how many there are
        """
        unit, piece = self._unit(item), self.env.ref("uom.product_uom_unit")
        if unit._has_common_reference(piece):
            return piece._compute_quantity(1.0, unit, round=False)
        lot = self._lot(item)
        count = lot.remaining_count or lot.piece_count
        if not count:
            raise UserError(
                self.env._(
                    "How many pieces lot %(lot)s has is not known: record it, and try"
                    " again.",
                    lot=lot.name,
                )
            )
        return whole / count

    def _unit(self, item):
        return self._lot(item).product_id.uom_id
