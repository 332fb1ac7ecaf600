from odoo import fields, models


class FarmScanEvent(models.Model):
    _inherit = "farm.scan.event"

    batch_id = fields.Many2one(
        "stock.picking.batch",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
