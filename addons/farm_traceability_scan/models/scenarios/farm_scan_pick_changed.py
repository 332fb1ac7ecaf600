from odoo import api, models
from odoo.addons.farm_traceability.wording import number_text

from .result import question

PUT_BACK = "put_back"


class FarmScanPick(models.AbstractModel):
    """What the office changes while somebody picks.

    What is scanned stays reserved. Where less is asked for now, or a line has gone or
    has another lot, the sheet says what to put back; at the end that is asked.
    """

    _inherit = "farm.scan.pick"

    @api.model
    def _missing(self, picking):
        back = [self._back_text(*one) for one in self._surplus(picking)]
        return super()._missing(picking) + back + self._lost(picking)

    # -- less is asked for ------------------------------------------------------------

    def _surplus(self, picking):
        """Moves of which more is scanned than is asked for.

        :return: pairs of a move and how much too much, in its unit
        """
        moves = picking.move_ids.filtered(
            lambda move: move.product_uom_qty and move.state not in ("done", "cancel")
        )
        pairs = [(move, self._surplus_of(move)) for move in moves]
        return [
            (move, more)
            for move, more in pairs
            if move.product_uom.compare(more, 0) > 0
        ]

    def _surplus_of(self, move):
        unit = move.product_uom
        lines = move.move_line_ids
        over_lines = sum(
            one.product_uom_id._compute_quantity(-self._to_scan(one), unit)
            for one in lines
            if self._to_scan(one) < 0
        )
        going = sum(
            one.product_uom_id._compute_quantity(
                min(one[self._counter], one.quantity), unit
            )
            for one in lines
        )
        return over_lines + max(0.0, going - move.product_uom_qty)

    def _back_text(self, move, more):
        return self.env._(
            "Put %(quantity)s %(unit)s of %(product)s back: less is asked for now.",
            quantity=number_text(self.env, more),
            unit=move.product_uom.name,
            product=move.product_id.display_name,
        )

    @api.model
    def _do_finish(self, picking, sent):
        surplus = self._surplus(picking)
        if surplus and sent["confirm"] != PUT_BACK:
            texts = [self._back_text(*one) for one in surplus]
            texts.append(self.env._("Is it put back?"))
            return question("confirm", " ".join(texts), confirm=PUT_BACK)
        for move, _more in surplus:
            self._put_back(move)
        return super()._do_finish(picking, sent)

    def _put_back(self, move):
        """What was scanned last goes back first."""
        unit, left = move.product_uom, move.product_uom_qty
        for line in move.move_line_ids.sorted("id"):
            going = min(line[self._counter], line.quantity)
            kept = line.product_uom_id.round(
                min(going, unit._compute_quantity(left, line.product_uom_id))
            )
            left -= line.product_uom_id._compute_quantity(kept, unit)
            if line[self._counter]:
                # Only scans set it, and people read it.
                line.sudo()[self._counter] = kept
                line.quantity = kept

    # -- a line has gone, or has another lot ------------------------------------------

    def _scanned(self, line, quantity):
        return super()._scanned(line, quantity) | {
            "product": line.product_id.id,
            "lot": line.lot_id.id,
            "unit": line.product_uom_id.id,
            "counter": self._counter,
        }

    def _lost(self, picking):
        """What was scanned and counts no more, as sentences."""
        events = self.env["farm.scan.event"]
        sums = events._sums_of_lines(self._events_domain(picking), self._counter)
        lines = {(line.id, line.lot_id.id) for line in picking.move_line_ids}
        return [
            self._lost_text(product_id, lot_id, unit_id, quantity)
            for (line_id, product_id, lot_id, unit_id, quantity) in sums
            if (line_id, lot_id or False) not in lines
        ]

    def _is_lost(self, line, step):
        """A line that has gone, or is of another lot than was scanned."""
        return "counter" in step and (not line or line.lot_id.id != step["lot"])

    def _lost_text(self, product_id, lot_id, unit_id, quantity):
        lot = self.env["stock.lot"].browse(lot_id or ())
        product = self.env["product.product"].browse(product_id)
        return self.env._(
            "%(quantity)s %(unit)s of %(item)s count no more, the office has changed"
            " it: put it back, or scan it again.",
            quantity=number_text(self.env, quantity),
            unit=self.env["uom.uom"].browse(unit_id).name,
            item=lot.name or product.display_name,
        )
