from odoo import api, fields, models
from odoo.exceptions import UserError


class StockMove(models.Model):
    _inherit = "stock.move"

    lot_operation_id = fields.Many2one(
        "farm.lot.operation", index="btree_not_null", readonly=True, copy=False
    )

    @api.model_create_multi
    def create(self, vals_list):
        if self.env.su:
            return super().create(vals_list)
        for vals in vals_list:
            self._check_no_operation(vals)
        context = dict(self.env.context)
        context.pop("default_lot_operation_id", None)
        plain = self.with_env(self.env(context=context))
        return super(StockMove, plain).create(vals_list).with_env(self.env)

    def write(self, vals):
        self._check_no_operation(vals)
        return super().write(vals)

    def _check_no_operation(self, vals):
        if "lot_operation_id" in vals and not self.env.su:
            raise UserError(
                self.env._(
                    "The moves of a lot operation are made when it is posted. Leave"
                    " the lot operation out, or post one."
                )
            )
