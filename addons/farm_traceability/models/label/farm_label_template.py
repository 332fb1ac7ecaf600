from odoo import api, fields, models

from .drawer import make_format
from .sentences import in_words

SUBJECTS = [("lot", "Lots"), ("package", "Packages")]


class FarmLabelTemplate(models.Model):
    """A label: its size, what lies where on it, and how labels lie on the paper.

    All measures are millimetres, places are counted from the upper left corner.
    """

    _name = "farm.label.template"
    _description = "Label Template"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", index=True, help="Empty: the label is there for all companies."
    )
    subject = fields.Selection(SUBJECTS, "For", default="lot", required=True)
    lang = fields.Selection(
        lambda self: self.env["res.lang"].get_installed(),
        "Language",
        help="Of dates and words on the label. Empty: that of whoever prints.",
    )
    width = fields.Float("Width (mm)", default=100.0, required=True, digits=(6, 2))
    height = fields.Float("Height (mm)", default=50.0, required=True, digits=(6, 2))
    orientation = fields.Selection(
        [("upright", "Upright"), ("turned", "Turned by 90°")],
        default="upright",
        required=True,
        help="Turned: the label leaves the printer, or lies on the sheet, on its side.",
    )
    margin_left = fields.Float(default=2.0, digits=(6, 2))
    margin_top = fields.Float(default=2.0, digits=(6, 2))
    margin_right = fields.Float(default=2.0, digits=(6, 2))
    margin_bottom = fields.Float(default=2.0, digits=(6, 2))
    paper = fields.Selection(
        [
            ("roll", "Roll"),
            ("a4", "A4 Sheet"),
            ("a5", "A5 Sheet"),
            ("letter", "Letter"),
        ],
        "Roll or Sheet",
        default="roll",
        required=True,
    )
    rows = fields.Integer(default=1, required=True)
    columns = fields.Integer(default=1, required=True)
    page_left = fields.Float("First from Left", digits=(6, 2))
    page_top = fields.Float("First from Top", digits=(6, 2))
    gap_x = fields.Float("Gap Across", digits=(6, 2))
    gap_y = fields.Float("Gap Down", digits=(6, 2))
    labels_per_sheet = fields.Integer(compute="_compute_labels_per_sheet")
    dpi = fields.Selection(
        [("203", "203 dpi"), ("300", "300 dpi")],
        "Resolution",
        default="203",
        required=True,
        help="Of the printer: bars and modules are whole dots wide, so that scanners"
        " read them.",
    )
    block_ids = fields.One2many("farm.label.block", "template_id", "Blocks", copy=True)
    job_count = fields.Integer(compute="_compute_job_count")

    @api.depends("paper", "rows", "columns")
    def _compute_labels_per_sheet(self):
        for template in self:
            sheet = template.paper != "roll"
            template.labels_per_sheet = sheet and template.rows * template.columns

    def _compute_job_count(self):
        groups = self.env["farm.label.job"]._read_group(
            [("template_id", "in", self.ids)], ["template_id"], ["__count"]
        )
        counts = dict(groups)
        for template in self:
            template.job_count = counts.get(template._origin, 0)

    def copy_data(self, default=None):
        copies = super().copy_data(default)
        for template, vals in zip(self, copies, strict=True):
            vals["name"] = self.env._("%(name)s (copy)", name=template.name)
        return copies

    def _is_sheet(self):
        return self.paper != "roll"

    # -- what cannot be printed cannot be saved --------------------------------------

    @api.constrains(lambda self: self._get_design_fields())
    def _check_format(self):
        for template in self:
            with in_words(self.env, template.name):
                make_format(template)

    def _get_design_fields(self):
        """Fields that change how the label looks and lies."""
        return [
            "width",
            "height",
            "orientation",
            *(f"margin_{side}" for side in ("left", "top", "right", "bottom")),
            *("paper", "rows", "columns", "page_left", "page_top", "gap_x", "gap_y"),
            "dpi",
        ]

    # -- to others --------------------------------------------------------------------

    def action_open_jobs(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "farm_traceability.farm_label_job_action"
        )
        return action | {"domain": [("template_id", "=", self.id)], "context": {}}
