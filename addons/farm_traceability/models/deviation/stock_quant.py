from datetime import datetime

from odoo import fields, models
from odoo.fields import Domain

from ..rotation.fill import fill_first
from ..rotation.strategies import FULL_LOT
from .turn import Among, Offer, Question, Turn, sums

PLACE = ("location_id", "lot_id", "package_id", "owner_id")


class StockQuant(models.Model):
    """The stock answers whose turn it is."""

    _inherit = "stock.quant"

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
        among = self.env.context.get("among")
        if strict or not isinstance(among, Among):
            return domain
        return domain & (
            Domain("id", "in", among.quant_ids) | Domain("lot_id", "in", among.lot_ids)
        )

    def _get_reserve_quantity(
        self,
        product_id,
        location_id,
        quantity,
        uom_id=None,
        lot_id=None,
        package_id=None,
        owner_id=None,
        strict=False,
    ):
        found = super()._get_reserve_quantity(
            product_id,
            location_id,
            quantity,
            uom_id=uom_id,
            lot_id=lot_id,
            package_id=package_id,
            owner_id=owner_id,
            strict=strict,
        )
        question = self.env.context.get("question")
        if not isinstance(question, Question):
            return found
        free = self.browse(quant.id for quant, _quantity in found)
        # As core's own look-ups for a reservation: stock of all rules is asked.
        asked = self.sudo().with_context(among=Among(free, question.lots))
        quants = asked._gather(product_id, location_id, lot_id, package_id, owner_id)
        question.turn = asked._turn(quants, question, product_id, location_id)
        return []

    def _turn(self, quants, question, product, location):
        """What covers the question's need, its own reservations counted as free."""
        names = self._get_rank_fields(product, location)
        ranks = {}
        for quant in quants.filtered(lambda quant: quant.lot_id and quant.quantity > 0):
            ranks.setdefault(quant.lot_id, quant._rank(names))
        free = sums(
            (quant._place(), quant.quantity - quant.reserved_quantity)
            for quant in quants
        )
        offers = [
            Offer(lot, quantity + question.own.get((place, lot, *more), 0))
            for (place, lot, *more), quantity in free.items()
        ]
        if self._get_removal_strategy(product, location) == FULL_LOT:
            offers = self._fullest_first(offers, question.need)
        return Turn(ranks).give(offers, question.need, product.uom_id.is_zero)

    def _fullest_first(self, offers, need):
        free = [offer for offer in offers if offer.lot and offer.free > 0]
        return fill_first(free, need, self._full_lot_window())

    def _place(self):
        return tuple(self[name] for name in PLACE)

    def _get_rank_fields(self, product, location):
        """Fields that say which stock goes first, without those that break ties."""
        order = self._get_removal_strategy_order(
            self._get_removal_strategy(product, location)
        )
        terms = [term.split() for term in order.split(",")] if order else []
        names = [term[0] for term in terms if term and term[0] in self._fields]
        first = names[:1] or ["location_id"]
        return first + [name for name in names[1:] if name not in ("in_date", "id")]

    def _rank(self, names):
        values = [self[name] for name in names]
        # Stock without dates leaves by its age.
        values += [] if any(values) else [self.in_date]
        return tuple(self._rank_value(value) for value in values)

    def _rank_value(self, value):
        """Dates count by the day, as people read them."""
        if isinstance(value, datetime):
            return fields.Datetime.context_timestamp(self, value).date()
        return value
