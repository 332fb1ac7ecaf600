from odoo import fields, models


class FarmRecallAddition(models.TransientModel):
    """Add lots to a frozen scope, with the reason."""

    _name = "farm.recall.addition"
    _description = "Add Lots to a Recall"

    recall_id = fields.Many2one("farm.recall", required=True, readonly=True)
    lot_ids = fields.Many2many("stock.lot", string="Lots", required=True)
    reason = fields.Text(required=True)

    def action_add(self):
        self.ensure_one()
        self.recall_id._add_lots(self.lot_ids, self.reason)
        return {"type": "ir.actions.act_window_close"}
