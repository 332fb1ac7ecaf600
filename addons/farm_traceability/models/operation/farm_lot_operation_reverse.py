from collections import defaultdict

from odoo import fields, models
from odoo.exceptions import UserError

from ...wording import number_text
from .farm_lot_operation_moves import Part


class FarmLotOperation(models.Model):
    """Reversal: a posted operation that was wrong is undone by the opposite moves.

    Nothing of it is deleted. The links between its move lines are cut, so that no
    report takes the one lot for a part of the other any more; what was made of what
    stays on record in the operation's own lines.
    """

    _inherit = "farm.lot.operation"

    reversed_on = fields.Datetime(readonly=True, copy=False)
    reversed_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    reversal_reason = fields.Text(readonly=True, copy=False)

    def action_reverse(self):
        """Ask for the reason."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Reverse %(name)s", name=self.name),
            "res_model": "farm.lot.reversal",
            "view_mode": "form",
            "target": "new",
            "context": {"default_operation_id": self.id},
        }

    def _reverse(self, reason):
        """Undo a posted operation.

        :raises UserError: when it is not posted, or an output has moved on
        """
        self.ensure_one()
        self.check_access("write")
        self._lock()
        self._check_posted()
        made = self.move_ids.move_line_ids.filtered(
            lambda line: line.location_id.usage == "production"
        )
        self._check_not_moved_on()
        self._check_still_there(made)
        # The links of done moves are nobody's to change; see the class.
        made.sudo().consume_line_ids = False
        self._make_opposite_moves(made.move_id)._action_done()
        self._give_back_pieces()
        self._end_reversal(reason)

    def _end_reversal(self, reason):
        # Only this method, after the moves, may say that it is reversed.
        self.sudo().write(
            {
                "state": "reversed",
                "reversed_on": fields.Datetime.now(),
                "reversed_by_id": self.env.uid,
                "reversal_reason": reason,
            }
        )
        # Its treatment was posted with it, and is undone with it.
        self.treatment_id.sudo().state = "reversed"

    def _give_back_pieces(self):
        new = self.output_ids.filtered("is_new_lot")
        self._add_pieces(-1)
        # Only operations may change the control count, whoever reverses them.
        new.lot_id.sudo().remaining_count = 0
        for line in self.input_ids:
            line.lot_id.sudo().remaining_count += line.piece_count

    # -- moves ------------------------------------------------------------------------

    def _make_opposite_moves(self, made):
        """What was made goes first, then what it was made of comes back."""
        opposite = self.env["stock.move"]
        for move in made + (self.move_ids - made):
            parts = [
                Part(self, self._prepare_opposite_vals(line))
                for line in move.move_line_ids
            ]
            pairs = self._make_moves(parts, origin_returned_move_id=move.id)
            opposite = opposite.union(*(line.move_id for line, _part in pairs))
        return opposite

    def _prepare_opposite_vals(self, line):
        package = line.package_id
        elsewhere = package.location_id and package.location_id != line.location_id
        return {
            "product_id": line.product_id.id,
            "product_uom_id": line.product_uom_id.id,
            "company_id": line.company_id.id,
            "location_id": line.location_dest_id.id,
            "location_dest_id": line.location_id.id,
            "lot_id": line.lot_id.id,
            "package_id": line.result_package_id.id,
            # A crate that stands elsewhere by now is not filled from afar.
            "result_package_id": False if elsewhere else package.id,
            "owner_id": line.owner_id.id,
            "quantity": line.quantity,
        }

    # -- checks ------------------------------------------------------------------------

    def _check_posted(self):
        if self.state == "draft":
            raise UserError(
                self.env._(
                    "%(name)s is not posted: change or delete it.", name=self.name
                )
            )
        if self.state == "reversed":
            raise UserError(self.env._("%(name)s is reversed already.", name=self.name))

    def _check_not_moved_on(self):
        for line in self._later_lines():
            raise UserError(
                self.env._(
                    "%(lot)s has moved on by %(document)s, so %(name)s stays. Undo that"
                    " first, or put it right by another operation.",
                    lot=line.lot_id.name,
                    document=line.move_id.lot_operation_id.name
                    or line.reference
                    or line.location_dest_id.display_name,
                    name=self.name,
                )
            )

    def _later_lines(self):
        """Moves that took something of the outputs, but for those that were undone."""
        # Where else a lot has been does not depend on what the user may open.
        lines = self.env["stock.move.line"].sudo()
        lines = lines.search(
            [
                ("lot_id", "in", self.output_ids.lot_id.ids),
                ("state", "=", "done"),
                ("move_id", "not in", self.move_ids.ids),
                ("location_id.usage", "not in", ("production", "supplier")),
            ]
        )
        new = self.output_ids.filtered("is_new_lot").lot_id
        moment = min(self.move_ids.mapped("date"))
        return lines.filtered(
            lambda line: (
                line.move_id.lot_operation_id.state != "reversed"
                and (line.lot_id in new or line.date >= moment)
            )
        )

    def _check_still_there(self, made):
        free = self._get_free_quantities(made.lot_id, made.location_dest_id)
        wanted = defaultdict(float)
        for line in made:
            key = (
                line.lot_id,
                line.location_dest_id,
                line.result_package_id,
                line.owner_id,
            )
            wanted[key] += line.quantity
            if line.product_uom_id.compare(wanted[key], free[key]) > 0:
                raise UserError(
                    self.env._(
                        "%(lot)s is reserved or no longer as %(name)s left it: only"
                        " %(free)s of %(wanted)s %(unit)s are free at %(place)s.",
                        lot=line.lot_id.name,
                        name=self.name,
                        free=number_text(self.env, free[key]),
                        wanted=number_text(self.env, wanted[key]),
                        unit=line.product_uom_id.name,
                        place=line.location_dest_id.display_name,
                    )
                )
