from odoo import api, fields, models


class FarmRecall(models.Model):
    """Drills: their clock and their schedule."""

    _inherit = "farm.recall"

    due_date = fields.Date(
        "Drill Due", copy=False, help="The day by which this mock recall is due."
    )
    is_scheduled = fields.Boolean(readonly=True, copy=False)
    seconds_to_trace = fields.Float(compute="_compute_clock")
    minutes_to_packet = fields.Float(compute="_compute_clock")
    next_drill_date = fields.Date(
        "Next Drill", compute="_compute_next_drill_date", compute_sudo=True
    )

    _scheduled_unique = models.UniqueIndex(
        "(company_id, due_date) WHERE is_scheduled AND state != 'cancelled'",
        "The drill of this day is planned already.",
    )

    @api.depends("started_at", "packet_at", "frozen_at")
    def _compute_clock(self):
        """From the first trace to the frozen scope, and to the full packet."""
        for recall in self:
            begin = recall.started_at
            recall.seconds_to_trace = recall._since(begin, recall.frozen_at)
            recall.minutes_to_packet = recall._since(begin, recall.packet_at) / 60

    @api.model
    def _since(self, begin, end):
        return (end - begin).total_seconds() if begin and end else 0.0

    def _compute_next_drill_date(self):
        for company, recalls in self.grouped("company_id").items():
            recalls.next_drill_date = company._get_next_drill_date()

    @api.model
    def _cron_schedule(self):
        """Plan each company's next drill when it comes near, and say so."""
        # Every company has its schedule, whoever runs the job.
        for company in self.env["res.company"].sudo().search([("active", "=", True)]):
            company._plan_drill()
