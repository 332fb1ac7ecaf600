from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

STATES = [
    ("made", "Downloaded"),
    ("waiting", "Waiting"),
    ("sending", "Sending"),
    ("sent", "Sent"),
    ("unclear", "Check the Printer"),
    ("cancelled", "Cancelled"),
]
# How long a file is kept after its job is done.
KEPT_DAYS = 90


class FarmLabelJob(models.Model):
    """Labels that were printed together: of what, by whom, and where to.

    1. all labels are drawn before the job is there; one that cannot be drawn stops all
    2. a download is done with that; for a printer the job waits for its turn
    3. it is sent by ``_cron_send``: see there what happens when the printer is off

    The file stays as it was made, so that a second attempt prints the same.
    """

    _name = "farm.label.job"
    _description = "Label Print Job"
    _inherit = ["farm.numbered", "farm.evidence"]
    _order = "id desc"
    _check_company_auto = True

    template_id = fields.Many2one(
        "farm.label.template", "Label", readonly=True, index=True, ondelete="set null"
    )
    template_name = fields.Char("Label Printed", readonly=True)
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True, ondelete="cascade"
    )
    user_id = fields.Many2one("res.users", "Printed by", readonly=True, index=True)
    date = fields.Datetime(readonly=True, default=fields.Datetime.now)
    origin = fields.Char("Printed from", readonly=True)
    line_ids = fields.One2many("farm.label.job.line", "job_id", "Labels", readonly=True)
    label_count = fields.Integer("Number of Labels", readonly=True)
    is_reprint = fields.Boolean("Reprint", readonly=True)
    reason = fields.Char("Reason for Reprint", readonly=True)
    printer_id = fields.Many2one(
        "farm.label.printer",
        readonly=True,
        index="btree_not_null",
        check_company=True,
        ondelete="restrict",
    )
    state = fields.Selection(STATES, "Status", readonly=True, required=True, index=True)
    trouble = fields.Selection(
        [("off", "Printer Off"), ("broke", "Broke Off")], readonly=True
    )
    message = fields.Char(compute="_compute_message")
    attempts = fields.Integer(readonly=True)
    content = fields.Binary("File", readonly=True, attachment=True)
    filename = fields.Char(readonly=True)

    @api.depends("trouble", "printer_id")
    def _compute_message(self):
        """What people are told of the printer, in their language."""
        for job in self:
            job.message = job.trouble and job._get_message()

    def _get_message(self):
        values = {
            "printer": self.printer_id.name,
            "host": self.printer_id.host,
            "port": self.printer_id.port,
        }
        if self.trouble == "off":
            return self.env._(
                "%(printer)s does not answer at %(host)s:%(port)s. Switch it on; the"
                " job waits and is sent then.",
                **values,
            )
        return self.env._(
            "%(printer)s broke off in the middle. Look which labels came out, then"
            " print again or say that all were printed.",
            **values,
        )

    def action_download(self):
        self.ensure_one()
        if not self.content:
            raise UserError(
                self.env._(
                    "The file of %(job)s is no longer kept. Print the labels again from"
                    " their lots.",
                    job=self.name,
                )
            )
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/farm.label.job/{self.id}/content/{self.filename}"
            "?download=true",
            "target": "download",
        }

    def action_print_again(self):
        """Ask what to print, with the same lots or packages."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "farm_traceability.farm_label_print_lot_action"
        )
        return action | {
            "context": {
                "active_model": self._name,
                "active_ids": self.ids,
                "default_template_id": self.template_id.id,
                "default_subject": "package" if self.line_ids.package_id else "lot",
            }
        }

    def _get_label_subjects(self, kind):
        return self.line_ids[f"{kind}_id"]._get_label_subjects(kind)

    @api.autovacuum
    def _gc_contents(self):
        """Files take room; what was printed stays on record without them."""
        limit = fields.Datetime.now() - timedelta(days=KEPT_DAYS)
        old = self.search(
            [
                ("state", "in", ("made", "sent", "cancelled")),
                ("date", "<", limit),
                ("content", "!=", False),
            ],
            limit=1000,
        )
        old.content = False


class FarmLabelJobLine(models.Model):
    _name = "farm.label.job.line"
    _description = "Labels of One Lot or Package"
    _inherit = "farm.evidence"
    _order = "id"

    job_id = fields.Many2one(
        "farm.label.job", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="job_id.company_id", store=True)
    template_id = fields.Many2one(related="job_id.template_id", store=True)
    user_id = fields.Many2one(related="job_id.user_id")
    date = fields.Datetime(related="job_id.date")
    state = fields.Selection(related="job_id.state")
    lot_id = fields.Many2one(
        "stock.lot", readonly=True, index="btree_not_null", ondelete="set null"
    )
    package_id = fields.Many2one(
        "stock.package", readonly=True, index="btree_not_null", ondelete="set null"
    )
    name = fields.Char("Printed for", readonly=True)
    copies = fields.Integer(readonly=True)
    is_reprint = fields.Boolean("Reprint", readonly=True)
