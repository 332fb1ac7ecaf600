from odoo import api, models

# Moves whose own apps say what they are linked to.
OTHER_OPERATIONS = (
    "production_id",
    "raw_material_production_id",
    "unbuild_id",
    "consume_unbuild_id",
    "repair_id",
)


class StockTraceabilityReport(models.TransientModel):
    _inherit = "stock.traceability.report"

    @api.model
    def _get_linked_move_lines(self, move_line):
        """Lines behind and lines made of a line of a lot operation."""
        move_lines, is_used = super()._get_linked_move_lines(move_line)
        if not self._is_of_other_operation(move_line.move_id):
            move_lines = move_lines or move_line.consume_line_ids
            is_used = is_used or move_line.produce_line_ids
        return move_lines, is_used

    def _is_of_other_operation(self, move):
        return any(name in move._fields and move[name] for name in OTHER_OPERATIONS)
