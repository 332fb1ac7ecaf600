from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import format_date

from .counts import count_by


class FarmCycle(models.Model):
    """One growing of a crop on a plot, from planting to the last harvest."""

    _name = "farm.cycle"
    _description = "Growing Cycle"
    _inherit = ["farm.numbered", "farm.evidence", "mail.thread", "mail.activity.mixin"]
    _order = "planting_date desc, id desc"

    plot_id = fields.Many2one(
        "farm.plot", required=True, index=True, ondelete="restrict", tracking=True
    )
    farmer_id = fields.Many2one(
        "res.partner", compute="_compute_from_plot", store=True, index=True
    )
    region_id = fields.Many2one(
        "farm.region", compute="_compute_from_plot", store=True, index=True
    )
    company_id = fields.Many2one(
        "res.company", related="plot_id.company_id", store=True, index=True
    )
    crop_id = fields.Many2one(
        "farm.crop", required=True, index=True, ondelete="restrict", tracking=True
    )
    guide_id = fields.Many2one(
        "farm.guide",
        "Guide Version",
        index=True,
        ondelete="restrict",
        tracking=True,
        domain="[('crop_id', '=', crop_id), ('state', '=', 'published')]",
    )
    planting_date = fields.Date(tracking=True)
    fruiting_date = fields.Date(
        tracking=True, help="First fruit; the age of the fruit counts from here."
    )
    is_organic = fields.Boolean("Grown Organically", help="As really done.")
    state = fields.Selection(
        [
            ("planned", "Planned"),
            ("growing", "Growing"),
            ("harvesting", "Harvesting"),
            ("closed", "Closed"),
        ],
        string="Status",
        default="planned",
        required=True,
        tracking=True,
        index=True,
        group_expand=True,
    )
    activity_line_ids = fields.One2many(
        "farm.activity", "cycle_id", "Growing Activities"
    )
    harvest_ids = fields.One2many("farm.harvest", "cycle_id", "Harvests")
    harvest_count = fields.Integer(compute="_compute_harvest_count")
    safe_from = fields.Date(
        "Harvest from",
        compute="_compute_safe_from",
        help="First day after every pre-harvest interval.",
    )
    note = fields.Html()

    _dates_ordered = models.Constraint(
        "CHECK (fruiting_date >= planting_date)",
        "A cycle cannot bear fruit before it was planted.",
    )

    @api.depends("plot_id.farmer_id", "plot_id.region_id")
    def _compute_from_plot(self):
        """Follow the plot until closed: the crop that stands is sold with the land."""
        for cycle in self:
            if cycle.state != "closed" or not cycle.farmer_id:
                cycle.farmer_id = cycle.plot_id.farmer_id
                cycle.region_id = cycle.plot_id.region_id

    @api.depends("name", "crop_id", "plot_id")
    def _compute_display_name(self):
        for cycle in self:
            parts = [cycle.name, cycle.crop_id.name, cycle.plot_id.name]
            cycle.display_name = " · ".join(part for part in parts if part)

    def _compute_harvest_count(self):
        counts = count_by(self, "farm.harvest", "cycle_id")
        for cycle in self:
            cycle.harvest_count = counts.get(cycle, 0)

    @api.depends("activity_line_ids.date", "activity_line_ids.pre_harvest_days")
    def _compute_safe_from(self):
        for cycle in self:
            cycle.safe_from = max(
                (
                    line.date + timedelta(days=line.pre_harvest_days)
                    for line in cycle.activity_line_ids
                    if line.date and line.pre_harvest_days
                ),
                default=False,
            )

    @api.constrains("crop_id", "guide_id")
    def _check_guide(self):
        for cycle in self.filtered("guide_id"):
            if cycle.guide_id.crop_id != cycle.crop_id:
                raise ValidationError(
                    self.env._(
                        "%(guide)s is not a guide for %(crop)s.",
                        guide=cycle.guide_id.name,
                        crop=cycle.crop_id.name,
                    )
                )

    def _fruit_age(self, date):
        """Estimate the age of the fruit in days, from fruiting, else planting."""
        self.ensure_one()
        begin = self.fruiting_date or self.planting_date
        return max((date - begin).days, 0) if begin else 0

    def _reason_against_harvest(self, date):
        """Say which pre-harvest interval a harvest on a date would break."""
        self.ensure_one()
        for line in self._activities_with_interval():
            end = line.date + timedelta(days=line.pre_harvest_days)
            if line.date <= date < end:
                return self.env._(
                    "%(activity)s on %(date)s asks for %(days)s days before harvest:"
                    " wait until %(end)s.",
                    activity=line.display_name,
                    date=format_date(self.env, line.date),
                    days=line.pre_harvest_days,
                    end=format_date(self.env, end),
                )
        return ""

    def _activities_with_interval(self):
        """The same plants may have got a new cycle since they were sprayed."""
        # The answer does not depend on what the asking user may open.
        activities = self.env["farm.activity"].sudo()
        return activities.search(
            [
                ("cycle_id.plot_id", "=", self.plot_id.id),
                ("cycle_id.crop_id", "=", self.crop_id.id),
                ("pre_harvest_days", ">", 0),
            ]
        )

    def action_start(self):
        self.filtered(lambda cycle: cycle.state == "planned").state = "growing"

    def action_close(self):
        self.state = "closed"

    def action_reopen(self):
        for cycle in self:
            cycle.state = "harvesting" if cycle.harvest_count else "growing"
