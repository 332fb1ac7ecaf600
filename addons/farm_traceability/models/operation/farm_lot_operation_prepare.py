from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Command


class FarmLotOperation(models.Model):
    """Drafts made of what lies in stock, with sensible outputs to begin with."""

    _inherit = "farm.lot.operation"

    @api.model
    def _prepare_from_quants(self, quants, kind):
        """Make a draft that takes all that is free of the quants.

        A merge makes one lot of all; the other kinds one of each input, which is
        only to be corrected where something else came out. A split has no outputs
        yet.

        :raises UserError: when nothing of the quants is free
        :rtype: farm.lot.operation
        """
        free = quants.filtered(lambda quant: quant._get_free_to_operate() > 0)
        if not free:
            raise UserError(
                self.env._(
                    "Nothing of it is free: all is reserved, delivered or used up."
                )
            )
        operation = self.create(
            {
                "kind": kind,
                "company_id": free[0].company_id.id,
                "location_id": free[0].location_id.id,
                "input_ids": [
                    Command.create(quant._prepare_operation_input_vals())
                    for quant in free
                ],
            }
        )
        operation.output_ids = [
            Command.create(vals) for vals in operation._prepare_first_outputs()
        ]
        return operation

    def _prepare_first_outputs(self):
        if self.kind == "split":
            return []
        if self.kind != "merge":
            return [
                {
                    "product_id": line.product_id.id,
                    "input_id": line.id,
                    "input_quantity": line._in_unit(self.uom_id),
                }
                for line in self.input_ids
            ]
        total = sum(line._in_unit(self.uom_id) for line in self.input_ids)
        product = self.input_ids[0].product_id
        return [{"product_id": product.id, "input_quantity": total}]

    def _open(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
        }
