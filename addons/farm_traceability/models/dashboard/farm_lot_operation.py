from odoo import api, fields, models


class FarmLotOperation(models.Model):
    _inherit = "farm.lot.operation"

    loss_share = fields.Float(
        "Lost (%)",
        compute="_compute_loss_share",
        store=True,
        digits=(7, 2),
        aggregator="avg",
        help="Percent of the inputs that is not in the outputs: losses, and what stays"
        " unaccounted for within the tolerance.",
    )

    @api.depends("input_ids.lot_id", "input_ids.quantity", "output_ids.input_quantity")
    def _compute_loss_share(self):
        for operation in self:
            balance = operation._get_balance()
            given = sum(one.quantity for one in balance.given.values())
            taken = sum(one.quantity for one in balance.outputs)
            operation.loss_share = 100 * (given - taken) / given if given else 0.0
