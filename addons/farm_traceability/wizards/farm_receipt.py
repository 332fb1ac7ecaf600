from odoo import api, fields, models
from odoo.exceptions import LockError, UserError
from odoo.fields import Command

from ..models.farm_harvest import HARVESTER_ROLES


class FarmReceipt(models.TransientModel):
    """Purchase at the farm gate, as the collector enters it.

    1. farmer, crop and growing cycle; the certificate's answer shows at once
    2. who harvested, when, with what
    3. the bunches: weight, hands, grade
    4. receive: harvest, lots and receipt are made together, or nothing is
    """

    _name = "farm.receipt"
    _description = "Farm-gate Receipt"
    _check_company_auto = True

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    farmer_id = fields.Many2one(
        "res.partner", required=True, domain=[("farm_role_ids.code", "=", "farmer")]
    )
    crop_id = fields.Many2one(
        "farm.crop",
        compute="_compute_crop_id",
        store=True,
        readonly=False,
        required=True,
        precompute=True,
    )
    cycle_id = fields.Many2one(
        "farm.cycle",
        compute="_compute_cycle_id",
        store=True,
        readonly=False,
        required=True,
        precompute=True,
        domain="[('farmer_id', '=', farmer_id), ('crop_id', '=', crop_id),"
        " ('state', '!=', 'closed')]",
    )
    product_id = fields.Many2one(
        "product.product",
        compute="_compute_product_id",
        store=True,
        readonly=False,
        required=True,
        precompute=True,
        check_company=True,
        domain="[('farm_crop_id', '=', crop_id), ('tracking', '=', 'lot')]",
    )
    picking_type_id = fields.Many2one(
        "stock.picking.type",
        "Operation Type",
        required=True,
        check_company=True,
        default=lambda self: self.env["farm.harvest"]._farm_gate_picking_type(),
        domain="[('code', '=', 'incoming'), ('company_id', '=', company_id)]",
    )
    date = fields.Date("Harvest Date", required=True, default=fields.Date.context_today)
    purchase_date = fields.Datetime(required=True, default=fields.Datetime.now)
    harvested_by = fields.Selection(HARVESTER_ROLES, default="farmer", required=True)
    harvester_id = fields.Many2one("res.partner")
    tool = fields.Char(
        compute="_compute_tool", store=True, readonly=False, precompute=True
    )
    line_ids = fields.One2many("farm.receipt.line", "receipt_id", "Bunches")
    bunch_count = fields.Integer(compute="_compute_totals")
    piece_count = fields.Integer("Hands", compute="_compute_totals")
    quantity = fields.Float(compute="_compute_totals", digits="Product Unit")
    uom_id = fields.Many2one(related="product_id.uom_id")
    new_count = fields.Integer("Bunches to Add", default=1)
    new_quantity = fields.Float("Weight Each", digits="Product Unit")
    new_piece_count = fields.Integer("Hands Each")
    new_grade_id = fields.Many2one(
        "farm.grade", "Grade of These", domain="[('crop_id', '=', crop_id)]"
    )
    certificate_id = fields.Many2one("farm.certificate", compute="_compute_objections")
    objections = fields.Text(compute="_compute_objections")
    can_waive = fields.Boolean(compute="_compute_can_waive")
    waiver_reason = fields.Text("Reason for Receiving All the Same")
    harvest_id = fields.Many2one("farm.harvest", readonly=True)

    @api.depends("farmer_id")
    def _compute_display_name(self):
        for receipt in self:
            receipt.display_name = (
                self.env._("Receipt from %(farmer)s", farmer=receipt.farmer_id.name)
                if receipt.farmer_id
                else self.env._("Farm-gate Receipt")
            )

    @api.depends("farmer_id")
    def _compute_crop_id(self):
        for receipt in self:
            receipt.crop_id = receipt._open_cycles().crop_id[:1]

    @api.depends("farmer_id", "crop_id")
    def _compute_cycle_id(self):
        for receipt in self:
            crop = receipt.crop_id
            receipt.cycle_id = receipt._open_cycles().filtered(
                lambda cycle, crop=crop: cycle.crop_id == crop
            )[:1]

    def _open_cycles(self):
        return self.env["farm.cycle"].search(
            [("farmer_id", "=", self.farmer_id.id), ("state", "!=", "closed")],
            order="planting_date desc",
            limit=20,
        )

    @api.depends("crop_id")
    def _compute_product_id(self):
        for receipt in self:
            receipt.product_id = (
                self.env["product.product"].search(
                    [
                        ("farm_crop_id", "=", receipt.crop_id.id),
                        ("tracking", "=", "lot"),
                        ("company_id", "in", [False, receipt.company_id.id]),
                    ],
                    limit=1,
                )
                if receipt.crop_id
                else False
            )

    @api.depends("cycle_id")
    def _compute_tool(self):
        for receipt in self:
            receipt.tool = receipt.cycle_id.guide_id.harvest_tool

    @api.depends("line_ids.bunch_count", "line_ids.piece_count", "line_ids.quantity")
    def _compute_totals(self):
        for receipt in self:
            receipt.bunch_count = sum(receipt.line_ids.mapped("bunch_count"))
            receipt.piece_count = sum(receipt.line_ids.mapped("piece_count"))
            receipt.quantity = sum(receipt.line_ids.mapped("quantity"))

    @api.depends("farmer_id", "crop_id", "cycle_id", "date")
    def _compute_objections(self):
        for receipt in self:
            receipt.certificate_id = False
            receipt.objections = False
            if receipt.farmer_id and receipt.cycle_id and receipt.date:
                receipt._ask_rules()

    def _ask_rules(self):
        draft = self.env["farm.harvest"].new(self._prepare_harvest_vals())
        certificate, validity = self.farmer_id._farm_certificate_for(
            self.crop_id, self.date, self.cycle_id.plot_id
        )
        self.certificate_id = certificate
        self.objections = "\n".join(filter(None, draft._objections(validity)))

    def _compute_can_waive(self):
        self.can_waive = self.env.user.has_group(
            "farm_traceability.group_quality_manager"
        )

    def action_add_bunches(self):
        """Add lines of the same kind, to be corrected one by one."""
        self.ensure_one()
        if self.new_count < 1:
            raise UserError(self.env._("Say how many bunches to add."))
        self.line_ids = [
            Command.create(
                {
                    "quantity": self.new_quantity,
                    "piece_count": self.new_piece_count,
                    "grade_id": self.new_grade_id.id,
                }
            )
            for _number in range(self.new_count)
        ]

    def action_receive(self):
        self.ensure_one()
        self._lock()
        if self.harvest_id:
            raise UserError(
                self.env._(
                    "This purchase was received already: %(harvest)s.",
                    harvest=self.harvest_id.name,
                )
            )
        harvest = self.env["farm.harvest"].receive_at_farm_gate(
            self._prepare_harvest_vals(),
            [line._prepare_bunch() for line in self.line_ids],
            self.picking_type_id.id,
            self.waiver_reason or "",
        )
        self.harvest_id = harvest
        return {
            "type": "ir.actions.act_window",
            "res_model": "farm.harvest",
            "res_id": harvest.id,
            "view_mode": "form",
        }

    def _lock(self):
        """Refuse a second click at once; after the first it finds the harvest."""
        try:
            self.lock_for_update(allow_referencing=True)
        except LockError as error:
            raise UserError(
                self.env._(
                    "This purchase is being received by another click already: wait a"
                    " moment and reload the page."
                )
            ) from error

    def _prepare_harvest_vals(self):
        return {
            "cycle_id": self.cycle_id.id,
            "company_id": self.company_id.id,
            "date": self.date,
            "purchase_date": self.purchase_date,
            "harvested_by": self.harvested_by,
            "harvester_id": self.harvester_id.id,
            "tool": self.tool,
        }


class FarmReceiptLine(models.TransientModel):
    _name = "farm.receipt.line"
    _description = "Bunch of a Farm-gate Receipt"
    _order = "id"

    receipt_id = fields.Many2one(
        "farm.receipt", required=True, index=True, ondelete="cascade"
    )
    crop_id = fields.Many2one(related="receipt_id.crop_id")
    quantity = fields.Float(digits="Product Unit", required=True)
    bunch_count = fields.Integer("Bunches", default=1, required=True)
    piece_count = fields.Integer("Hands")
    grade_id = fields.Many2one("farm.grade", domain="[('crop_id', '=', crop_id)]")

    _counts_positive = models.Constraint(
        "CHECK (bunch_count > 0 AND piece_count >= 0)",
        "A line has at least one bunch, and the number of hands is not negative.",
    )

    def _prepare_bunch(self):
        return {
            "product_id": self.receipt_id.product_id.id,
            "quantity": self.quantity,
            "bunch_count": self.bunch_count,
            "piece_count": self.piece_count,
            "grade_id": self.grade_id.id,
        }
