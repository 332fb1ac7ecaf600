from odoo import api, fields, models
from odoo.exceptions import UserError


class FarmGuide(models.Model):
    """One version of an authority's cultivation guide for a crop.

    A published version never changes; a correction is the next version.
    """

    _name = "farm.guide"
    _description = "Cultivation Guide"
    _inherit = ["farm.evidence", "mail.thread", "mail.activity.mixin"]
    _order = "crop_id, code, version desc"

    name = fields.Char(compute="_compute_name", store=True)
    code = fields.Char(
        required=True, help="Name of the guide, the same for all of its versions."
    )
    version = fields.Integer(default=1, required=True, readonly=True, copy=False)
    state = fields.Selection(
        [("draft", "Draft"), ("published", "Published")],
        string="Status",
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        tracking=True,
        index=True,
    )
    crop_id = fields.Many2one(
        "farm.crop", required=True, index=True, ondelete="restrict", tracking=True
    )
    authority_id = fields.Many2one(
        "res.partner",
        required=True,
        index=True,
        domain=[("farm_role_ids.code", "=", "authority")],
    )
    company_id = fields.Many2one(
        "res.company", related="crop_id.company_id", store=True, index=True
    )
    previous_id = fields.Many2one(
        "farm.guide", "Corrects", readonly=True, copy=False, index=True
    )
    next_ids = fields.One2many("farm.guide", "previous_id", "Corrected by")
    correction_reason = fields.Text(readonly=True, copy=False)
    is_current = fields.Boolean(
        "Current", compute="_compute_is_current", search="_search_is_current"
    )
    published_on = fields.Date(readonly=True, copy=False)
    published_by_id = fields.Many2one("res.users", readonly=True, copy=False)

    is_organic = fields.Boolean("Organic")
    fertilizer_ids = fields.One2many("farm.guide.fertilizer", "guide_id", copy=True)
    harvest_tool = fields.Char(translate=True)
    maturity_days_min = fields.Integer(
        "Maturity from", help="Fruit age at harvest in days after flowering."
    )
    maturity_days_max = fields.Integer("Maturity to")
    treatment_ids = fields.One2many("farm.guide.treatment", "guide_id", copy=True)
    storage_temperature_min = fields.Float("Storage from", help="°C")
    storage_temperature_max = fields.Float("Storage to", help="°C")
    storage_humidity_min = fields.Float("Humidity from", help="% relative humidity")
    storage_humidity_max = fields.Float("Humidity to", help="% relative humidity")
    transport_container = fields.Char(translate=True)
    transport_vehicle = fields.Char(translate=True)
    distribution_hours_max = fields.Integer(
        "Longest Distribution", help="Hours from harvest to the last delivery."
    )
    shelf_life_ids = fields.One2many("farm.guide.shelf.life", "guide_id", copy=True)
    note = fields.Html()

    _version_unique = models.UniqueIndex(
        "(crop_id, code, version)", "This version of the guide exists already."
    )
    _maturity_ordered = models.Constraint(
        "CHECK (maturity_days_min >= 0 AND maturity_days_max >= maturity_days_min)",
        "The maturity age must be a range of days, the smaller number first.",
    )
    _storage_ordered = models.Constraint(
        "CHECK (storage_temperature_max >= storage_temperature_min)",
        "The storage temperature must be a range, the lower one first.",
    )

    @api.depends("code", "version")
    def _compute_name(self):
        for guide in self:
            guide.name = f"{guide.code} v{guide.version}"

    @api.depends("state", "next_ids.state")
    def _compute_is_current(self):
        for guide in self:
            guide.is_current = guide.state == "published" and not any(
                newer.state == "published" for newer in guide.next_ids
            )

    def _search_is_current(self, operator, value):
        if operator != "in" or set(value) != {True}:
            return NotImplemented
        superseded = self._search([("next_ids.state", "=", "published")])
        return [("state", "=", "published"), ("id", "not in", superseded)]

    def action_publish(self):
        for guide in self:
            if guide.state == "published":
                raise UserError(
                    self.env._("%(guide)s is published already.", guide=guide.name)
                )
        self.check_access("write")
        # Nobody may enter the state; whoever may write the guide may publish it.
        self.sudo().write(
            {
                "state": "published",
                "published_on": fields.Date.context_today(self),
                "published_by_id": self.env.uid,
            }
        )
        return True

    def _check_complete(self):
        incomplete = self.filtered(lambda guide: not guide.shelf_life_ids)
        if incomplete:
            raise UserError(
                self.env._(
                    "%(guides)s has no shelf life yet. Add at least one line with a"
                    " temperature range and days, so that lots get an expiry date.",
                    guides=", ".join(incomplete.mapped("name")),
                )
            )

    def _method_fields(self):
        # The next version is made with these, by copy.
        return super()._method_fields() - {
            "version",
            "previous_id",
            "correction_reason",
        }

    def _frozen_fields(self):
        """Fields that a published version keeps for ever."""
        mail = set(self.env["mail.thread"]._fields) | set(
            self.env["mail.activity.mixin"]._fields
        )
        return set(self._fields) - mail - {"next_ids", "is_current", "company_id"}

    @api.model_create_multi
    def create(self, vals_list):
        guides = super().create(vals_list)
        guides._check_not_published()
        return guides

    def write(self, vals):
        if self._frozen_fields() & set(vals):
            self._check_not_published()
        if vals.get("state") == "published":
            self._check_complete()
        return super().write(vals)

    def _update_field_translations(
        self, field_name, translations, digest=None, source_lang=""
    ):
        # Translations do not pass through write().
        self._check_not_published()
        return super()._update_field_translations(
            field_name, translations, digest=digest, source_lang=source_lang
        )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_published(self):
        self._check_not_published()

    def _check_not_published(self):
        published = self.filtered(lambda guide: guide.state == "published")
        if published:
            raise UserError(
                self.env._(
                    "%(guides)s is published and never changes. Use “Correct” to make"
                    " the next version.",
                    guides=", ".join(published.mapped("name")),
                )
            )

    def _shelf_life_days(self, temperature):
        """Days of shelf life at a storage temperature in °C; 0 when unknown."""
        self.ensure_one()
        lines = self.shelf_life_ids.filtered(
            lambda line: line.temperature_min <= temperature <= line.temperature_max
        )
        return min(lines.mapped("days"), default=0)
