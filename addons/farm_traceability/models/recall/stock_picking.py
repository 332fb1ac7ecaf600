from odoo import api, fields, models
from odoo.exceptions import UserError


class StockPicking(models.Model):
    """Transfers that a recall made, or took goods from."""

    _inherit = "stock.picking"

    recall_customer_id = fields.Many2one(
        "farm.recall.customer",
        "Made for the Recall",
        index="btree_not_null",
        readonly=True,
        copy=False,
        groups="farm_traceability.group_manager",
    )
    recall_row_ids = fields.One2many(
        "farm.recall.picking",
        "picking_id",
        "Recalls",
        readonly=True,
        copy=False,
        # A drill takes nothing off.
        domain=[("is_mock", "=", False)],
    )

    has_recall = fields.Boolean(compute="_compute_has_recall")

    @api.depends("recall_row_ids")
    def _compute_has_recall(self):
        for picking in self:
            picking.has_recall = bool(picking.recall_row_ids)

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_no_recall(vals)
        return super().create(vals_list)

    def write(self, vals):
        self._check_no_recall(vals)
        return super().write(vals)

    def _check_no_recall(self, vals):
        if {"recall_customer_id", "recall_row_ids"} & set(vals) and not self.env.su:
            raise UserError(
                self.env._(
                    "Transfers of a recall are made on its list of customers. Leave the"
                    " recall out."
                )
            )

    def _action_done(self):
        result = super()._action_done()
        # Who receives goods back need not be able to open the recall.
        for picking in self.sudo().filtered("recall_customer_id"):
            picking._log_in_recall()
        return result

    def _log_in_recall(self):
        customer = self.recall_customer_id
        came_back = self.location_id.usage == "customer"
        customer.recall_id._log(
            "returned" if came_back else "replaced",
            self.env._(
                "%(picking)s of %(partner)s is done: %(quantity)s.",
                picking=self.name,
                partner=customer.partner_id.name,
                quantity=self._done_text(),
            ),
        )

    def _done_text(self):
        return ", ".join(
            f"{move.quantity:g} {move.product_uom.name} {move.product_id.name}"
            for move in self.move_ids
            if move.state == "done"
        )
