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
                self._prepare_output_of(line) | {"input_id": line.id}
                for line in self.input_ids
            ]
        total = sum(line._in_unit(self.uom_id) for line in self.input_ids)
        return [
            self._prepare_output_of(self.input_ids[0])
            | {
                "input_quantity": total,
                "piece_count": sum(map(self._pieces_of, self.input_ids)),
            }
        ]

    def _prepare_output_of(self, line):
        return {
            "product_id": line.product_id.id,
            "input_quantity": line._in_unit(self.uom_id),
            "piece_count": self._pieces_of(line),
        }

    def _pieces_of(self, line):
        """Pieces of a counted lot that lie in an input, by its part of the lot."""
        lot = line.lot_id
        if not lot.remaining_count or line.uom_id.is_zero(lot.product_qty):
            return 0
        share = min(line.quantity / lot.product_qty, 1.0)
        return round(lot.remaining_count * share)

    def _open(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
        }
