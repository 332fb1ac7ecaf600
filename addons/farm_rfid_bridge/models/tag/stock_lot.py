from odoo import fields, models
from odoo.addons.farm_traceability.models.counts import count_by

from .farm_tag_state import READERS


class StockLot(models.Model):
    _inherit = "stock.lot"

    tag_ids = fields.One2many("farm.tag", "lot_id", "Tags", groups=READERS)
    tag_count = fields.Integer(compute="_compute_tag_count")

    def _compute_tag_count(self):
        counts = count_by(self, "farm.tag", "lot_id")
        for lot in self:
            lot.tag_count = counts.get(lot._origin, 0)

    def action_open_tags(self):
        return self.env["farm.tag"]._open_of("lot_id", self)
