from odoo import fields, models


class FarmRecallAmendment(models.Model):
    """Lots that came into a frozen scope later: when, by whom and why."""

    _name = "farm.recall.amendment"
    _description = "Amendment of a Recall's Scope"
    _inherit = ["farm.evidence"]
    _order = "id desc"
    _rec_name = "reason"

    recall_id = fields.Many2one(
        "farm.recall", required=True, index=True, readonly=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="recall_id.company_id", store=True, index=True)
    date = fields.Datetime(readonly=True, required=True, default=fields.Datetime.now)
    user_id = fields.Many2one(
        "res.users",
        "By",
        readonly=True,
        required=True,
        default=lambda self: self.env.user,
    )
    reason = fields.Text(readonly=True, required=True)
    lot_ids = fields.Many2many("stock.lot", string="Lots", readonly=True)
    trace_seconds = fields.Float(readonly=True, digits=(16, 3))
    hold_seconds = fields.Float(readonly=True, digits=(16, 3))
