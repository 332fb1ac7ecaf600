from odoo import api, fields, models
from odoo.exceptions import UserError


class FarmLotOperationLine(models.AbstractModel):
    """What belongs to an operation is frozen with it."""

    _name = "farm.lot.operation.line"
    _description = "Line of a Lot Operation"
    _inherit = "farm.evidence"

    operation_id = fields.Many2one(
        "farm.lot.operation", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="operation_id.company_id")
    location_id = fields.Many2one(related="operation_id.location_id")

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
        if "done" in self.operation_id.mapped("state"):
            raise UserError(self.env._("A posted lot operation stays as it is."))


class FarmLotOperationInput(models.Model):
    _name = "farm.lot.operation.input"
    _description = "Input of a Lot Operation"
    _inherit = "farm.lot.operation.line"
    _order = "id"

    lot_id = fields.Many2one("stock.lot", required=True, index=True)
    product_id = fields.Many2one(related="lot_id.product_id")
    uom_id = fields.Many2one(related="lot_id.product_id.uom_id")
    quantity = fields.Float(required=True, digits="Product Unit")

    _quantity_positive = models.Constraint(
        "CHECK (quantity > 0)", "The quantity of an input must be above zero."
    )


class FarmLotOperationOutput(models.Model):
    _name = "farm.lot.operation.output"
    _description = "Output of a Lot Operation"
    _inherit = "farm.lot.operation.line"
    _order = "id"

    product_id = fields.Many2one(
        "product.product",
        required=True,
        index=True,
        domain=[("tracking", "=", "lot")],
    )
    uom_id = fields.Many2one(related="product_id.uom_id")
    lot_id = fields.Many2one("stock.lot", index=True, readonly=True, copy=False)
    quantity = fields.Float(
        compute="_compute_quantity",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
        digits="Product Unit",
        help="In the product's unit.",
    )
    input_quantity = fields.Float(
        "Weight",
        required=True,
        digits="Product Unit",
        help="What this output takes of the inputs, in their unit.",
    )
    piece_count = fields.Integer("Pieces", default=1)
    grade_id = fields.Many2one("farm.grade", index="btree_not_null")

    _quantity_positive = models.Constraint(
        "CHECK (quantity > 0 AND input_quantity > 0 AND piece_count >= 0)",
        "The quantity and the weight of an output must be above zero.",
    )

    @api.depends("product_id", "input_quantity")
    def _compute_quantity(self):
        for line in self:
            if line._is_convertible():
                line.quantity = line._converted_quantity()
            else:
                line.quantity = line.quantity or 1.0

    def _is_convertible(self):
        units = self.operation_id.uom_id, self.uom_id
        return all(units) and units[0]._has_common_reference(units[1])

    def _converted_quantity(self):
        return self.operation_id.uom_id._compute_quantity(
            self.input_quantity, self.uom_id, rounding_method="HALF-UP"
        )

    def _next_lot_names(self):
        """New lot names for all lines, numbered per crop, in the lines' order."""
        names = {}
        for (crop, date), lines in self.grouped(
            lambda line: (line._get_crop(), line._first_harvest_date())
        ).items():
            for line, name in zip(
                lines, crop._next_lot_names(date, len(lines)), strict=True
            ):
                names[line] = name
        return [names[line] for line in self]

    def _get_crop(self):
        crop = self.product_id.farm_crop_id
        if not crop:
            raise UserError(
                self.env._(
                    "%(product)s has no crop. Set it on the product, so that its lots"
                    " can be named.",
                    product=self.product_id.display_name,
                )
            )
        return crop

    def _first_harvest_date(self):
        parents = self.operation_id.input_ids.lot_id
        dates = [date for date in parents.mapped("harvest_date") if date]
        return min(dates, default=self.operation_id.date.date())

    def _prepare_lot_vals(self):
        """A child inherits the earliest dates and, unless changed, the grade."""
        parents = self.operation_id.input_ids.lot_id
        expiry = [date for date in parents.mapped("expiration_date") if date]
        vals = {
            "product_id": self.product_id.id,
            "harvest_date": self._first_harvest_date(),
            "is_organic": all(parents.mapped("is_organic")),
            "piece_count": self.piece_count,
            "remaining_count": self.piece_count,
            "grade_id": (self.grade_id or self._common_grade(parents)).id,
        }
        if expiry and self.product_id.use_expiration_date:
            vals["expiration_date"] = min(expiry)
        return vals

    def _common_grade(self, parents):
        grade = parents.grade_id
        same_crop = grade.crop_id == self.product_id.farm_crop_id
        return grade if len(grade) == 1 and same_crop else grade[:0]


class FarmLotOperationLoss(models.Model):
    _name = "farm.lot.operation.loss"
    _description = "Loss of a Lot Operation"
    _inherit = "farm.lot.operation.line"
    _order = "id"

    quantity = fields.Float(
        required=True, digits="Product Unit", help="In the inputs' unit."
    )
    piece_count = fields.Integer("Pieces", help="Hands that were lost.")
    reason = fields.Char(required=True)

    _quantity_positive = models.Constraint(
        "CHECK (quantity > 0 AND piece_count >= 0)",
        "The quantity of a loss must be above zero.",
    )
