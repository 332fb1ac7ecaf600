from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import format_date

from .counts import count_by

HARVESTER_ROLES = [
    ("farmer", "Farmer"),
    ("collector", "Collector"),
    ("standing_crop_buyer", "Standing-crop Buyer"),
]


class FarmHarvest(models.Model):
    """What was taken from a cycle on a day, and what was true on that day."""

    _name = "farm.harvest"
    _description = "Harvest"
    _inherit = ["farm.numbered", "farm.evidence", "mail.thread", "mail.activity.mixin"]
    _order = "date desc, id desc"
    _check_company_auto = True

    cycle_id = fields.Many2one(
        "farm.cycle",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    plot_id = fields.Many2one(
        "farm.plot", compute="_compute_from_cycle", store=True, index=True
    )
    farmer_id = fields.Many2one(
        "res.partner", compute="_compute_from_cycle", store=True, index=True
    )
    region_id = fields.Many2one(
        "farm.region", compute="_compute_from_cycle", store=True, index=True
    )
    crop_id = fields.Many2one(
        "farm.crop", compute="_compute_from_cycle", store=True, index=True
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    date = fields.Date(required=True, default=fields.Date.context_today, tracking=True)
    purchase_date = fields.Datetime(help="When the fruit was bought at the farm gate.")
    harvested_by = fields.Selection(
        HARVESTER_ROLES, default="farmer", required=True, tracking=True
    )
    harvester_id = fields.Many2one("res.partner", index="btree_not_null")
    tool = fields.Char()
    quantity = fields.Float(digits="Product Unit")
    uom_id = fields.Many2one("uom.uom", "Unit")
    bunch_count = fields.Integer("Bunches")
    grade_id = fields.Many2one(
        "farm.grade", index=True, domain="[('crop_id', '=', crop_id)]"
    )
    fruit_age = fields.Integer(
        compute="_compute_fruit_age",
        store=True,
        help="Estimate in days, from the fruiting date, else from the planting date.",
    )
    certificate_id = fields.Many2one(
        "farm.certificate", readonly=True, copy=False, index=True, ondelete="restrict"
    )
    guide_id = fields.Many2one(
        "farm.guide", readonly=True, copy=False, index=True, ondelete="restrict"
    )
    objections = fields.Text(
        readonly=True, copy=False, help="What spoke against this harvest when posted."
    )
    waiver_reason = fields.Text(readonly=True, copy=False)
    waived_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    state = fields.Selection(
        [("draft", "Draft"), ("done", "Posted")],
        string="Status",
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
    )
    lot_ids = fields.One2many("stock.lot", "harvest_id", "Lots")
    lot_count = fields.Integer(compute="_compute_lot_count")
    picking_ids = fields.One2many("stock.picking", "harvest_id", "Receipts")
    picking_count = fields.Integer(compute="_compute_picking_count")
    note = fields.Html()

    _quantity_positive = models.Constraint(
        "CHECK (quantity >= 0 AND bunch_count >= 0)",
        "The quantity and the number of bunches of a harvest cannot be negative.",
    )

    @api.depends(
        "cycle_id.plot_id",
        "cycle_id.farmer_id",
        "cycle_id.region_id",
        "cycle_id.crop_id",
    )
    def _compute_from_cycle(self):
        """Follow the cycle until posted: land that is sold keeps its old harvests."""
        for harvest in self:
            if harvest.state != "done" or not harvest.plot_id:
                harvest.plot_id = harvest.cycle_id.plot_id
                harvest.farmer_id = harvest.cycle_id.farmer_id
                harvest.region_id = harvest.cycle_id.region_id
                harvest.crop_id = harvest.cycle_id.crop_id

    @api.depends("date", "cycle_id.fruiting_date", "cycle_id.planting_date")
    def _compute_fruit_age(self):
        for harvest in self:
            if harvest.state != "done":
                harvest.fruit_age = (
                    harvest.cycle_id._fruit_age(harvest.date)
                    if harvest.cycle_id and harvest.date
                    else 0
                )

    def _compute_lot_count(self):
        counts = count_by(self, "stock.lot", "harvest_id")
        for harvest in self:
            harvest.lot_count = counts.get(harvest, 0)

    def _compute_picking_count(self):
        counts = count_by(self, "stock.picking", "harvest_id")
        for harvest in self:
            harvest.picking_count = counts.get(harvest, 0)

    @api.constrains("date", "cycle_id")
    def _check_date(self):
        for harvest in self:
            planted = harvest.cycle_id.planting_date
            if planted and harvest.date < planted:
                raise ValidationError(
                    self.env._(
                        "%(cycle)s was planted on %(planted)s; it cannot be harvested"
                        " on %(date)s.",
                        cycle=harvest.cycle_id.name,
                        planted=format_date(self.env, planted),
                        date=format_date(self.env, harvest.date),
                    )
                )

    # -- posting ----------------------------------------------------------------

    def action_post(self, waiver_reason=""):
        """Take the harvest on record with what was true on its day.

        :raises UserError: naming every objection, unless a quality manager waives
            them with a reason
        """
        self.check_access("write")
        for harvest in self:
            harvest._post(waiver_reason)
        return True

    def _post(self, waiver_reason):
        if self.state == "done":
            raise UserError(self.env._("%(name)s is posted already.", name=self.name))
        if self.date > fields.Date.context_today(self):
            raise UserError(
                self.env._(
                    "The harvest date %(date)s lies in the future. Correct it, or post"
                    " %(name)s on that day.",
                    date=format_date(self.env, self.date),
                    name=self.name,
                )
            )
        certificate, validity, objections = self._ask_rules()
        vals = self._prepare_post_vals(certificate, validity)
        if objections:
            vals |= self._prepare_waiver_vals(objections, waiver_reason)
        # Nobody may enter these; whoever may write the harvest may post it.
        self.sudo().write(vals)
        if self.cycle_id.state in ("planned", "growing"):
            # Whoever harvests moves the cycle on, also without the right to edit it.
            self.cycle_id.sudo().state = "harvesting"

    def _ask_rules(self):
        """Return the farmer's certificate, its answer, and all that speaks against."""
        certificate, validity = self.farmer_id._farm_certificate_for(
            self.crop_id, self.date, self.plot_id
        )
        objections = [reason for reason in self._objections(validity) if reason]
        return certificate, validity, objections

    def _objections(self, validity):
        """Rules asked when a harvest is posted: a list of reasons, "" for a yes."""
        return [validity.reason, self.cycle_id._reason_against_harvest(self.date)]

    def _prepare_post_vals(self, certificate, validity):
        # The certificate may be one that the user cannot open.
        lines = certificate.sudo().line_ids
        line = lines.filtered(lambda line: line.crop_id == self.crop_id)
        return {
            "state": "done",
            "fruit_age": self.cycle_id._fruit_age(self.date),
            "certificate_id": certificate.id if validity else False,
            "guide_id": (self.cycle_id.guide_id or line.guide_id).id,
        }

    def _prepare_waiver_vals(self, objections, waiver_reason):
        sentences = "\n".join(objections)
        if not (waiver_reason or "").strip():
            raise UserError(
                self.env._(
                    "This harvest cannot be received:\n%(objections)s\n\nA quality"
                    " manager can waive this with a reason.",
                    objections=sentences,
                )
            )
        if not self.env.user.has_group("farm_traceability.group_quality_manager"):
            raise UserError(
                self.env._(
                    "Only a quality manager can waive this:\n%(objections)s",
                    objections=sentences,
                )
            )
        return {
            "objections": sentences,
            "waiver_reason": waiver_reason.strip(),
            "waived_by_id": self.env.uid,
        }

    def _posted_fields(self):
        """Fields that a posted harvest keeps for ever."""
        return {
            "cycle_id", "date", "purchase_date", "harvested_by", "harvester_id",
            "tool", "quantity", "uom_id", "bunch_count", "grade_id", "company_id",
            "certificate_id", "guide_id", "objections", "waiver_reason",
            "waived_by_id", "state", "name", "fruit_age",
        }  # fmt: skip

    def write(self, vals):
        posted = self.filtered(lambda harvest: harvest.state == "done")
        if posted and self._posted_fields() & set(vals):
            raise UserError(
                self.env._(
                    "%(harvests)s is posted and stays as it is.",
                    harvests=", ".join(posted.mapped("name")),
                )
            )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_only_draft(self):
        if any(harvest.state == "done" for harvest in self):
            raise UserError(self.env._("A posted harvest stays on record."))
