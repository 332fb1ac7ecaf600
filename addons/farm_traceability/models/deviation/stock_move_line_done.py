from odoo import api, models
from odoo.exceptions import UserError


class StockMoveLine(models.Model):
    """What was taken goes on record when it moves, and when it is changed later."""

    _inherit = "stock.move.line"

    def _action_done(self):
        deviations = self.filtered("quantity")._known_deviations()
        result = super()._action_done()
        self._record_deviations(deviations)
        return result

    def _record_deviations(self, deviations):
        # Nobody has the right to write what only follows from what was done.
        self.env["farm.deviation"].sudo().create(
            [line._prepare_deviation_vals(given) for line, given in deviations.items()]
        )

    def _prepare_deviation_vals(self, given):
        move, lot = self.move_id, self.lot_id
        return {
            "company_id": self.company_id.id,
            "date": self.date,
            "user_id": self.env.uid,
            "picking_id": self.picking_id.id,
            "picking_type_id": move._get_operation().id,
            "partner_id": move._get_deviation_partner().id,
            "product_id": self.product_id.id,
            "location_id": self.location_id.id,
            "location_dest_id": self.location_dest_id.id,
            "given_lot_id": given.id,
            "given_expiry": given.expiration_date,
            "lot_id": lot.id,
            "expiry": lot.expiration_date,
            "days": self._days_between(given, lot),
            "quantity": self.quantity_product_uom,
            "product_uom_id": self.product_id.uom_id.id,
            "reason_id": self.deviation_reason_id.id,
            "note": self.deviation_note,
        }

    def _days_between(self, given, lot):
        if not given.expiration_date or not lot.expiration_date:
            return 0
        return (lot.expiration_date.date() - given.expiration_date.date()).days

    # -- what is done is changed -------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        late = lines.filtered(lambda line: line.state == "done" and line._is_watched())
        late._record_late({line: line.lot_id.browse() for line in late})
        return lines

    def write(self, vals):
        done = self.browse()
        if {"lot_id", "quant_id", "deviation_reason_id", "deviation_note"} & set(vals):
            done = self.filtered(
                lambda line: line.state == "done" and line._is_watched()
            )
        before = {line: line.lot_id for line in done}
        result = super().write(vals)
        changed = done.filtered(lambda line: line.lot_id != before[line])
        if done - changed and not self.env.su:
            (done - changed)._check_reason_stays(vals)
        changed._record_late(before)
        return result

    def _check_reason_stays(self, vals):
        if {"deviation_reason_id", "deviation_note"} & set(vals):
            raise UserError(
                self.env._(
                    "%(transfer)s is done: its reasons are on record and stay as they"
                    " were given.",
                    transfer=self[:1].reference or self[:1].display_name,
                )
            )

    def _record_late(self, before):
        """A lot that is changed after the fact is a deviation like any other."""
        late = {
            line: line.given_lot_id or before[line]
            for line in self
            if line.lot_id and line.lot_id != line.given_lot_id
        }
        for line, given in late.items():
            if not line.move_id._get_operation()._may_pass_stop():
                raise UserError(line._late_text())
            line._check_gate([lambda line=line, given=given: line._late_rule(given)])
        self._record_deviations(late)

    def _late_rule(self, given):
        text = self._deviation_refusal(given)
        return {self: text} if text else {}

    def _late_text(self):
        return self.env._(
            "%(transfer)s is done: its lots are not changed any more. Return the goods,"
            " or ask an inventory manager or quality manager to correct the line with"
            " a reason.",
            transfer=self.reference or self.display_name,
        )
