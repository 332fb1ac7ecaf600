from odoo import fields, models


class FarmRecallPicking(models.Model):
    """A transfer that had affected lots reserved or picked when they were stopped."""

    _name = "farm.recall.picking"
    _description = "Transfer Stopped by a Recall"
    _inherit = ["farm.evidence"]
    _order = "id"

    recall_id = fields.Many2one(
        "farm.recall", required=True, index=True, readonly=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="recall_id.company_id", store=True, index=True)
    picking_id = fields.Many2one(
        "stock.picking",
        "Transfer",
        index="btree_not_null",
        readonly=True,
        ondelete="set null",
    )
    partner_id = fields.Many2one(related="picking_id.partner_id")
    picking_state = fields.Selection(
        related="picking_id.state", string="Status Now", help="Of the transfer."
    )
    scheduled_date = fields.Datetime(
        related="picking_id.scheduled_date", help="Of the transfer."
    )
    quantity = fields.Float(
        "Taken from It",
        readonly=True,
        digits="Product Unit",
        help="What it had of affected lots when they were stopped.",
    )
    recall_name = fields.Char(related="recall_id.name")
    reason = fields.Text(related="recall_id.reason")
    is_mock = fields.Boolean(related="recall_id.is_mock")

    _unique = models.UniqueIndex(
        "(recall_id, picking_id)", "A transfer is named once in a recall."
    )
