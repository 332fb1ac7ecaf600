from odoo import fields, models


class FarmRecallAnswer(models.Model):
    """What a customer says of one product. A later answer counts instead of it."""

    _name = "farm.recall.answer"
    _description = "Answer of a Customer"
    _inherit = ["farm.evidence"]
    _order = "id desc"

    customer_id = fields.Many2one(
        "farm.recall.customer",
        required=True,
        index=True,
        readonly=True,
        ondelete="cascade",
    )
    recall_id = fields.Many2one(related="customer_id.recall_id", store=True, index=True)
    company_id = fields.Many2one(related="customer_id.company_id", store=True)
    product_id = fields.Many2one("product.product", required=True, readonly=True)
    uom_id = fields.Many2one(related="product_id.uom_id")
    on_hand = fields.Float("Still There", readonly=True, digits="Product Unit")
    sold = fields.Float("Sold On or Eaten", readonly=True, digits="Product Unit")
    destroyed = fields.Float("Destroyed There", readonly=True, digits="Product Unit")
    date = fields.Datetime(
        "Answered on", readonly=True, required=True, default=fields.Datetime.now
    )
    answered_by = fields.Char("Who Said So", readonly=True)
    user_id = fields.Many2one(
        "res.users",
        "Recorded by",
        readonly=True,
        required=True,
        default=lambda self: self.env.user,
    )
    document = fields.Binary(attachment=True, readonly=True)
    document_name = fields.Char(readonly=True)
    note = fields.Text(readonly=True)
