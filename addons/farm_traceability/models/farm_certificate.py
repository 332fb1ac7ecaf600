from typing import NamedTuple

from dateutil.relativedelta import relativedelta
from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import format_date

from .counts import count_by


class Validity(NamedTuple):
    """Yes, or no with the reason. True in a condition when valid."""

    valid: bool
    reason: str = ""

    def __bool__(self):
        return self.valid


class FarmCertificate(models.Model):
    """An authority's word that a farmer grows crops by its guides."""

    _name = "farm.certificate"
    _description = "Certificate"
    _inherit = ["farm.evidence", "mail.thread", "mail.activity.mixin"]
    _order = "valid_to desc, name, id"

    name = fields.Char("Number", required=True, copy=False, tracking=True)
    scheme_id = fields.Many2one(
        "farm.certification.scheme", required=True, index=True, ondelete="restrict"
    )
    authority_id = fields.Many2one(
        "res.partner",
        required=True,
        index=True,
        domain=[("farm_role_ids.code", "=", "authority")],
    )
    farmer_id = fields.Many2one(
        "res.partner",
        required=True,
        index=True,
        ondelete="restrict",
        tracking=True,
        domain=[("farm_role_ids.code", "=", "farmer")],
    )
    region_id = fields.Many2one(
        "farm.region", related="farmer_id.farm_region_id", store=True, index=True
    )
    company_id = fields.Many2one(
        "res.company", related="farmer_id.company_id", store=True, index=True
    )
    line_ids = fields.One2many("farm.certificate.line", "certificate_id", copy=True)
    crop_ids = fields.Many2many(
        "farm.crop", string="Crops", compute="_compute_crop_ids"
    )
    plot_ids = fields.Many2many(
        "farm.plot",
        string="Plots",
        domain="[('farmer_id', '=', farmer_id)]",
        help="Leave empty when all plots of the farmer are certified.",
    )
    valid_from = fields.Date(
        required=True, tracking=True, default=fields.Date.context_today
    )
    valid_to = fields.Date(
        required=True,
        tracking=True,
        compute="_compute_valid_to",
        store=True,
        readonly=False,
        precompute=True,
        help="A year, unless the authority says otherwise.",
    )
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("valid", "Valid"),
            ("suspended", "Suspended"),
            ("revoked", "Revoked"),
            ("expired", "Expired"),
        ],
        string="Status",
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
    )
    status_ids = fields.One2many(
        "farm.certificate.status", "certificate_id", "History", readonly=True
    )
    inspection_ids = fields.One2many(
        "farm.inspection",
        "certificate_id",
        groups="farm_traceability.group_officer,farm_traceability.group_manager,"
        "base.group_portal",
    )
    inspection_count = fields.Integer(compute="_compute_inspection_count")
    harvest_ids = fields.One2many("farm.harvest", "certificate_id", "Harvests")

    _number_unique = models.UniqueIndex(
        "(scheme_id, name)",
        "There is already a certificate with this number in this scheme.",
    )
    _dates_ordered = models.Constraint(
        "CHECK (valid_to >= valid_from)",
        "A certificate cannot end before it begins.",
    )

    @api.depends("line_ids.crop_id")
    def _compute_crop_ids(self):
        for certificate in self:
            certificate.crop_ids = certificate.line_ids.crop_id

    def _compute_inspection_count(self):
        counts = count_by(self, "farm.inspection", "certificate_id")
        for certificate in self:
            certificate.inspection_count = counts.get(certificate, 0)

    @api.depends("valid_from")
    def _compute_valid_to(self):
        for certificate in self:
            begin = certificate.valid_from
            if begin and not certificate.valid_to:
                certificate.valid_to = begin + relativedelta(years=1, days=-1)

    @api.constrains("plot_ids", "farmer_id")
    def _check_plots(self):
        for certificate in self:
            strange = certificate.plot_ids.filtered(
                lambda plot, farmer=certificate.farmer_id: plot.farmer_id != farmer
            )
            if strange:
                raise ValidationError(
                    self.env._(
                        "Certificate %(number)s can only list plots of its farmer;"
                        " remove %(plots)s.",
                        number=certificate.name,
                        plots=", ".join(strange.mapped("name")),
                    )
                )

    def copy_data(self, default=None):
        vals_list = super().copy_data(default=default)
        for certificate, vals in zip(self, vals_list, strict=True):
            vals.setdefault(
                "name", self.env._("%(number)s (copy)", number=certificate.name)
            )
        return vals_list

    def write(self, vals):
        if self._issued_fields() & set(vals):
            self._check_not_issued()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_issued(self):
        self._check_not_issued()

    def _issued_fields(self):
        """Fields that an issued certificate keeps for ever."""
        return {
            "name", "scheme_id", "authority_id", "farmer_id", "line_ids", "plot_ids",
            "valid_from", "valid_to",
        }  # fmt: skip

    def _check_not_issued(self):
        issued = self.filtered(lambda certificate: certificate.state != "draft")
        if issued:
            raise UserError(
                self.env._(
                    "Certificate %(numbers)s was issued and stays on record as it is."
                    " Revoke it and issue another one instead.",
                    numbers=", ".join(issued.mapped("name")),
                )
            )

    # -- the one question --------------------------------------------------------

    def is_valid_for(self, crop, date, plot=None):
        """Say whether this certificate covers a crop on a date.

        Everything that depends on a certificate asks here and nowhere else.

        :param crop: ``farm.crop``
        :param date: the day of the harvest
        :param plot: ``farm.plot``, when the question is about one
        :rtype: Validity
        """
        self.ensure_one()
        reason = (
            self._reason_of_begin(date)
            or self._reason_of_history(date)
            or self._reason_of_end(date)
            or self._reason_of_scope(crop, plot)
        )
        return Validity(not reason, reason)

    def _reason_of_begin(self, date):
        if not self.status_ids:
            return self.env._(
                "Certificate %(number)s is a draft: it has not been issued.",
                number=self.name,
            )
        if date < self.valid_from:
            return self.env._(
                "Certificate %(number)s is valid from %(begin)s only.",
                number=self.name,
                begin=format_date(self.env, self.valid_from),
            )
        return ""

    def _reason_of_history(self, date):
        status = self._status_on(date)
        if status.state == "suspended":
            return self.env._(
                "Certificate %(number)s is suspended since %(since)s: %(why)s",
                number=self.name,
                since=format_date(self.env, status.date),
                why=status.reason,
            )
        if status.state == "revoked":
            return self.env._(
                "Certificate %(number)s was revoked on %(since)s: %(why)s",
                number=self.name,
                since=format_date(self.env, status.date),
                why=status.reason,
            )
        return ""

    def _reason_of_end(self, date):
        if date > self.valid_to:
            return self.env._(
                "Certificate %(number)s expired on %(end)s.",
                number=self.name,
                end=format_date(self.env, self.valid_to),
            )
        return ""

    def _reason_of_scope(self, crop, plot):
        if crop not in self.line_ids.crop_id:
            return self.env._(
                "Certificate %(number)s does not cover %(crop)s.",
                number=self.name,
                crop=crop.name,
            )
        if plot and self.plot_ids and plot not in self.plot_ids:
            return self.env._(
                "Certificate %(number)s does not cover plot %(plot)s.",
                number=self.name,
                plot=plot.name,
            )
        return ""
