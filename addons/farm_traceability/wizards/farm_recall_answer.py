from odoo import api, fields, models
from odoo.fields import Command


class FarmRecallAnswerEntry(models.TransientModel):
    """What a customer says, product by product."""

    _name = "farm.recall.answer.entry"
    _description = "Enter a Customer's Answer"

    customer_id = fields.Many2one("farm.recall.customer", required=True, readonly=True)
    date = fields.Datetime(required=True, default=fields.Datetime.now)
    answered_by = fields.Char("Who Says So", required=True)
    document = fields.Binary()
    document_name = fields.Char()
    note = fields.Text()
    line_ids = fields.One2many(
        "farm.recall.answer.line",
        "entry_id",
        compute="_compute_line_ids",
        store=True,
        readonly=False,
        precompute=True,
    )

    @api.depends("customer_id")
    def _compute_line_ids(self):
        for entry in self:
            entry.line_ids = [Command.clear()] + [
                Command.create({"product_id": product.id, "rest": rest})
                for product, rest in entry._rest().items()
            ]

    def _rest(self):
        customer = self.customer_id
        if not customer:
            return {}
        recall = customer.recall_id
        rest = recall._rest_of(customer, recall._progress())
        return {product: one for product, (one, _answer) in rest.items() if one > 0}

    def action_record(self):
        self.ensure_one()
        self.customer_id._answer(
            {
                line.product_id: {
                    "on_hand": line.on_hand,
                    "sold": line.sold,
                    "destroyed": line.destroyed,
                }
                for line in self.line_ids
            },
            answered_by=self.answered_by,
            date=self.date,
            document=self.document,
            document_name=self.document_name,
            note=self.note,
        )
        return {"type": "ir.actions.act_window_close"}


class FarmRecallAnswerLine(models.TransientModel):
    _name = "farm.recall.answer.line"
    _description = "Answer for One Product"
    _order = "id"

    entry_id = fields.Many2one(
        "farm.recall.answer.entry", required=True, index=True, ondelete="cascade"
    )
    product_id = fields.Many2one("product.product", required=True, readonly=True)
    uom_id = fields.Many2one(related="product_id.uom_id")
    rest = fields.Float("By Our Records", readonly=True, digits="Product Unit")
    on_hand = fields.Float("Still There", digits="Product Unit")
    sold = fields.Float("Sold On or Eaten", digits="Product Unit")
    destroyed = fields.Float("Destroyed There", digits="Product Unit")
