from odoo import models


class StockMove(models.Model):
    _inherit = "stock.move"

    def action_open_reference(self):
        """A lot operation is the document of its moves."""
        operation = self.lot_operation_id
        if not operation or not operation.has_access("read"):
            return super().action_open_reference()
        return {
            "type": "ir.actions.act_window",
            "res_model": operation._name,
            "res_id": operation.id,
            "views": [[False, "form"]],
        }
