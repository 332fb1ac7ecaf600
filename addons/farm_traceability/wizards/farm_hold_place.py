from odoo import api, fields, models

from ..models.hold.farm_hold import HOLD_KINDS
from ..trace import DOWN, trace

# How lots are found in the records that the wizard is opened from.
LOTS_OF = {
    "stock.lot": "id",
    "stock.quant": "lot_id",
    "stock.picking": "move_line_ids.lot_id",
    "stock.move.line": "lot_id",
    "farm.expiry.board": "lot_id",
}


class FarmHoldPlace(models.TransientModel):
    """Put the chosen lots on hold, by a new hold or by one that is open.

    1. chosen in a list of lots, of stock or of transfers, or added here
    2. why, and whether what was made of them too
    3. placed, and the hold is opened
    """

    _name = "farm.hold.place"
    _description = "Place a Hold"

    hold_id = fields.Many2one("farm.hold", "Add to Hold", readonly=True)
    lot_ids = fields.Many2many(
        "stock.lot",
        string="Lots",
        required=True,
        default=lambda self: self._default_lots(),
    )
    kind = fields.Selection(HOLD_KINDS, default="quality")
    reason = fields.Text()
    with_descendants = fields.Boolean(
        "Descendants Too", help="Also all lots that were made of these, by the trace."
    )
    lot_count = fields.Integer("Lots Held", compute="_compute_lot_count")

    @api.model
    def _default_lots(self):
        model = self.env.context.get("active_model")
        if model not in LOTS_OF:
            return self.env["stock.lot"]
        records = self.env[model].browse(self.env.context.get("active_ids", ()))
        return records if model == "stock.lot" else records.mapped(LOTS_OF[model])

    @api.depends("lot_ids", "with_descendants")
    def _compute_lot_count(self):
        for wizard in self:
            lots = wizard.lot_ids._origin.ids
            if wizard.with_descendants:
                lots = trace(self.env, lots, DOWN).down_ids
            wizard.lot_count = len(lots)

    def action_place(self):
        self.ensure_one()
        hold = self.hold_id
        if hold:
            hold._add_lots(self.lot_ids)
        else:
            hold = self.env["farm.hold"]._place(
                self.lot_ids, self.kind, self.reason, self.with_descendants
            )
        return {
            "type": "ir.actions.act_window",
            "res_model": "farm.hold",
            "res_id": hold.id,
            "view_mode": "form",
        }
