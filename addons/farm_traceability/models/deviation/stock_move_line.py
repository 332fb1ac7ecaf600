from odoo import api, fields, models
from odoo.exceptions import UserError

from ..hold.stock_move_line import INSIDE
from .taking import Balance, Deviations

# In a context from Python: lines that are made now are what the strategy gives.
GIVING = object()


class StockMoveLine(models.Model):
    """A line knows which lot it was given; who takes another one says why."""

    _inherit = "stock.move.line"

    given_lot_id = fields.Many2one(
        "stock.lot",
        "Given Lot",
        readonly=True,
        copy=False,
        help="The lot that the removal strategy gave when the stock was reserved.",
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
            vals_list = [
                vals | {"given_lot_id": giving and vals.get("lot_id")}
                for vals in vals_list
            ]
        return super().create(vals_list)

    def write(self, vals):
        if "given_lot_id" in vals and not self.env.su:
            raise UserError(
                self.env._(
                    "The given lot is set when stock is reserved. Leave it out; to get"
                    " another one, unreserve the transfer and check its availability."
                )
            )
        return super().write(vals)

    # -- what is taken -----------------------------------------------------------------

    def _is_watched(self):
        return (
            self.move_id.picking_type_id.deviation_policy in ("reason", "stop")
            and self.product_id.tracking != "none"
            and self.location_id.usage in INSIDE
            and self.location_id != self.location_dest_id
            and self.move_id._is_watched()
        )

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
            line.id for line, lot in taken.items() if lot != line.given_lot_id
        )
        if not suspects:
            return {}
        balance = Balance(taken)
        suspects = suspects.filtered(lambda line: not balance.excuses(line))
        return {
            line: passed
            for move, lines in suspects.grouped("move_id").items()
            for line, passed in lines._passed_over(move, taken, balance).items()
        }

    def _passed_over(self, move, taken, balance):
        """For lines of one move: the lot that was left for another one."""
        lots = self.given_lot_id.union(*(taken[line] for line in self))
        turn = move._get_turn(lots, balance.of_move(move))
        found = {
            line: line._lot_passed_over(turn, taken[line], balance) for line in self
        }
        return {line: lot for line, lot in found.items() if lot}

    def _lot_passed_over(self, turn, lot, balance):
        given, none = self.given_lot_id, self.env["stock.lot"]
        if not turn:
            return given
        if turn.knows(given) and not balance.is_taken(self, given):
            earlier = lot in turn.lots and turn.is_before(lot, given)
            return none if earlier or turn.are_alike(lot, given) else given
        if lot in turn.lots or any(turn.are_alike(lot, one) for one in turn.lots):
            return none
        left = [one for one in turn.lots if not balance.takes(self, one)]
        return next(iter(left or turn.lots), none)

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
        kind = self.move_id.picking_type_id
        return kind.deviation_policy == "stop" and not kind._may_pass_stop()

    def _deviation_refusal(self, given):
        """Why the line may not take its lot yet, or nothing."""
        reason = self.deviation_reason_id
        if self._is_stopped_from_deviating():
            return self._stop_text(given)
        if not reason:
            return self._ask_text(given)
        if reason.needs_note and not (self.deviation_note or "").strip():
            return self._note_text()
        return None

    def _deviation_words(self, given):
        return {
            "taken": self.lot_id.name or self.lot_name,
            "given": given.name,
            "product": self.product_id.display_name,
            "place": self.location_id.display_name,
            "kind": self.move_id.picking_type_id.display_name,
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
