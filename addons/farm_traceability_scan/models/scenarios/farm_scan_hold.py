from odoo import api, models
from odoo.exceptions import UserError

from .result import Result, question


class FarmScanHold(models.AbstractModel):
    """Hold: a lot is scanned, a reason is said, and it goes nowhere any more."""

    _name = "farm.scan.hold"
    _inherit = "farm.scan.scenario"
    _description = "Scan Screens: Hold a Lot"
    _document_model = None

    @api.model
    def _title(self):
        return self.env._("Hold a Lot")

    @api.model
    def _is_allowed(self):
        return super()._is_allowed() and self.env["farm.hold.place"].has_access(
            "create"
        )

    @api.model
    def _do_scan(self, _document, sent):
        meaning = self._meaning(sent, lambda one: one.kind == "lot")
        if isinstance(meaning, Result):
            return meaning
        if meaning.kind != "lot":
            raise UserError(
                self.env._("“%(name)s” is no lot. Scan a lot.", name=meaning.name)
            )
        lot = self.env["stock.lot"].browse(meaning.id)
        if lot.is_on_hold:
            raise UserError(
                self.env._(
                    "Lot %(lot)s is on hold already: %(reason)s",
                    lot=lot.name,
                    reason=lot.hold_reason,
                )
            )
        reason = sent["note"].strip()[:500]
        return self._place(lot, reason) if reason else self._ask(lot)

    def _ask(self, lot):
        return question(
            "note",
            self.env._(
                "Hold lot %(lot)s of %(product)s: why?",
                lot=lot.name,
                product=lot.product_id.display_name,
            ),
        )

    def _place(self, lot, reason):
        wizard = self.env["farm.hold.place"].create(
            {"lot_ids": lot.ids, "reason": reason}
        )
        wizard.action_place()
        return Result(self.env._("Lot %(lot)s is on hold.", lot=lot.name))
