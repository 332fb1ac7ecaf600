from odoo import fields, models


class StockLot(models.Model):
    _inherit = "stock.lot"

    deviation_count = fields.Integer(compute="_compute_deviation_count")

    def _compute_deviation_count(self):
        deviations = self.env["farm.deviation"]
        given = deviations._count_by("given_lot_id", self)
        taken = deviations._count_by("lot_id", self)
        for lot in self:
            lot.deviation_count = given.get(lot, 0) + taken.get(lot, 0)

    def action_open_deviations(self):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "farm_traceability.farm_deviation_action"
        )
        return action | {
            "domain": [
                "|",
                ("given_lot_id", "in", self.ids),
                ("lot_id", "in", self.ids),
            ],
            "context": {"create": False},
        }
