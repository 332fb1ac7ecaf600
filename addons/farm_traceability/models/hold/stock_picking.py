from odoo import api, fields, models


class StockPicking(models.Model):
    """A transfer says which of its lots are on hold, and why."""

    _inherit = "stock.picking"

    hold_text = fields.Text("Lots on Hold", compute="_compute_hold_text")

    @api.depends("move_line_ids.lot_id.is_on_hold", "state")
    def _compute_hold_text(self):
        going = self.filtered(lambda picking: picking.state not in ("done", "cancel"))
        held = going.move_line_ids.lot_id.filtered("is_on_hold")
        for picking in self:
            lots = picking.move_line_ids.lot_id & held if picking in going else ()
            picking.hold_text = "\n".join(
                f"{lot.name} · {lot.hold_reason}" for lot in lots
            )
