from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain

MANAGER = "stock.group_stock_manager"


class FarmReadCount(models.AbstractModel):
    """What lies at the point's place: counts, as entered by hand.

    All of a lot that was seen is there as the books have it, and pieces are added up.
    They are applied at once where the point says so and the device's user may do it.
    What the books have at another place is no gain here: it is moved first.
    """

    _name = "farm.read.count"
    _inherit = ["farm.read.meaning"]
    _description = "Reads that Count"

    @api.model
    def _do(self, point, items):
        here = Domain("location_id", "child_of", point.location_id.id)
        wholes = self._wholes(items)
        counted = self.env["stock.quant"]
        for item, found in self._quants(items, here).items():
            found = found.with_context(inventory_mode=True)
            counted |= self._count(point, item, found, wholes[item])
        counted.user_id = self.env.user
        if point.finish != "open" and self.env.user.has_group(MANAGER):
            counted.action_apply_inventory()
        return {}

    def _count(self, point, item, quants, whole):
        """The quants of an item that are counted by it."""
        if not quants:
            raise UserError(
                self._say_elsewhere(point, item) or self._say_unknown(point, item)
            )
        if item.pieces:
            return self._add_pieces(point, item, quants, whole)
        for quant in quants:
            quant.inventory_quantity = quant.quantity
        return quants

    def _add_pieces(self, point, item, quants, whole):
        """Count pieces, beside those that were counted before.

        :raises UserError: if there are more than the books have here, and have
            elsewhere
        """
        there, hand = sum(quants.mapped("quantity")), self._hand(item, whole)
        before = quants.filtered("inventory_quantity_set")
        known = round(sum(before.mapped("inventory_quantity")) / hand)
        seen = item._replace(pieces=known + item.pieces)
        surplus = seen.pieces * hand - there
        elsewhere = surplus > hand / 2 and self._say_elsewhere(point, item)
        if elsewhere:
            raise UserError(elsewhere)
        return self._spread(quants, self._of_pieces(seen, whole, there))

    def _spread(self, quants, quantity):
        """Count so much over quants, one after the other."""
        counted = quants.browse()
        for quant in quants.sorted(lambda one: (bool(one.package_id), one.id)):
            part = min(quantity, quant.quantity)
            if counted and quant.product_uom_id.is_zero(part):
                break
            quant.inventory_quantity = part
            quantity -= part
            counted |= quant
        return counted

    # -- what is not here by the books ------------------------------------------------

    def _say_elsewhere(self, point, item):
        """Where it lies by the books, or None."""
        elsewhere = Domain("location_id.usage", "in", ("internal", "transit"))
        elsewhere &= ~Domain("location_id", "child_of", point.location_id.id)
        places = self._quants([item], elsewhere)[item].location_id
        if not places:
            return None
        return self.env._(
            "More of %(item)s was counted at %(place)s than the books have there: it"
            " lies at %(others)s. Move it by a transfer, and try again.",
            item=self._item_name(item),
            place=point.location_id.display_name,
            others=", ".join(places.mapped("display_name")),
        )

    def _say_unknown(self, point, item):
        return self.env._(
            "%(item)s should not be at %(place)s, and how much of it there is"
            " is not known: count it by hand.",
            item=self._item_name(item),
            place=point.location_id.display_name,
        )
