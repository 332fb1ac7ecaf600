from odoo import fields, models
from odoo.exceptions import UserError


class FarmLotReversal(models.TransientModel):
    _name = "farm.lot.reversal"
    _description = "Reversal of a Lot Operation"

    operation_id = fields.Many2one("farm.lot.operation", required=True, readonly=True)
    reason = fields.Text(required=True, help="It stays on record with the operation.")

    def action_reverse(self):
        self.ensure_one()
        if not self.reason.strip():
            raise UserError(self.env._("Give the reason; it stays on record."))
        self.operation_id._reverse(self.reason.strip())
        return self.operation_id._open()
