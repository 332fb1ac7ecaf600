from odoo import fields, models


class StockPicking(models.Model):
    """Who validates a transfer is asked why another lot was taken."""

    _inherit = "stock.picking"

    deviation_ids = fields.One2many("farm.deviation", "picking_id", "Deviations")
    deviation_count = fields.Integer(compute="_compute_deviation_count")

    def _compute_deviation_count(self):
        counts = self.env["farm.deviation"]._count_by("picking_id", self)
        for picking in self:
            picking.deviation_count = counts.get(picking, 0)

    def _pre_action_done_hook(self):
        result = super()._pre_action_done_hook()
        if result is not True:
            return result
        return self._ask_for_reasons() or True

    def _ask_for_reasons(self):
        """Open the question for lines that take another lot without saying why."""
        deviations = self.move_line_ids._going_lines()._deviations()
        unanswered = {
            line: given
            for line, given in deviations.items()
            if line._deviation_refusal(given)
        }
        stopped = [line for line in unanswered if line._is_stopped_from_deviating()]
        if stopped:
            stopped[0]._check_gate(
                [lambda: {line: line._stop_text(unanswered[line]) for line in stopped}]
            )
        if not unanswered:
            return None
        return self.env["farm.deviation.question"]._open(self, unanswered)

    def action_open_deviations(self):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "farm_traceability.farm_deviation_action"
        )
        return action | {
            "domain": [("picking_id", "in", self.ids)],
            "context": {"create": False},
        }
