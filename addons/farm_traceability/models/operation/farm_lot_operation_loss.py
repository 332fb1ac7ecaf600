from odoo import api, fields, models
from odoo.exceptions import ValidationError

LOSS_KINDS = [
    ("stalk", "Stalk or Trim"),
    ("moisture", "Moisture Loss"),
    ("damage", "Damage"),
    ("rot", "Rot or Decay"),
    ("pest", "Pest"),
    ("overripe", "Overripe"),
    ("sample", "Sample"),
    ("other", "Other"),
]


class FarmLotOperationLoss(models.Model):
    _name = "farm.lot.operation.loss"
    _description = "Loss of a Lot Operation"
    _inherit = "farm.lot.operation.line"
    _order = "id"

    input_id = fields.Many2one(
        "farm.lot.operation.input",
        "Lost of",
        index="btree_not_null",
        domain="[('operation_id', '=', operation_id)]",
        help="The input that was lost. Leave it empty when it is of all of them.",
    )
    quantity = fields.Float(
        required=True, digits="Product Unit", help="In the first input's unit."
    )
    piece_count = fields.Integer("Pieces", help="Hands that were lost.")
    kind = fields.Selection(LOSS_KINDS, "Reason", default="stalk", required=True)
    reason = fields.Char("Remark", help="What else is to be said of the loss.")

    _quantity_positive = models.Constraint(
        "CHECK (quantity > 0 AND piece_count >= 0)",
        "The quantity of a loss must be above zero.",
    )

    @api.constrains("kind", "reason")
    def _check_reason(self):
        for loss in self:
            if loss.kind == "other" and not (loss.reason or "").strip():
                raise ValidationError(
                    self.env._(
                        "%(operation)s: say in the remark why %(quantity)s was lost, as"
                        " the reason is “Other”.",
                        operation=loss.operation_id.name,
                        quantity=loss.operation_id._number(loss.quantity),
                    )
                )
