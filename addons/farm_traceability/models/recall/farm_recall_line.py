from odoo import fields, models

KINDS = [
    ("on_hand", "On hand"),
    ("in_transit", "In transit"),
    ("delivered", "Delivered"),
    ("consumed", "Consumed"),
    ("scrapped", "Scrapped"),
    ("returned", "Returned to supplier"),
    ("missing", "Missing at a count"),
]


class FarmRecallLine(models.Model):
    """A lot at a place or with a customer, as it was when the scope was frozen."""

    _name = "farm.recall.line"
    _description = "Line of a Recall's Scope"
    _inherit = ["farm.evidence"]
    _order = "recall_id, kind, id"

    recall_id = fields.Many2one(
        "farm.recall", required=True, index=True, readonly=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, readonly=True
    )
    kind = fields.Selection(KINDS, required=True, readonly=True)
    lot_id = fields.Many2one(
        "stock.lot", required=True, index=True, readonly=True, ondelete="restrict"
    )
    product_id = fields.Many2one("product.product", required=True, readonly=True)
    uom_id = fields.Many2one("uom.uom", "Unit", required=True, readonly=True)
    location_id = fields.Many2one("stock.location", "Place", readonly=True)
    customer_id = fields.Many2one(
        "farm.recall.customer",
        "Row of the List",
        index="btree_not_null",
        readonly=True,
    )
    partner_id = fields.Many2one("res.partner", "Customer", readonly=True, index=True)
    quantity = fields.Float(
        "Found",
        readonly=True,
        digits="Product Unit",
        help="When the scope was frozen; of deliveries, less what had come back.",
    )
    reserved = fields.Float(readonly=True, digits="Product Unit")
    delivered = fields.Float("Got", readonly=True, digits="Product Unit")
    brought_back = fields.Float(
        "Brought Back Before", readonly=True, digits="Product Unit"
    )
    first_date = fields.Datetime("First on", readonly=True)
    last_date = fields.Datetime("Last on", readonly=True)
    is_later = fields.Boolean(
        "Found Later",
        readonly=True,
        help="Came up after the scope was frozen: a delivery entered late, or one of"
        " goods that were released.",
    )
    is_told = fields.Boolean(
        "Told",
        readonly=True,
        help="A notice to the customer, or their answer, came after this was found.",
    )
    amendment_id = fields.Many2one(
        "farm.recall.amendment", readonly=True, index="btree_not_null"
    )

    # What happened since, from the moves.
    now = fields.Float(compute="_compute_progress", digits="Product Unit")
    later = fields.Float(
        "Got Later", compute="_compute_progress", digits="Product Unit"
    )
    recovered = fields.Float(compute="_compute_progress", digits="Product Unit")
    disposed = fields.Float(compute="_compute_progress", digits="Product Unit")

    def _warn_of_nameless(self):
        """Goods that went out without a customer's name: nobody would be told."""
        lines = self.filtered(
            lambda line: (
                line.kind == "delivered"
                and not line.partner_id
                and not line.recall_id.is_mock
                and line.uom_id.compare(line.quantity, 0.0) > 0
            )
        )
        for recall, of_recall in lines.grouped("recall_id").items():
            recall._warn(
                self.env._(
                    "No transfer says who got lot %(lots)s: find out, and tell them.",
                    lots=", ".join(of_recall.lot_id.mapped("name")),
                ),
                self.env._("Recall: find out who got these lots"),
            )

    def _compute_progress(self):
        for recall, lines in self.grouped("recall_id").items():
            progress = recall._progress(lines.lot_id.ids)
            for line in lines:
                line.update(progress.of_line(line))
