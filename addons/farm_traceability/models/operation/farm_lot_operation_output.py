from odoo import api, fields, models


class FarmLotOperationOutput(models.Model):
    _name = "farm.lot.operation.output"
    _description = "Output of a Lot Operation"
    _inherit = "farm.lot.operation.line"
    _order = "id"

    input_id = fields.Many2one(
        "farm.lot.operation.input",
        "Made of",
        index="btree_not_null",
        domain="[('operation_id', '=', operation_id)]",
        help="The input that it was made of. Leave it empty when it was mixed of all.",
    )
    product_id = fields.Many2one(
        "product.product",
        required=True,
        index=True,
        check_company=True,
        domain=[("tracking", "=", "lot")],
    )
    uom_id = fields.Many2one(related="product_id.uom_id")
    lot_id = fields.Many2one(
        "stock.lot",
        index=True,
        copy=False,
        check_company=True,
        domain="[('product_id', '=', product_id)]",
        help="An existing lot to put it into. Leave it empty for a new lot.",
    )
    lot_name = fields.Char(
        "New Lot",
        copy=False,
        help="Name of the new lot. Leave it empty for the next number.",
    )
    is_new_lot = fields.Boolean("Made Here", readonly=True, copy=False)
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
        "Takes",
        required=True,
        digits="Product Unit",
        help="What this output takes of the inputs, in the first input's unit.",
    )
    piece_count = fields.Integer(
        "Pieces",
        compute="_compute_piece_count",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
        help="Hands in it. They are taken off the control count of the inputs.",
    )
    grade_id = fields.Many2one("farm.grade", index="btree_not_null")
    package_id = fields.Many2one(
        "stock.package", "Into Package", index="btree_not_null", check_company=True
    )

    _quantity_positive = models.Constraint(
        "CHECK (quantity > 0 AND input_quantity > 0 AND piece_count >= 0)",
        "The quantity and the weight of an output must be above zero.",
    )
    # Two people who type the same name at the same time: the second one is refused.
    _new_lot_unique = models.UniqueIndex(
        "(product_id, lot_name) WHERE is_new_lot",
        "A lot of this product has this name already. Give another one.",
    )

    @api.depends("product_id", "input_quantity")
    def _compute_quantity(self):
        for line in self:
            if line._is_convertible():
                line.quantity = line._converted_quantity()
            else:
                line.quantity = line.quantity or 1.0

    @api.depends("operation_id.kind", "input_id", "input_quantity")
    def _compute_piece_count(self):
        """One for a part of a split, else the inputs' pieces by its part of them."""
        for line in self:
            if line.operation_id.kind == "split":
                line.piece_count = line.piece_count or 1
            else:
                line.piece_count = line.piece_count or line._get_share_of_pieces()

    def _get_share_of_pieces(self):
        inputs = self.input_id or self.operation_id.input_ids
        total = sum(line._in_unit(self.operation_id.uom_id) for line in inputs)
        if not total:
            return 0
        pieces = sum(line._get_pieces() for line in inputs)
        # Rounded down, so that several outputs never ask for more than there is.
        return int(pieces * min(self.input_quantity / total, 1) + 1e-6)

    def _is_convertible(self):
        units = self.operation_id.uom_id, self.uom_id
        return all(units) and units[0]._has_common_reference(units[1])

    def _converted_quantity(self):
        return self.operation_id.uom_id._compute_quantity(
            self.input_quantity, self.uom_id, rounding_method="HALF-UP"
        )

    def _prepare_move_line_vals(self, owner):
        production = self.operation_id._get_production_location(self.product_id)
        return {
            "product_id": self.product_id.id,
            "product_uom_id": self.uom_id.id,
            "company_id": self.company_id.id,
            "location_id": production.id,
            "location_dest_id": self.operation_id.location_id.id,
            "lot_id": self.lot_id.id,
            "result_package_id": self.package_id.id,
            "owner_id": owner.id,
            "quantity": self.quantity,
        }
