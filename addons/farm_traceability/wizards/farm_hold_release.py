from odoo import fields, models


class FarmHoldRelease(models.TransientModel):
    """Release all or some lots of a hold, with a reason that stays."""

    _name = "farm.hold.release"
    _description = "Release Lots"

    hold_id = fields.Many2one("farm.hold", required=True, readonly=True)
    held_lot_ids = fields.Many2many(related="hold_id.held_lot_ids")
    lot_ids = fields.Many2many(
        "stock.lot",
        string="Only These Lots",
        domain="[('id', 'in', held_lot_ids)]",
        help="Leave empty to release all lots of the hold.",
    )
    reason = fields.Text(required=True)

    def action_release(self):
        self.ensure_one()
        self.hold_id._release(self.reason, self.lot_ids or None)
        return {"type": "ir.actions.act_window_close"}
