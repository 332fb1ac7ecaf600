from odoo import api, fields, models
from odoo.exceptions import UserError


class StockScrap(models.Model):
    """Disposal in a recall: who saw it, and the paper about it."""

    _inherit = "stock.scrap"

    recall_id = fields.Many2one(
        "farm.recall",
        index="btree_not_null",
        readonly=True,
        copy=False,
        groups="farm_traceability.group_manager",
    )
    recall_witness = fields.Char("Witness", readonly=True, copy=False)

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_no_recall(vals)
        return super().create(vals_list)

    def write(self, vals):
        self._check_no_recall(vals)
        return super().write(vals)

    def _check_no_recall(self, vals):
        if {"recall_id", "recall_witness"} & set(vals) and not self.env.su:
            raise UserError(
                self.env._(
                    "Disposal in a recall is entered there, with its witness. Leave"
                    " both out."
                )
            )
