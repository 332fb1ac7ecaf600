from odoo import api, fields, models
from odoo.exceptions import UserError


class FarmDeviationQuestion(models.TransientModel):
    """Why another lot is taken: asked when transfers are validated.

    1. The picker sees each lot that was given beside the one that is taken.
    2. One reason for all, or an own one for a line.
    3. The transfers are validated as they would have been.
    """

    _name = "farm.deviation.question"
    _description = "Why Another Lot"

    picking_ids = fields.Many2many("stock.picking", readonly=True)
    reason_id = fields.Many2one("farm.deviation.reason")
    needs_note = fields.Boolean(related="reason_id.needs_note")
    note = fields.Char()
    line_ids = fields.One2many("farm.deviation.question.line", "question_id")
    is_many = fields.Boolean(compute="_compute_is_many")

    @api.depends("line_ids")
    def _compute_is_many(self):
        for question in self:
            question.is_many = len(question.line_ids) > 1

    @api.model
    def _open(self, pickings, deviations):
        """The action that asks; ``deviations`` are lines with the lot they left."""
        # What other questions had as defaults is not for this one.
        context = {
            key: value
            for key, value in self.env.context.items()
            if not key.startswith("default_")
        }
        question = self.with_env(self.env(context=context)).create(
            {
                "picking_ids": pickings.ids,
                "line_ids": [
                    fields.Command.create(
                        {"move_line_id": line.id, "given_lot_id": given.id}
                    )
                    for line, given in deviations.items()
                ],
            }
        )
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "farm_traceability.farm_deviation_question_action"
        )
        return action | {"res_id": question.id, "context": context}

    def action_validate(self):
        self.ensure_one()
        for line in self.line_ids:
            line._answer()
        # As the first validation said: a batch has more transfers than deviate.
        ids = (
            self.env.context.get("button_validate_picking_ids") or self.picking_ids.ids
        )
        return self.env["stock.picking"].browse(ids).button_validate()


class FarmDeviationQuestionLine(models.TransientModel):
    _name = "farm.deviation.question.line"
    _description = "Why Another Lot: Line"

    question_id = fields.Many2one(
        "farm.deviation.question", required=True, ondelete="cascade", index=True
    )
    move_line_id = fields.Many2one(
        "stock.move.line", required=True, readonly=True, ondelete="cascade", index=True
    )
    picking_id = fields.Many2one(related="move_line_id.picking_id")
    product_id = fields.Many2one(related="move_line_id.product_id")
    location_id = fields.Many2one(related="move_line_id.location_id")
    given_lot_id = fields.Many2one("stock.lot", readonly=True, ondelete="cascade")
    given_expiry = fields.Datetime(
        "Given Lot Expires", related="given_lot_id.expiration_date"
    )
    taken_lot = fields.Char(compute="_compute_taken_lot")
    expiry = fields.Datetime(
        "Taken Lot Expires", related="move_line_id.lot_id.expiration_date"
    )
    quantity = fields.Float(related="move_line_id.quantity")
    product_uom_id = fields.Many2one(related="move_line_id.product_uom_id")
    reason_id = fields.Many2one(
        "farm.deviation.reason",
        "Own Reason",
        compute="_compute_reason",
        store=True,
        readonly=False,
        precompute=True,
    )
    note = fields.Char(
        compute="_compute_reason", store=True, readonly=False, precompute=True
    )

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines._check_readable()
        return lines

    def write(self, vals):
        result = super().write(vals)
        self._check_readable()
        return result

    def _check_readable(self):
        # Related fields show what a line is to whoever knows its id.
        self.move_line_id.check_access("read")
        self.given_lot_id.check_access("read")

    @api.depends("move_line_id")
    def _compute_taken_lot(self):
        for line in self:
            move_line = line.move_line_id
            line.taken_lot = move_line.lot_id.name or move_line.lot_name

    @api.depends("move_line_id")
    def _compute_reason(self):
        for line in self:
            line.reason_id = line.move_line_id.deviation_reason_id
            line.note = line.move_line_id.deviation_note

    def _answer(self):
        """Write the line's own reason, else the one for all, on the move line."""
        own = self if self.reason_id else self.question_id
        if not own.reason_id:
            raise UserError(
                self.env._(
                    "Choose a reason for lot %(lot)s of %(product)s.",
                    lot=self.taken_lot,
                    product=self.product_id.display_name,
                )
            )
        note = self.note or self.question_id.note
        self.move_line_id.write(
            {"deviation_reason_id": own.reason_id.id, "deviation_note": note}
        )
        if self.move_line_id._lacks_note():
            raise UserError(self.move_line_id._note_text())
