from odoo import api, fields, models

from ..models.promise.farm_promise_waiver import ALLOWED_TO


class ExpiryPickingConfirmation(models.TransientModel):
    """Odoo asks before what is expired, or nearly, is delivered.

    What has expired needs a quality manager and a reason; what is only past its removal
    date needs a click, as before.
    """

    _inherit = "expiry.picking.confirmation"

    stopped_text = fields.Text(compute="_compute_stopped")
    may_allow = fields.Boolean(compute="_compute_stopped")
    reason = fields.Text(help="It stays on record with the transfer.")

    @api.depends("picking_ids")
    def _compute_stopped(self):
        may_allow = self.env.user.has_group(ALLOWED_TO)
        for wizard in self:
            reasons = wizard.picking_ids.move_line_ids._expired_rule()
            wizard.stopped_text = "\n".join(dict.fromkeys(reasons.values()))
            wizard.may_allow = may_allow

    def process(self):
        if self.reason:
            for picking in self.picking_ids:
                lots = self._get_expired_lots(picking)
                if lots:
                    self.env["farm.promise.waiver"]._allow(picking, lots, self.reason)
        return super().process()

    def _get_expired_lots(self, picking):
        reasons = picking.move_line_ids._expired_rule()
        return self.env["stock.lot"].union(*(line.lot_id for line in reasons))
