from odoo import api, fields, models
from odoo.exceptions import UserError

from ..hold.stock_move_line import INSIDE
from .taking import Balance, Deviations

# In a context from Python: lines that are made now are what the strategy gives.
GIVING = object()
NOT_GIVEN = {"given_lot_id": False, "given_quantity": 0}


class StockMoveLine(models.Model):
    """A line knows which lot it was given; who takes another one says why."""

    _inherit = "stock.move.line"

    given_lot_id = fields.Many2one(
        "stock.lot",
        readonly=True,
        copy=False,
        help="The lot that the removal strategy gave when the stock was reserved.",
    )
    given_quantity = fields.Float(
        digits="Product Unit",
        readonly=True,
        copy=False,
        help="How much of the given lot was reserved, in the product's unit.",
    )
    deviation_reason_id = fields.Many2one(
        "farm.deviation.reason",
        "Why Another Lot",
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        help="Why another lot is taken than the given one.",
    )
    deviation_note = fields.Char("Note on the Lot", copy=False)
    deviation_policy = fields.Selection(related="move_id.deviation_policy")

    # -- what is given -----------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        giving = self.env.context.get("giving") is GIVING
        if giving or not self.env.su:
            # What is typed in or imported was not given, whatever it says.
            given = self._given_vals if giving else lambda _vals: NOT_GIVEN
            vals_list = [vals | given(vals) for vals in vals_list]
        return super().create(vals_list)

    def _given_vals(self, vals):
        product = self.env["product.product"].browse(vals.get("product_id"))
        unit = self.env["uom.uom"].browse(vals.get("product_uom_id"))
        if not vals.get("lot_id"):
            return NOT_GIVEN
        return {
            "given_lot_id": vals["lot_id"],
            "given_quantity": unit._compute_quantity(
                vals.get("quantity") or 0, product.uom_id, rounding_method="HALF-UP"
            ),
        }

    def write(self, vals):
        if NOT_GIVEN.keys() & vals.keys() and not self.env.su:
            raise UserError(
                self.env._(
                    "The given lot is set when stock is reserved. Leave it out; to get"
                    " another one, unreserve the transfer and check its availability."
                )
            )
        if "quantity" not in vals or self.env.context.get("giving") is not GIVING:
            return super().write(vals)
        before = {line: line.quantity_product_uom for line in self}
        result = super().write(vals)
        for line in self.filtered(lambda line: line.lot_id == line.given_lot_id):
            # No user sets what was given: a reservation has just added to it.
            line.sudo().given_quantity += line.quantity_product_uom - before[line]
        return result

    # -- what is taken -----------------------------------------------------------------

    def _is_watched(self):
        return (
            self.move_id._get_operation().deviation_policy in ("reason", "stop")
            and self.product_id.tracking != "none"
            and self.location_id.usage in INSIDE
            and self.location_id != self.location_dest_id
            and not self._goes_out_of_turn()
            and self.move_id._is_watched()
            and not self._brings_back()
        )

    def _goes_out_of_turn(self):
        """Goods that go back to a supplier, are scrapped or put into quarantine."""
        targets = self.location_dest_id | self.move_id.location_dest_id
        return all(
            target.usage in ("supplier", "inventory") or target.in_quarantine
            for target in targets
        )

    def _get_given(self):
        """The given lot and how much of it; none of a place chosen afterwards."""
        if self.move_id._is_given_elsewhere():
            return self.given_lot_id.browse(), 0
        return self.given_lot_id, self.given_quantity

    def _going_lines(self):
        """Lines that validation moves: core deletes what is empty or not picked."""
        return self.filtered(
            lambda line: line.quantity > 0 and (line.picked or not line.move_id.picked)
        )

    def _place(self):
        return self.location_id, self.lot_id, self.package_id, self.owner_id

    def _taken_lots(self):
        """The lot of each line, also where only its name was typed in.

        :return: dict of line → lot, empty for a name that no lot has yet; lines with
            neither are left out
        """
        named = self.filtered(lambda line: not line.lot_id and line.lot_name)
        lots = self.env["stock.lot"]
        if named:
            lots = lots.search(
                [
                    ("product_id", "in", named.product_id.ids),
                    ("name", "in", named.mapped("lot_name")),
                    ("company_id", "in", [False, *named.company_id.ids]),
                ]
            )
        known = {(lot.product_id, lot.name): lot for lot in lots}
        none = lots.browse()
        return {
            line: line.lot_id or known.get((line.product_id, line.lot_name), none)
            for line in self
            if line.lot_id or line.lot_name
        }

    def _deviations(self):
        """Lines that take another lot than the strategy gives.

        :return: dict of line → the lot that should have been taken
        """
        taken = self.filtered(lambda line: line._is_watched())._taken_lots()
        suspects = self.browse(
            line.id for line, lot in taken.items() if line._is_not_given(lot)
        )
        if not suspects:
            return {}
        balance = Balance(taken)
        return {
            line: passed
            for move, lines in suspects.grouped("move_id").items()
            for line, passed in lines._passed_over(move, taken, balance).items()
        }

    def _is_not_given(self, lot):
        """Another lot than the given one, or more of it than was given."""
        given, quantity = self._get_given()
        unit = self.product_id.uom_id
        return lot != given or unit.compare(self.quantity_product_uom, quantity) > 0

    def _passed_over(self, move, taken, balance):
        """For lines of one move: the lot that was left for another one."""
        allowed = move._get_waived_lots()
        self = self.filtered(lambda line: taken[line] not in allowed)
        if not self:
            return {}
        lots = self.given_lot_id.union(*(taken[line] for line in self))
        turn = move._get_turn(self, lots, balance.total(move))
        found = {
            line: line._lot_passed_over(turn, taken[line], balance) for line in self
        }
        return {line: lot for line, lot in found.items() if lot}

    def _lot_passed_over(self, turn, lot, balance):
        given, none = self._get_given()[0], self.env["stock.lot"]
        if not turn:
            return none if lot == given else given
        if not turn.knows(given) or balance.is_taken(self, given):
            return next(self._left_behind(turn, lot, balance), none)
        earlier = lot in turn.amounts and turn.is_before(lot, given)
        return none if earlier or lot in turn.like(given) else given

    def _left_behind(self, turn, lot, balance):
        """Lots whose turn it is, where more of this lot is taken than is its due."""
        move, alike = self.move_id, turn.like(lot)
        due = sum(balance.allows(move, one, turn.amounts.get(one, 0)) for one in alike)
        takes = sum(balance.takes(move, one) for one in alike)
        if self.product_id.uom_id.compare(takes, due) <= 0:
            return
        for one, amount in turn.amounts.items():
            if one not in alike and balance.takes(move, one) < amount:
                yield one

    # -- asked -------------------------------------------------------------------------

    def _done_rules(self):
        return [*super()._done_rules(), self._deviation_rule]

    def _deviation_rule(self):
        refusals = {
            line: line._deviation_refusal(given)
            for line, given in self._known_deviations().items()
        }
        return {line: text for line, text in refusals.items() if text}

    def _known_deviations(self):
        known = self.env.context.get("deviations")
        if not isinstance(known, Deviations) or set(self.ids) - known.line_ids:
            known = Deviations(self)
        lots = self.env["stock.lot"]
        return {
            line: lots.browse(known.found[line.id])
            for line in self
            if line.id in known.found
        }

    def _is_stopped_from_deviating(self):
        kind = self.move_id._get_operation()
        return kind.deviation_policy == "stop" and not kind._may_pass_stop()

    def _deviation_refusal(self, given):
        """Why the line may not take its lot yet, or nothing."""
        if self._is_stopped_from_deviating():
            return self._stop_text(given)
        if not self.deviation_reason_id:
            return self._ask_text(given)
        return self._note_text() if self._lacks_note() else None

    def _lacks_note(self):
        note = (self.deviation_note or "").strip()
        return self.deviation_reason_id.needs_note and not note

    def _deviation_words(self, given):
        return {
            "taken": self.lot_id.name or self.lot_name,
            "given": given.name,
            "product": self.product_id.display_name,
            "place": self.location_id.display_name,
            "kind": self.move_id._get_operation().display_name,
        }

    def _stop_text(self, given):
        return self.env._(
            "%(product)s: lot %(given)s is to be taken at %(place)s, not %(taken)s."
            " Take the given lot, or ask an inventory manager or quality manager to"
            " validate with a reason.",
            **self._deviation_words(given),
        )

    def _ask_text(self, given):
        return self.env._(
            "%(product)s: lot %(taken)s is taken at %(place)s where lot %(given)s was"
            " given. Choose a reason on the line in the detailed operations, or take"
            " the given lot.",
            **self._deviation_words(given),
        )

    def _note_text(self):
        return self.env._(
            "%(product)s, lot %(taken)s: the reason “%(reason)s” needs a note that says"
            " what happened.",
            product=self.product_id.display_name,
            taken=self.lot_id.name or self.lot_name,
            reason=self.deviation_reason_id.name,
        )
