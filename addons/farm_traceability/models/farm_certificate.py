from typing import NamedTuple

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
    _inherit = ["mail.thread", "mail.activity.mixin"]
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
    crop_ids = fields.Many2many("farm.crop", compute="_compute_crop_ids")
    plot_ids = fields.Many2many(
        "farm.plot",
        domain="[('farmer_id', '=', farmer_id)]",
        help="Leave empty when all plots of the farmer are certified.",
    )
    valid_from = fields.Date(required=True, tracking=True)
    valid_to = fields.Date(required=True, tracking=True)
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("valid", "Valid"),
            ("suspended", "Suspended"),
            ("revoked", "Revoked"),
            ("expired", "Expired"),
        ],
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
    inspection_ids = fields.One2many("farm.inspection", "certificate_id")
    inspection_count = fields.Integer(compute="_compute_inspection_count")

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
            self._reason_of_state(date)
            or self._reason_of_dates(date)
            or self._reason_of_scope(crop, plot)
        )
        return Validity(not reason, reason)

    def _reason_of_state(self, date):
        state, why = self._state_on(date)
        if state == "valid":
            return ""
        day = format_date(self.env, date)
        sentences = {
            "draft": self.env._(
                "Certificate %(number)s was not issued yet on %(date)s.",
                number=self.name,
                date=day,
            ),
            "suspended": self.env._(
                "Certificate %(number)s was suspended on %(date)s: %(why)s",
                number=self.name,
                date=day,
                why=why,
            ),
            "revoked": self.env._(
                "Certificate %(number)s was revoked on %(date)s: %(why)s",
                number=self.name,
                date=day,
                why=why,
            ),
        }
        return sentences[state]

    def _reason_of_dates(self, date):
        if date < self.valid_from:
            return self.env._(
                "Certificate %(number)s is valid from %(begin)s only.",
                number=self.name,
                begin=format_date(self.env, self.valid_from),
            )
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

    def _state_on(self, date):
        """Return the state and its reason as they were on a date."""
        past = self.status_ids.filtered(lambda status: status.date <= date)
        last = past.sorted(lambda status: (status.date, status.id))[-1:]
        return (last.state, last.reason or "") if last else ("draft", "")

    # -- its life ------------------------------------------------------------------

    def action_issue(self):
        for certificate in self:
            if certificate.state != "draft":
                raise UserError(
                    self.env._(
                        "Certificate %(number)s has been issued already.",
                        number=certificate.name,
                    )
                )
            if not certificate.line_ids:
                raise UserError(
                    self.env._(
                        "Certificate %(number)s covers no crop yet. Add one first.",
                        number=certificate.name,
                    )
                )
            certificate._set_state("valid", certificate.valid_from, "")
        return True

    def suspend(self, reason, date=None):
        self._change_state("suspended", ("valid", "expired"), reason, date)

    def reinstate(self, reason, date=None):
        self._change_state("valid", ("suspended",), reason, date)

    def revoke(self, reason, date=None):
        self._change_state("revoked", ("valid", "suspended", "expired"), reason, date)

    def _change_state(self, state, allowed, reason, date=None):
        date = fields.Date.to_date(date) or fields.Date.context_today(self)
        if not (reason or "").strip():
            raise UserError(self.env._("Give the reason; it stays on record."))
        labels = dict(self._fields["state"]._description_selection(self.env))
        for certificate in self:
            if certificate.state not in allowed:
                raise UserError(
                    self.env._(
                        "Certificate %(number)s is %(state)s; this cannot be done now.",
                        number=certificate.name,
                        state=labels[certificate.state].lower(),
                    )
                )
            certificate._set_state(state, date, reason.strip())

    def _set_state(self, state, date, reason):
        self.env["farm.certificate.status"].create(
            {
                "certificate_id": self.id,
                "state": state,
                "date": date,
                "reason": reason,
            }
        )
        self.state = state
        if reason:
            self.message_post(body=reason)

    @api.model
    def _cron_expire(self):
        """Show certificates whose time is over as expired."""
        ended = self.search(
            [
                ("state", "=", "valid"),
                ("valid_to", "<", fields.Date.context_today(self)),
            ]
        )
        ended.state = "expired"

    @api.ondelete(at_uninstall=False)
    def _unlink_only_draft(self):
        for certificate in self:
            if certificate.state != "draft":
                raise UserError(
                    self.env._(
                        "Certificate %(number)s was issued and stays on record."
                        " Revoke it instead.",
                        number=certificate.name,
                    )
                )


class FarmCertificateLine(models.Model):
    _name = "farm.certificate.line"
    _description = "Crop of a Certificate"
    _order = "id"

    certificate_id = fields.Many2one(
        "farm.certificate", required=True, index=True, ondelete="cascade"
    )
    crop_id = fields.Many2one(
        "farm.crop", required=True, index=True, ondelete="restrict"
    )
    guide_id = fields.Many2one(
        "farm.guide",
        "Guide Version",
        index=True,
        ondelete="restrict",
        domain="[('crop_id', '=', crop_id), ('state', '=', 'published')]",
    )

    _crop_unique = models.UniqueIndex(
        "(certificate_id, crop_id)", "The certificate covers this crop already."
    )

    @api.constrains("crop_id", "guide_id")
    def _check_guide(self):
        for line in self.filtered("guide_id"):
            if line.guide_id.crop_id != line.crop_id:
                raise ValidationError(
                    self.env._(
                        "%(guide)s is not a guide for %(crop)s.",
                        guide=line.guide_id.name,
                        crop=line.crop_id.name,
                    )
                )


class FarmCertificateStatus(models.Model):
    """What a certificate's state was from which day on; never edited."""

    _name = "farm.certificate.status"
    _description = "History of a Certificate"
    _order = "date desc, id desc"

    certificate_id = fields.Many2one(
        "farm.certificate", required=True, index=True, ondelete="cascade"
    )
    state = fields.Selection(
        [("valid", "Valid"), ("suspended", "Suspended"), ("revoked", "Revoked")],
        required=True,
        readonly=True,
    )
    date = fields.Date("From", required=True, readonly=True)
    reason = fields.Char(readonly=True)

    def write(self, vals):
        raise UserError(self.env._("The history of a certificate is never edited."))
