from odoo import fields, models


class FarmRecallClosing(models.TransientModel):
    """Close a recall that does not balance, with the reason why not."""

    _name = "farm.recall.closing"
    _description = "Close a Recall with a Reason"

    recall_id = fields.Many2one("farm.recall", required=True, readonly=True)
    open_text = fields.Text("What Is Open", compute="_compute_open_text")
    reason = fields.Text(required=True)

    def _compute_open_text(self):
        for closing in self:
            closing.open_text = closing.recall_id._open_text()

    def action_close(self):
        self.ensure_one()
        self.recall_id._close(self.reason or "")
        return {"type": "ir.actions.act_window_close"}
