from odoo import api, fields, models
from odoo.exceptions import UserError


class FarmInspection(models.Model):
    """An officer's visit to a certified farmer."""

    _name = "farm.inspection"
    _description = "Inspection"
    _inherit = ["farm.numbered", "farm.evidence", "mail.thread", "mail.activity.mixin"]
    _order = "date desc, id desc"

    certificate_id = fields.Many2one(
        "farm.certificate", required=True, index=True, ondelete="restrict"
    )
    farmer_id = fields.Many2one(
        "res.partner", related="certificate_id.farmer_id", store=True, index=True
    )
    region_id = fields.Many2one(
        "farm.region", related="certificate_id.region_id", store=True, index=True
    )
    company_id = fields.Many2one(
        "res.company", related="certificate_id.company_id", store=True, index=True
    )
    plot_id = fields.Many2one(
        "farm.plot", index=True, domain="[('farmer_id', '=', farmer_id)]"
    )
    date = fields.Date(required=True, default=fields.Date.context_today, tracking=True)
    officer_id = fields.Many2one(
        "res.users", required=True, default=lambda self: self.env.user, tracking=True
    )
    line_ids = fields.One2many(
        "farm.inspection.line",
        "inspection_id",
        "Checklist",
        compute="_compute_line_ids",
        store=True,
        readonly=False,
        copy=True,
    )
    open_count = fields.Integer(
        "Open Non-conformities", compute="_compute_open_count", store=True
    )
    outcome = fields.Selection(
        [
            ("pass", "Passed"),
            ("conditional", "Passed with Conditions"),
            ("fail", "Failed"),
        ],
        compute="_compute_outcome",
        store=True,
        tracking=True,
    )
    state = fields.Selection(
        [("draft", "Open"), ("done", "Done")],
        string="Status",
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        tracking=True,
    )
    note = fields.Html()

    @api.depends("name", "farmer_id")
    def _compute_display_name(self):
        for inspection in self:
            parts = [inspection.name, inspection.farmer_id.name]
            inspection.display_name = " · ".join(part for part in parts if part)

    @api.depends("certificate_id")
    def _compute_line_ids(self):
        for inspection in self:
            if inspection.line_ids or not inspection.certificate_id:
                continue
            inspection.line_ids = [
                fields.Command.create(
                    {"name": item.name, "is_critical": item.is_critical}
                )
                for item in inspection.certificate_id.scheme_id.checklist_ids
            ]

    @api.depends("line_ids.result", "line_ids.corrected_on")
    def _compute_open_count(self):
        for inspection in self:
            inspection.open_count = len(inspection.line_ids.filtered("is_open"))

    @api.depends("line_ids.result", "line_ids.is_critical")
    def _compute_outcome(self):
        for inspection in self:
            failed = inspection.line_ids.filtered(lambda line: line.result == "fail")
            if any(not line.result for line in inspection.line_ids):
                inspection.outcome = False
            elif any(failed.mapped("is_critical")):
                inspection.outcome = "fail"
            else:
                inspection.outcome = "conditional" if failed else "pass"

    def action_done(self):
        for inspection in self:
            if not inspection.outcome or not inspection.line_ids:
                raise UserError(
                    self.env._(
                        "%(inspection)s is not complete: give every point of the"
                        " checklist a result.",
                        inspection=inspection.name,
                    )
                )
        self.check_access("write")
        # Nobody may enter the state; whoever may write the inspection may finish it.
        self.sudo().state = "done"
        return True

    def _done_fields(self):
        """Fields that a finished inspection keeps for ever."""
        return {
            "certificate_id", "plot_id", "date", "officer_id", "outcome", "state",
            "name",
        }  # fmt: skip

    def write(self, vals):
        closed = self.filtered(lambda inspection: inspection.state == "done")
        if closed and self._done_fields() & set(vals):
            raise UserError(
                self.env._(
                    "%(inspections)s is done and stays as it is. Make a new"
                    " inspection.",
                    inspections=", ".join(closed.mapped("name")),
                )
            )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_only_open(self):
        if any(inspection.state == "done" for inspection in self):
            raise UserError(self.env._("A finished inspection stays on record."))


class FarmInspectionLine(models.Model):
    _name = "farm.inspection.line"
    _description = "Point of an Inspection"
    _order = "id"

    inspection_id = fields.Many2one(
        "farm.inspection", required=True, index=True, ondelete="cascade"
    )
    name = fields.Char("Point", required=True)
    is_critical = fields.Boolean("Critical")
    result = fields.Selection(
        [("pass", "Conforms"), ("fail", "Does not conform"), ("na", "Does not apply")]
    )
    note = fields.Char()
    due_date = fields.Date("Correct by")
    corrected_on = fields.Date()
    is_open = fields.Boolean(compute="_compute_is_open")

    @api.depends("result", "corrected_on")
    def _compute_is_open(self):
        for line in self:
            line.is_open = line.result == "fail" and not line.corrected_on

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines._check_inspection_open()
        return lines

    def write(self, vals):
        if set(vals) - {"corrected_on"}:
            self._check_inspection_open()
        result = super().write(vals)
        if "inspection_id" in vals:
            self._check_inspection_open()
        return result

    @api.ondelete(at_uninstall=False)
    def _check_inspection_open(self):
        if "done" in self.inspection_id.mapped("state"):
            raise UserError(
                self.env._(
                    "The inspection is done: only the date of correction can be set."
                )
            )
