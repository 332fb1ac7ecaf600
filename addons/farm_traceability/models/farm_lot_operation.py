from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command


class FarmLotOperation(models.Model):
    """Lots consumed and lots produced at one place.

    Posting makes stock moves through the production location and links them by
    Odoo's own consume/produce relation, so that every report finds the way back.
    A posted operation is never edited.
    """

    _name = "farm.lot.operation"
    _description = "Lot Operation"
    _inherit = ["farm.evidence", "mail.thread"]
    _order = "date desc, id desc"
    _check_company_auto = True

    name = fields.Char(readonly=True, copy=False, default="/")
    kind = fields.Selection([("split", "Split")], default="split", required=True)
    date = fields.Datetime(required=True, default=fields.Datetime.now)
    state = fields.Selection(
        [("draft", "Draft"), ("done", "Posted")],
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
    )
    input_ids = fields.One2many("farm.lot.operation.input", "operation_id", "Inputs")
    output_ids = fields.One2many("farm.lot.operation.output", "operation_id", "Outputs")
    loss_ids = fields.One2many("farm.lot.operation.loss", "operation_id", "Losses")
    move_ids = fields.One2many("stock.move", "lot_operation_id", readonly=True)
    uom_id = fields.Many2one("uom.uom", "Unit", compute="_compute_balance")
    imbalance = fields.Float(
        compute="_compute_balance",
        digits="Product Unit",
        help="Inputs less outputs and losses, in the inputs' unit.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            if vals.get("name", "/") == "/":
                vals["name"] = self.env["ir.sequence"].next_by_code(
                    "farm.lot.operation"
                )
        return super().create(vals_list)

    @api.depends("input_ids.quantity", "output_ids.input_quantity", "loss_ids.quantity")
    def _compute_balance(self):
        for operation in self:
            operation.uom_id = operation.input_ids.lot_id.product_id.uom_id[:1]
            operation.imbalance = (
                sum(operation.input_ids.mapped("quantity"))
                - sum(operation.output_ids.mapped("input_quantity"))
                - sum(operation.loss_ids.mapped("quantity"))
            )

    # -- posting ----------------------------------------------------------------

    def action_post(self):
        """Check and make the stock moves, all operations of the set together.

        :raises UserError: naming the operation, what is wrong and by how much
        """
        for operation in self:
            operation._check_complete()
            operation._check_units()
            operation._check_balance()
        self._check_on_hand()
        self._take_pieces()
        self._create_output_lots()
        self._create_moves()._action_done()
        for operation in self:
            operation._link_lines()
        # The state is nobody's to write; only this method, after the moves, sets it.
        self.sudo().state = "done"
        return True

    # -- lots and moves --------------------------------------------------------------

    def _create_output_lots(self):
        outputs = self.output_ids.filtered(lambda line: not line.lot_id)
        names = outputs._next_lot_names()
        lots = (
            self.env["stock.lot"]
            # Nobody may type provenance in; here it is what the parents hand down.
            .sudo()
            .with_context(tracking_disable=True)
            .create(
                [
                    line._prepare_lot_vals() | {"name": name}
                    for line, name in zip(outputs, names, strict=True)
                ]
            )
        )
        for line, lot in zip(outputs, lots, strict=True):
            # Which lot an output became is nobody's to enter.
            line.sudo().lot_id = lot

    def _create_moves(self):
        vals_list = []
        for operation in self:
            for line in operation.input_ids:
                vals_list.append(operation._prepare_move_vals(line, consumed=True))
            for lines in operation.output_ids.grouped("product_id").values():
                vals_list.append(operation._prepare_move_vals(lines, consumed=False))
        # Which operation made a move is nobody's to enter.
        moves = self.env["stock.move"].sudo().create(vals_list).sudo(False)
        moves.picked = True
        return moves

    def _prepare_move_vals(self, lines, consumed):
        product = lines.product_id
        production = product.with_company(self.company_id).property_stock_production
        places = [self.location_id.id, production.id]
        source, target = places if consumed else reversed(places)
        base = {
            "product_id": product.id,
            "location_id": source,
            "location_dest_id": target,
            "company_id": self.company_id.id,
        }
        return base | {
            "lot_operation_id": self.id,
            "origin": self.name,
            "product_uom": product.uom_id.id,
            "product_uom_qty": sum(lines.mapped("quantity")),
            "move_line_ids": [
                Command.create(
                    base
                    | {
                        "lot_id": line.lot_id.id,
                        "quantity": line.quantity,
                        "product_uom_id": product.uom_id.id,
                    }
                )
                for line in lines
            ],
        }

    def _link_lines(self):
        """Link each produced line to the lines that it was made from."""
        lines = self.move_ids.move_line_ids
        consumed = lines.filtered(lambda line: line.location_id == self.location_id)
        (lines - consumed).consume_line_ids = consumed

    # -- posted is posted -------------------------------------------------------------

    def write(self, vals):
        self._check_not_posted()
        return super().write(vals)

    def _check_not_posted(self):
        posted = self.filtered(lambda operation: operation.state == "done")
        if posted:
            raise UserError(
                self.env._(
                    "%(operations)s is posted and stays as it is.",
                    operations=", ".join(posted.mapped("name")),
                )
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_only_draft(self):
        if any(operation.state == "done" for operation in self):
            raise UserError(self.env._("A posted lot operation stays on record."))
