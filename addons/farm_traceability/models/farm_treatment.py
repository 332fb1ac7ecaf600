from odoo import api, fields, models
from odoo.exceptions import UserError

from ..wording import number_text
from .farm_guide_line import TREATMENT_KINDS


class FarmTreatment(models.Model):
    """A post-harvest treatment of lots; posted treatments are never edited."""

    _name = "farm.treatment"
    _description = "Post-harvest Treatment"
    _inherit = ["farm.numbered", "farm.evidence", "mail.thread"]
    _order = "date desc, id desc"
    _check_company_auto = True

    kind = fields.Selection(TREATMENT_KINDS, required=True)
    date = fields.Datetime(required=True, default=fields.Datetime.now)
    operator_id = fields.Many2one(
        "res.users", required=True, default=lambda self: self.env.user
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    lot_ids = fields.Many2many(
        "stock.lot", string="Lots", required=True, check_company=True
    )
    lot_count = fields.Integer(compute="_compute_lot_count")
    is_organic = fields.Boolean("Organic")
    product_id = fields.Many2one(
        "product.product", "Agent", index="btree_not_null", check_company=True
    )
    input_lot_id = fields.Many2one(
        "stock.lot",
        "Agent's Lot",
        index="btree_not_null",
        check_company=True,
        domain="[('product_id', '=', product_id)]",
    )
    dose = fields.Float(digits=(16, 4))
    dose_unit = fields.Char("Unit")
    has_temperature = fields.Boolean("Temperature Taken")
    temperature = fields.Float(help="°C")
    hours = fields.Float("Duration", help="Hours")
    deviations = fields.Text(
        readonly=True, copy=False, help="Where the treatment is not as the guide says."
    )
    state = fields.Selection(
        [("draft", "Draft"), ("done", "Posted"), ("reversed", "Reversed")],
        string="Status",
        default="draft",
        required=True,
        readonly=True,
        copy=False,
    )
    lot_operation_id = fields.Many2one(
        "farm.lot.operation",
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="The operation that this treatment was a part of.",
    )
    note = fields.Text()

    def _compute_lot_count(self):
        for treatment in self:
            treatment.lot_count = len(treatment.lot_ids)

    def action_post(self):
        self.check_access("write")
        for treatment in self:
            if treatment.state != "draft":
                raise UserError(
                    self.env._("%(name)s is posted already.", name=treatment.name)
                )
            if not treatment.lot_ids:
                raise UserError(
                    self.env._(
                        "%(name)s has no lots yet. Add the lots that were treated.",
                        name=treatment.name,
                    )
                )
            # Nobody may enter these; whoever may write the treatment may post it.
            treatment.sudo().write(
                {"state": "done", "deviations": treatment._deviations_text()}
            )
        return True

    def _deviations_text(self):
        # The guide may belong to an office whose records the operator cannot open.
        guides = self.lot_ids._get_guides().sudo()
        sentences = [self._deviation_from(guide) for guide in guides]
        return "\n".join(sentence for sentence in sentences if sentence)

    def _deviation_from(self, guide):
        """Compare with a guide's allowed treatments: "" or what is not as it says."""
        allowed = guide.treatment_ids.filtered(lambda line: line.kind == self.kind)
        kind = dict(self._fields["kind"]._description_selection(self.env))[self.kind]
        if not allowed:
            return self.env._(
                "%(guide)s does not foresee %(kind)s.",
                guide=guide.name,
                kind=kind.lower(),
            )
        reasons = [self._deviation_from_line(line) for line in allowed]
        return "" if "" in reasons else f"{guide.name}: {reasons[0]}"

    def _deviation_from_line(self, line):
        if line.is_organic and not self.is_organic:
            return self.env._("only organic agents are allowed.")
        if line.dose_max and self.dose > line.dose_max:
            return self.env._(
                "the dose %(dose)s is above %(limit)s %(unit)s.",
                dose=number_text(self.env, self.dose),
                limit=number_text(self.env, line.dose_max),
                unit=line.dose_unit or "",
            )
        if line.hours_max and self.hours > line.hours_max:
            return self.env._(
                "%(hours)s hours are more than %(limit)s.",
                hours=number_text(self.env, self.hours),
                limit=number_text(self.env, line.hours_max),
            )
        if (
            line.has_temperature
            and self.has_temperature
            and not (line.temperature_min <= self.temperature <= line.temperature_max)
        ):
            return self.env._(
                "%(temperature)s °C is outside of %(low)s to %(high)s °C.",
                temperature=number_text(self.env, self.temperature),
                low=number_text(self.env, line.temperature_min),
                high=number_text(self.env, line.temperature_max),
            )
        return ""

    def _shelf_life_change(self, guide):
        """Days that a guide adds for a treatment as it says, or takes off for any."""
        lines = guide.treatment_ids.filtered(lambda line: line.kind == self.kind)
        return min(
            (
                min(line.shelf_life_days, 0)
                if self._deviation_from_line(line)
                else line.shelf_life_days
                for line in lines
            ),
            default=0,
        )

    def write(self, vals):
        posted = any(treatment.state != "draft" for treatment in self)
        # A lot operation that is reversed undoes its treatment.
        undone = self.env.su and vals == {"state": "reversed"}
        if posted and set(vals) - {"note"} and not undone:
            raise UserError(self.env._("A posted treatment stays as it is."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_only_draft(self):
        if any(treatment.state != "draft" for treatment in self):
            raise UserError(self.env._("A posted treatment stays on record."))
