from odoo import api, fields, models


class FarmLotOperationInput(models.Model):
    """What is taken: a quantity of a lot in one place, package and property."""

    _name = "farm.lot.operation.input"
    _description = "Input of a Lot Operation"
    _inherit = "farm.lot.operation.line"
    _order = "id"

    lot_id = fields.Many2one("stock.lot", required=True, index=True, check_company=True)
    product_id = fields.Many2one(related="lot_id.product_id")
    uom_id = fields.Many2one(related="lot_id.product_id.uom_id")
    location_id = fields.Many2one(
        "stock.location",
        "Place",
        compute="_compute_location_id",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
        check_company=True,
        domain=[("usage", "=", "internal")],
    )
    package_id = fields.Many2one(
        "stock.package", "From Package", index="btree_not_null", check_company=True
    )
    owner_id = fields.Many2one(
        "res.partner",
        index="btree_not_null",
        help="Whose goods they are, when they are not the company's own.",
    )
    quantity = fields.Float(
        compute="_compute_quantity",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
        digits="Product Unit",
    )
    piece_count = fields.Integer(
        "Pieces Taken", readonly=True, copy=False, help="Off the lot's control count."
    )

    _quantity_positive = models.Constraint(
        "CHECK (quantity > 0)", "The quantity of an input must be above zero."
    )

    @api.depends("operation_id.location_id")
    def _compute_location_id(self):
        for line in self:
            line.location_id = line.location_id or line.operation_id.location_id

    @api.depends("lot_id", "location_id", "package_id", "owner_id")
    def _compute_quantity(self):
        """All that is free, until something else is typed in."""
        for line in self:
            line.quantity = line.quantity or line._get_free_quantity()

    def _get_free_quantity(self):
        key = [part._origin for part in self._get_quant_key()]
        here = self.lot_id.quant_ids.filtered(
            lambda quant: quant._get_operation_key() == tuple(key)
        )
        return sum(quant._get_free_to_operate() for quant in here)

    @api.depends("lot_id", "location_id", "package_id")
    def _compute_display_name(self):
        for line in self:
            place = line.package_id or line.location_id
            line.display_name = f"{line.lot_id.name} · {place.display_name}"

    def _in_unit(self, uom):
        """The quantity in another unit; as it is where the units do not convert."""
        if not self._converts_to(uom):
            return self.quantity
        return self.uom_id._compute_quantity(self.quantity, uom, round=False)

    def _converts_to(self, uom):
        return all((self.uom_id, uom)) and self.uom_id._has_common_reference(uom)

    def _get_pieces(self):
        """Pieces of a counted lot that lie in the input, by its part of the lot."""
        lot = self.lot_id
        if not lot.remaining_count or self.uom_id.is_zero(lot.product_qty):
            return 0
        return round(lot.remaining_count * min(self.quantity / lot.product_qty, 1))

    def _get_tolerance(self):
        """Percent of the quantity that may stay unaccounted for."""
        return self.product_id.lot_balance_tolerance

    def _get_quant_key(self):
        return self.lot_id, self.location_id, self.package_id, self.owner_id

    def _split_quantity(self, flows):
        """Quantities of the flows in the input's own unit, with their outputs."""
        total = sum(flow.quantity for flow in flows)
        first = self.uom_id.round(self.quantity * flows[0].quantity / total)
        rest = self.uom_id.round(self.quantity - first)
        if len(flows) == 1 or first <= 0 or rest <= 0:
            return [(self.quantity, sum((flow.outputs for flow in flows), ()))]
        return [(first, flows[0].outputs), (rest, flows[1].outputs)]

    def _prepare_move_line_vals(self):
        production = self.operation_id._get_production_location(self.product_id)
        return {
            "product_id": self.product_id.id,
            "product_uom_id": self.uom_id.id,
            "company_id": self.company_id.id,
            "location_id": self.location_id.id,
            "location_dest_id": production.id,
            "lot_id": self.lot_id.id,
            "package_id": self.package_id.id,
            "owner_id": self.owner_id.id,
        }
