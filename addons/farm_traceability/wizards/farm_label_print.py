from math import ceil

from odoo import api, fields, models
from odoo.exceptions import UserError

COPIES_BY = [("lot", "Per Lot"), ("unit", "Per Unit"), ("hand", "Per Hand")]
# Models that speak of packages only.
OF_PACKAGES = {"stock.package"}
MOST_LABELS = 20_000


class FarmLabelPrint(models.TransientModel):
    """Print labels of what was chosen.

    1. chosen lots, receipts, operations, stock or packages
    2. which label, how many of each, to a printer or as a file
    3. all labels are drawn, then the job is made; what cannot be drawn is said
    """

    _name = "farm.label.print"
    _description = "Print Labels"

    company_id = fields.Many2one(
        "res.company", default=lambda self: self.env.company, readonly=True
    )
    source_model = fields.Char(
        readonly=True, default=lambda self: self.env.context.get("active_model")
    )
    source_ids = fields.Json(
        readonly=True, default=lambda self: self.env.context.get("active_ids", [])
    )
    subject = fields.Selection(
        [("lot", "Lots"), ("package", "Packages")],
        "Of",
        required=True,
        default=lambda self: self._default_subject(),
    )
    template_id = fields.Many2one(
        "farm.label.template",
        "Label",
        required=True,
        compute="_compute_template_id",
        store=True,
        precompute=True,
        readonly=False,
        domain="[('subject', '=', subject), ('company_id', 'in', (False, company_id))]",
    )
    is_sheet = fields.Boolean(compute="_compute_is_sheet")
    copies_by = fields.Selection(COPIES_BY, "Copies", default="lot", required=True)
    copies = fields.Integer("Times", default=1, required=True)
    start = fields.Integer(
        "First Place",
        default=1,
        help="Where the first label goes on a sheet that is begun: 1 is the upper left"
        " corner, then row by row.",
    )
    output = fields.Selection(
        [("download", "Download"), ("printer", "Printer")],
        required=True,
        default=lambda self: self._default_output(),
    )
    printer_id = fields.Many2one(
        "farm.label.printer",
        domain="[('company_id', '=', company_id)]",
        default=lambda self: self._default_printer(),
    )
    reason = fields.Char("Reason for Reprint")
    label_count = fields.Integer("Labels", compute="_compute_label_count")
    reprint_count = fields.Integer("Printed Before", compute="_compute_label_count")
    reprint_text = fields.Char(compute="_compute_reprint_text")
    hint = fields.Char(compute="_compute_hint")
    job_id = fields.Many2one("farm.label.job", readonly=True)

    # -- what is offered --------------------------------------------------------------

    @api.model
    def _default_subject(self):
        model = self.env.context.get("active_model")
        return "package" if model in OF_PACKAGES else "lot"

    @api.model
    def _default_output(self):
        return "printer" if self._default_printer() else "download"

    @api.model
    def _default_printer(self):
        """The printer that this user printed with last."""
        return self._last_job(("printer_id", "!=", False)).printer_id

    @api.depends("subject")
    def _compute_template_id(self):
        for wizard in self:
            if wizard.template_id.subject != wizard.subject:
                wizard.template_id = wizard._suggest_template()

    def _suggest_template(self):
        """The label that this user printed last, else the first one."""
        domain = ("template_id.subject", "=", self.subject)
        templates = self.env["farm.label.template"]
        return self._last_job(domain).template_id or templates.search(
            [
                ("subject", "=", self.subject),
                ("company_id", "in", (False, self.company_id.id)),
            ],
            limit=1,
        )

    def _last_job(self, term):
        jobs = self.env["farm.label.job"]
        mine = [
            ("user_id", "=", self.env.uid),
            ("company_id", "=", self.env.company.id),
        ]
        return jobs.search([*mine, term], limit=1)

    @api.depends("template_id")
    def _compute_is_sheet(self):
        for wizard in self:
            wizard.is_sheet = wizard.template_id._is_sheet()

    # -- how many ---------------------------------------------------------------------

    @api.depends("template_id", "subject", "copies_by", "copies")
    def _compute_label_count(self):
        for wizard in self:
            wizard.label_count = wizard.reprint_count = 0
            if wizard.template_id:
                batch = wizard._get_batch()
                subjects = [subject for subject, _copies in batch]
                printed = wizard.template_id._get_printed(subjects)
                wizard.label_count = sum(copies for _subject, copies in batch)
                wizard.reprint_count = len(printed)

    @api.depends("reprint_count")
    def _compute_reprint_text(self):
        for wizard in self:
            wizard.reprint_text = wizard.reprint_count and self.env._(
                "Printed with this label before: %(count)s of what you chose. It is"
                " recorded as a reprint.",
                count=wizard.reprint_count,
            )

    @api.depends("template_id", "subject")
    def _compute_hint(self):
        for wizard in self:
            wizard.hint = wizard._get_hint()

    def _get_hint(self):
        """What will be missing on the labels, in one sentence."""
        symbols = self.template_id.block_ids.filtered(lambda one: one._is_symbol())
        products = {subject.product for subject in self._get_subjects()}
        bare = [one for one in products if one and not one._looks_like_gtin()]
        if not symbols.filtered("is_optional") or not bare:
            return False
        return self.env._(
            "%(product)s has no GTIN: its labels come without the barcode.",
            product=bare[0].display_name,
        )

    def _get_subjects(self):
        """What labels are printed of, each lot or package once."""
        if not self.source_model or self.source_model not in self.env:
            return []
        # Only the ids of what the user chose are kept: it is read as the user may.
        records = self.env[self.source_model].browse(self.source_ids or [])
        if not hasattr(records, "_get_label_subjects"):
            return []
        return _merged(records._get_label_subjects(self.subject))

    def _get_batch(self):
        return [
            (subject, self._get_copies(subject)) for subject in self._get_subjects()
        ]

    def _get_copies(self, subject):
        pieces = {"lot": 1, "unit": ceil(subject.quantity), "hand": subject.count}
        return self.copies * pieces[self.copies_by]

    # -- printing ---------------------------------------------------------------------

    def action_print(self):
        """Make the job, and show it or its file; a second click makes no second one."""
        self.ensure_one()
        if not self.job_id:
            self._check_ready()
            self.job_id = self._make_job()
        if self.output == "download":
            return self.job_id.action_download() | {"target": "new", "close": True}
        return {
            "type": "ir.actions.act_window",
            "res_model": "farm.label.job",
            "res_id": self.job_id.id,
            "view_mode": "form",
        }

    def _make_job(self):
        self._give_numbers()
        return self.template_id._print(
            self._get_batch(),
            printer=self.output == "printer" and self.printer_id,
            start=self.start if self.is_sheet else 1,
            reason=self.reason,
            origin=self._get_origin(),
        )

    def _check_ready(self):
        if self.copies < 1:
            raise UserError(self.env._("Print at least one label: set how many times."))
        if self.label_count > MOST_LABELS:
            raise UserError(
                self.env._(
                    "These are %(count)s labels. Print at most %(most)s at a time.",
                    count=self.label_count,
                    most=MOST_LABELS,
                )
            )
        if self.output == "printer" and not self.printer_id:
            raise UserError(self.env._("Choose the printer, or download the labels."))
        if not self.label_count:
            raise UserError(self._nothing_text())

    def _nothing_text(self):
        if self.copies_by == "hand":
            return self.env._(
                "The number of hands of these lots is not known: print per lot."
            )
        if self.subject == "package":
            return self.env._("There are no packages in what you chose.")
        return self.env._("There are no lots in what you chose.")

    def _give_numbers(self):
        """Packages get their SSCC when their label shows it."""
        if self.template_id._shows_sscc():
            packages = self.env["stock.package"]
            packages.concat(
                *(one.package for one in self._get_subjects())
            ).action_give_sscc()

    def _get_origin(self):
        records = self.env[self.source_model].browse(self.source_ids)
        names = records[:3].mapped("display_name")
        return ", ".join(names) + (" …" if len(records) > 3 else "")


def _merged(subjects):
    """One subject for each lot or package: quantities of the same one are added."""
    merged = {}
    for subject in subjects:
        first = merged.get(subject.key)
        if first:
            subject = first._replace(quantity=first.quantity + subject.quantity)
        merged[subject.key] = subject
    return list(merged.values())
