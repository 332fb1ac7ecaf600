from odoo import api, models
from odoo.exceptions import UserError

from .stock_move_hold import LATER

OUTSIDE = ("supplier", "customer", "production", "inventory")
INSIDE = ("internal", "transit")


class StockMoveLine(models.Model):
    """What may happen with goods: asked here, whoever calls.

    A rule takes lines and answers, for those that may not happen, why. Rules that
    speak of lots which stay where they are or come in have nothing to say.
    """

    _inherit = "stock.move.line"

    def _gate_rules(self):
        """Rules of the gate: methods of lines that return ``{line: reason}``."""
        return [self._hold_rule]

    def _hold_rule(self):
        leaving = self._leaving()
        return {line: line._hold_reason() for line in leaving._stopped()}

    def _check_gate(self):
        """Refuse what any rule refuses.

        :raises UserError: one sentence for each line that may not happen
        """
        reasons = {}
        for rule in self._gate_rules():
            reasons |= rule()
        if reasons:
            raise UserError("\n".join(dict.fromkeys(reasons.values())))

    # -- holds ------------------------------------------------------------------------

    def _leaving(self):
        """Lines that take a lot away from where it lies. No query for receipts."""
        return self.filtered(
            lambda line: (
                line.lot_id
                and line.location_id != line.location_dest_id
                and not (
                    line.location_id.usage in OUTSIDE
                    and line.location_dest_id.usage in INSIDE
                )
            )
        )

    def _stopped(self):
        """Lines of lots on hold that may not go where they go.

        The lots are locked: until this transaction ends, nobody places a hold on them.
        """
        held = self.lot_id._locked_on_hold()
        return self.filtered(lambda line: line.lot_id in held and not line._may_leave())

    def _may_leave(self):
        target = self.location_dest_id
        if self.move_id.scrap_id and target.usage == "inventory":
            return True
        return self.lot_id._may_leave_to(self.location_id, target, self.picking_id)

    def _hold_reason(self):
        return self.env._(
            "Lot %(lot)s of %(product)s is on hold. %(why)s. It may only go to a"
            " quarantine place, be scrapped or go back to its supplier, until a quality"
            " manager releases it: take another lot.",
            lot=self.lot_id.name,
            product=self.product_id.display_name,
            why=self.lot_id._hold_reasons().get(self.lot_id, "").rstrip("."),
        )

    # -- what is typed in ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        if self.env.context.get("gate") is not LATER:
            lines._check_gate()
        return lines

    def write(self, vals):
        if not self._gate_fields() & set(vals):
            return super().write(vals)
        done = self.filtered(lambda line: line.state == "done")
        done._check_history(vals)
        result = super().write(vals)
        if self.env.context.get("gate") is not LATER:
            (self - done)._check_written(vals)
        return result

    def _gate_fields(self):
        return {
            "lot_id", "quant_id", "quantity", "location_id", "location_dest_id",
            "package_id", "result_package_id", "owner_id", "product_uom_id", "move_id",
        }  # fmt: skip

    def _check_written(self, vals):
        if set(vals) & (self._gate_fields() - {"quantity"}):
            self._check_gate()
        elif vals.get("quantity"):
            # The line is there, so a hold placed meanwhile meets it: what is known of
            # the lots is enough.
            self.filtered("lot_id.is_on_hold")._check_gate()

    def _check_history(self, vals):
        """A done line of a held lot stays: its edit would move the lot."""
        lots = self.lot_id | self.lot_id.browse(vals.get("lot_id") or ())
        held = lots._locked_on_hold()
        if held:
            raise UserError(
                self.env._(
                    "Lot %(lot)s is on hold: %(why)s. What was done with it is not"
                    " edited; make a return, a scrap or a count.",
                    lot=held[0].name,
                    why=held[0].hold_reason.rstrip("."),
                )
            )

    # -- what happens -----------------------------------------------------------------

    def _action_done(self):
        self._check_gate()
        leaving = self._leaving()
        # The new stock of lots that come in gets the flag as it is now.
        ((self - leaving).lot_id - leaving.lot_id)._locked_on_hold()
        return super()._action_done()
