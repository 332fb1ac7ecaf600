from odoo import api, fields, models
from odoo.exceptions import UserError

from ...balance import Balance, Given, Taken
from ...wording import number_text

KINDS = [
    ("split", "Split"),
    ("merge", "Merge"),
    ("repack", "Repack"),
    ("regrade", "Regrade or Sort"),
    ("treat", "Treat"),
]


class FarmLotOperation(models.Model):
    """Lots consumed and lots produced at one place.

    Posting makes stock moves through the production location and links them by
    Odoo's own consume/produce relation, so that every report finds the way back.
    A posted operation is never edited; it is reversed as a whole.
    """

    _name = "farm.lot.operation"
    _description = "Lot Operation"
    _inherit = ["farm.numbered", "farm.evidence", "mail.thread"]
    _order = "date desc, id desc"
    _check_company_auto = True

    kind = fields.Selection(KINDS, default="split", required=True)
    date = fields.Datetime(required=True, default=fields.Datetime.now)
    state = fields.Selection(
        [("draft", "Draft"), ("done", "Posted"), ("reversed", "Reversed")],
        string="Status",
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    location_id = fields.Many2one(
        "stock.location",
        "Place",
        required=True,
        check_company=True,
        domain=[("usage", "=", "internal")],
        default=lambda self: self._default_location(),
        help="Where the new lots are put, and where inputs lie unless they say else.",
    )
    input_ids = fields.One2many("farm.lot.operation.input", "operation_id", "Inputs")
    output_ids = fields.One2many("farm.lot.operation.output", "operation_id", "Outputs")
    loss_ids = fields.One2many("farm.lot.operation.loss", "operation_id", "Losses")
    move_ids = fields.One2many("stock.move", "lot_operation_id", readonly=True)
    input_lots = fields.Char("From", compute="_compute_lot_names")
    output_lots = fields.Char("Made", compute="_compute_lot_names")
    uom_id = fields.Many2one(
        "uom.uom",
        "Unit",
        compute="_compute_uom_id",
        help="Unit of the first input: the operation is balanced in it.",
    )
    imbalance = fields.Float(
        compute="_compute_imbalance",
        store=True,
        digits="Product Unit",
        help="Inputs less outputs and losses, in the first input's unit. What is left"
        " here when it is posted lies within the tolerance of the products.",
    )
    balance_text = fields.Char("Balance", compute="_compute_balance_text")

    @api.model
    def _default_location(self):
        return self.env.user._get_default_warehouse_id().lot_stock_id

    @api.depends("input_ids.lot_id", "output_ids.lot_id")
    def _compute_lot_names(self):
        for operation in self:
            operation.input_lots = ", ".join(operation.input_ids.lot_id.mapped("name"))
            operation.output_lots = ", ".join(
                operation.output_ids.lot_id.mapped("name")
            )

    # -- balance ----------------------------------------------------------------

    @api.depends("input_ids.lot_id")
    def _compute_uom_id(self):
        for operation in self:
            operation.uom_id = operation.input_ids.lot_id[:1].product_id.uom_id

    @api.depends(
        "input_ids.lot_id",
        "input_ids.quantity",
        "output_ids.input_quantity",
        "loss_ids.quantity",
    )
    def _compute_imbalance(self):
        for operation in self:
            operation.imbalance = operation._get_balance().difference

    @api.depends("imbalance", "uom_id", "state")
    def _compute_balance_text(self):
        for operation in self:
            operation.balance_text = operation._get_balance_text()

    def _get_balance_text(self):
        """One line that says how much is still open."""
        if not self.input_ids or not self.uom_id:
            return ""
        values = {
            "quantity": self._number(abs(self.imbalance)),
            "unit": self.uom_id.name,
        }
        if self.uom_id.is_zero(self.imbalance):
            return self.env._("All is accounted for.")
        if self.imbalance < 0:
            return self.env._("%(quantity)s %(unit)s more than the inputs.", **values)
        return self.env._("%(quantity)s %(unit)s not yet accounted for.", **values)

    def _get_balance(self):
        """The balance in the operation's unit; keys are lines."""
        self.ensure_one()
        return Balance(
            [
                Given(line, line._in_unit(self.uom_id), line._get_tolerance())
                for line in self.input_ids
            ],
            [
                Taken(line, line.input_quantity, self._named_input(line))
                for line in self.output_ids
            ],
            [
                Taken(line, line.quantity, self._named_input(line))
                for line in self.loss_ids
            ],
            self.uom_id.rounding or 0.01,
        )

    def _named_input(self, line):
        return line.input_id if line.input_id in self.input_ids else None

    def _number(self, value):
        return number_text(self.env, self.uom_id[:1].round(value))

    # -- posted is posted -------------------------------------------------------------

    def write(self, vals):
        # The way from posted to reversed is a method's, which elevates itself.
        if not (self.env.su and vals.get("state") == "reversed"):
            self._check_not_posted()
        return super().write(vals)

    def _check_not_posted(self):
        posted = self.filtered(lambda operation: operation.state != "draft")
        if posted:
            raise UserError(
                self.env._(
                    "%(operations)s is posted and stays as it is.",
                    operations=", ".join(posted.mapped("name")),
                )
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_only_draft(self):
        if any(operation.state != "draft" for operation in self):
            raise UserError(self.env._("A posted lot operation stays on record."))
