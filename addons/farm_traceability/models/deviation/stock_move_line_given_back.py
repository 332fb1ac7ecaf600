"""A lot is reserved, so that a later one is given elsewhere, and then given back.

Nobody is stopped: whoever has honest reasons to give stock back could not know. But
where one person did all three, the later lot is on record as a deviation.
"""

from collections import namedtuple

from odoo import models
from odoo.fields import Domain

from ..hold.stock_move_line import INSIDE
from .farm_deviation_reason import GIVEN_BACK
from .stock_move_line import GIVING

# In a context from Python: what a transfer that is validated leaves, it asks for again.
SETTLING = object()
GIVES_BACK = {"lot_id", "quant_id", "quantity", "location_id"}

# What was reserved: an open line as it was.
Kept = namedtuple("Kept", "line move lot location quantity since")


class StockMoveLine(models.Model):
    _inherit = "stock.move.line"

    _done_index = models.Index("(product_id, write_date) WHERE state = 'done'")

    def unlink(self):
        kept = self._get_kept()
        result = super().unlink()
        self._record_given_back(kept)
        return result

    def write(self, vals):
        if not GIVES_BACK & vals.keys():
            return super().write(vals)
        kept = self._get_kept()
        result = super().write(vals)
        left = (one._replace(quantity=one.line._get_given_back(one)) for one in kept)
        self._record_given_back([one for one in left if one.quantity > 0])
        return result

    def _get_kept(self):
        """What these lines have reserved that the user reserved himself."""
        context = self.env.context
        if (
            self.env.su
            or context.get("giving") is GIVING
            or context.get("settling") is SETTLING
        ):
            return []
        return [
            Kept(
                line,
                line.move_id,
                line.lot_id,
                line.location_id,
                line.quantity_product_uom,
                line.create_date,
            )
            for line in self
            if line.create_uid == self.env.user and line._keeps_lot()
        ]

    def _keeps_lot(self):
        return (
            bool(self.lot_id)
            and self.quantity_product_uom > 0
            and self.location_id.usage in INSIDE
            and self.move_id.state not in ("done", "cancel")
        )

    def _get_given_back(self, kept):
        same = self.lot_id == kept.lot and self.location_id == kept.location
        return kept.quantity - (self.quantity_product_uom if same else 0)

    # -- who took a later lot meanwhile ------------------------------------------------

    def _record_given_back(self, kept):
        if not kept or not self._is_anything_watched():
            return
        deviations = self.env["farm.deviation"]
        for line in self._find_taken_meanwhile(kept):
            for one in kept:
                if line._passed_over_kept(one) and not deviations._is_known(line, one):
                    line._record_kept(one)

    def _is_anything_watched(self):
        # Whose rule it is does not hang on who asks.
        types = self.env["stock.picking.type"].sudo()
        watched = [("deviation_policy", "in", ("reason", "stop"))]
        return bool(types.search_count(watched, limit=1))

    def _find_taken_meanwhile(self, kept):
        """Lines that the user has done since the first of these was reserved.

        By when they were written: the date of a transfer may be typed in.
        """
        lots = self.env["stock.lot"].union(*(one.lot for one in kept))
        lines = self.search(
            Domain("state", "=", "done")
            & Domain("product_id", "in", lots.product_id.ids)
            & Domain("write_date", ">=", min(one.since for one in kept))
            & Domain("write_uid", "=", self.env.uid)
            & Domain("lot_id", "!=", False)
        )
        return lines.filtered(lambda line: line._is_watched())

    def _passed_over_kept(self, kept):
        """Whether the line took its lot where a reserved one would have been given."""
        source = self.move_id._get_source(self)
        return (
            kept.lot.product_id == self.product_id
            and kept.lot != self.lot_id
            and kept.move.picking_id != self.picking_id
            and kept.since <= self.write_date
            and kept.location._child_of(source)
            and self.env["stock.quant"]._goes_before(kept.lot, self.lot_id, source)
        )

    def _record_kept(self, kept):
        vals = self._prepare_deviation_vals(kept.lot) | {
            "reason_id": self.env.ref(GIVEN_BACK).id,
            "quantity": min(kept.quantity, self.quantity_product_uom),
            "note": self.env._(
                "Lot %(lot)s was reserved for %(transfer)s, and given back later.",
                lot=kept.lot.name,
                transfer=kept.move.picking_id.name or kept.move.display_name,
            ),
        }
        # Nobody has the right to write what only follows from what was done.
        self.env["farm.deviation"].sudo().create(vals)


class StockQuant(models.Model):
    _inherit = "stock.quant"

    def _goes_before(self, lot, other, location):
        """Whether the strategy of a place gives a lot before another one.

        What is gone is judged by where it is now: it keeps its dates.
        """
        product = lot.product_id
        method = self._get_removal_strategy(product, location)
        order = self._get_removal_strategy_order(method)
        names = self._get_rank_fields(product, location)
        if not order or not names or names[0] == "location_id":
            return False
        # As core's own look-ups for a reservation: stock of all rules is asked.
        quants = self.sudo().search([("lot_id", "in", (lot | other).ids)], order=order)
        ranks = {}
        for quant in quants:
            ranks.setdefault(quant.lot_id, quant._rank(names))
        return list(ranks) == [lot, other] and ranks[lot] != ranks[other]
