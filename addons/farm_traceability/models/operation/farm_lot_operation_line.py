from odoo import api, fields, models
from odoo.exceptions import UserError


class FarmLotOperationLine(models.AbstractModel):
    """What belongs to an operation is frozen with it."""

    _name = "farm.lot.operation.line"
    _description = "Line of a Lot Operation"
    _inherit = "farm.evidence"
    _check_company_auto = True

    operation_id = fields.Many2one(
        "farm.lot.operation", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="operation_id.company_id")

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines._check_not_posted()
        return lines

    def write(self, vals):
        self._check_not_posted()
        result = super().write(vals)
        if "operation_id" in vals:
            self._check_not_posted()
        return result

    @api.ondelete(at_uninstall=False)
    def _check_not_posted(self):
        if any(operation.state != "draft" for operation in self.operation_id):
            raise UserError(self.env._("A posted lot operation stays as it is."))
