from odoo import api, models


class StockTraceabilityReport(models.TransientModel):
    _inherit = "stock.traceability.report"

    @api.model
    def _get_reference(self, move_line):
        operation = move_line.move_id.lot_operation_id
        if operation:
            return operation._name, operation.id, operation.name
        return super()._get_reference(move_line)

    @api.model
    def _get_linked_move_lines(self, move_line):
        move_lines, is_used = super()._get_linked_move_lines(move_line)
        if move_line.move_id.lot_operation_id:
            move_lines = move_lines or move_line.consume_line_ids
            is_used = is_used or move_line.produce_line_ids
        return move_lines, is_used
