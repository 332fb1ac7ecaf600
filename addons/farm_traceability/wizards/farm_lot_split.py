from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..models.operation.farm_lot_operation_loss import LOSS_KINDS


class FarmLotSplit(models.TransientModel):
    """Prepare the split of one lot into lots of one piece each.

    1. the lot, where it is and how much of it
    2. what it becomes, how many pieces, what is lost
    3. a lot operation with equal weights; posted at once, or opened to be corrected
    """

    _name = "farm.lot.split"
    _description = "Split a Lot"
    _check_company_auto = True

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    lot_id = fields.Many2one("stock.lot", required=True, readonly=True)
    farm_crop_id = fields.Many2one(related="lot_id.farm_crop_id")
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
    package_id = fields.Many2one("stock.package", "From Package", readonly=True)
    owner_id = fields.Many2one("res.partner", readonly=True)
    quantity = fields.Float(
        compute="_compute_quantity",
        store=True,
        readonly=False,
        precompute=True,
        digits="Product Unit",
    )
    product_id = fields.Many2one(
        "product.product",
        "Becomes",
        compute="_compute_product_id",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
        domain="[('farm_crop_id', '=', farm_crop_id), ('tracking', '=', 'lot')]",
    )
    piece_count = fields.Integer(
        "Pieces",
        compute="_compute_piece_count",
        store=True,
        readonly=False,
        precompute=True,
    )
    remaining_count = fields.Integer(related="lot_id.remaining_count")
    grade_id = fields.Many2one(
        "farm.grade",
        compute="_compute_grade_id",
        store=True,
        readonly=False,
        precompute=True,
        domain="[('crop_id', '=', farm_crop_id)]",
    )
    loss_quantity = fields.Float("Loss", digits="Product Unit")
    loss_kind = fields.Selection(LOSS_KINDS, "Reason of the Loss", default="stalk")
    loss_reason = fields.Char("Remark")

    @api.depends("lot_id", "package_id", "owner_id")
    def _compute_location_id(self):
        for split in self:
            if not split.location_id:
                split.location_id = split._free_quants()[:1].location_id

    @api.depends("lot_id", "location_id", "package_id", "owner_id")
    def _compute_quantity(self):
        for split in self:
            here = split._free_quants().filtered(
                lambda quant, place=split.location_id: quant.location_id == place
            )
            split.quantity = sum(here.mapped("quantity")) - sum(
                here.mapped("reserved_quantity")
            )

    def _free_quants(self):
        return self.lot_id.quant_ids.filtered(
            lambda quant: (
                quant.location_id.usage == "internal"
                and quant.company_id == self.company_id
                and quant.package_id == self.package_id
                and quant.owner_id == self.owner_id
                and quant.quantity > quant.reserved_quantity
            )
        )

    @api.depends("lot_id")
    def _compute_product_id(self):
        for split in self:
            products = self.env["product.product"].search(
                [
                    ("farm_crop_id", "=", split.farm_crop_id.id),
                    ("tracking", "=", "lot"),
                    ("id", "!=", split.lot_id.product_id.id),
                ],
                limit=1,
            )
            split.product_id = split.farm_crop_id and products

    @api.depends("lot_id")
    def _compute_piece_count(self):
        for split in self:
            split.piece_count = split.lot_id.remaining_count

    @api.depends("lot_id")
    def _compute_grade_id(self):
        for split in self:
            split.grade_id = split.lot_id.grade_id

    def action_split(self):
        operation = self._create_operation()
        operation.action_post()
        return operation._open()

    def action_prepare(self):
        return self._create_operation()._open()

    def _create_operation(self):
        self.ensure_one()
        if self.piece_count < 1:
            raise UserError(self.env._("Say into how many pieces the lot is split."))
        return self.env["farm.lot.operation"].create(
            {
                "kind": "split",
                "company_id": self.company_id.id,
                "location_id": self.location_id.id,
                "input_ids": [
                    Command.create(
                        {
                            "lot_id": self.lot_id.id,
                            "location_id": self.location_id.id,
                            "package_id": self.package_id.id,
                            "owner_id": self.owner_id.id,
                            "quantity": self.quantity,
                        }
                    )
                ],
                "output_ids": [
                    Command.create(self._prepare_output_vals(weight))
                    for weight in self._weights()
                ],
                "loss_ids": self._prepare_loss_commands(),
            }
        )

    def _weights(self):
        """Equal weights that add up: the last piece takes what rounding leaves."""
        total = self.quantity - self.loss_quantity
        each = self.uom_id.round(total / self.piece_count)
        return [each] * (self.piece_count - 1) + [
            self.uom_id.round(total - each * (self.piece_count - 1))
        ]

    def _prepare_output_vals(self, weight):
        return {
            "product_id": self.product_id.id,
            "input_quantity": weight,
            "piece_count": 1,
            "grade_id": self.grade_id.id,
        }

    def _prepare_loss_commands(self):
        if not self.loss_quantity:
            return []
        return [
            Command.create(
                {
                    "quantity": self.loss_quantity,
                    "kind": self.loss_kind,
                    "reason": self.loss_reason,
                }
            )
        ]
