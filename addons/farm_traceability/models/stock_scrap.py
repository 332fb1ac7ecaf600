from odoo import fields, models


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
