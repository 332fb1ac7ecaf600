from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date, split_every

EXPIRED_AT_ONCE = 1000


class FarmCertificate(models.Model):
    """The life of a certificate: what changes its state, and from which day on."""

    _inherit = "farm.certificate"

    def action_issue(self):
        self.check_access("write")
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
            certificate._record_status("valid", certificate.valid_from, "")
        return True

    def suspend(self, reason, date=None):
        self._change_state("suspended", ("valid",), reason, date)

    def reinstate(self, reason, date=None):
        self._change_state("valid", ("suspended",), reason, date)

    def revoke(self, reason, date=None):
        self._change_state("revoked", ("valid", "suspended"), reason, date)

    def _change_state(self, state, allowed, reason, date=None):
        self.check_access("write")
        date = fields.Date.to_date(date) or fields.Date.context_today(self)
        if not (reason or "").strip():
            raise UserError(self.env._("Give the reason; it stays on record."))
        for certificate in self:
            certificate._check_change(allowed, date)
            certificate._record_status(state, date, reason.strip())

    def _check_change(self, allowed, date):
        last = self.status_ids._latest()
        if last.state not in allowed:
            labels = dict(self._fields["state"]._description_selection(self.env))
            raise UserError(
                self.env._(
                    "Certificate %(number)s is %(state)s; this cannot be done now.",
                    number=self.name,
                    state=labels[last.state or "draft"].lower(),
                )
            )
        today = fields.Date.context_today(self)
        if date > today:
            raise UserError(self.env._("Choose today or a day before."))
        if last.date > today:
            return  # issued ahead: it is stopped before it begins
        if date < self.valid_from <= last.date:
            raise UserError(
                self.env._(
                    "Certificate %(number)s begins on %(date)s; choose that day or a"
                    " later one.",
                    number=self.name,
                    date=format_date(self.env, self.valid_from),
                )
            )
        if date < last.date:
            raise UserError(
                self.env._(
                    "The last change of certificate %(number)s is of %(date)s; choose"
                    " that day or a later one.",
                    number=self.name,
                    date=format_date(self.env, last.date),
                )
            )

    def _record_status(self, state, date, reason):
        # The history is written here only: nobody has the right to create it.
        self.env["farm.certificate.status"].sudo().create(
            {
                "certificate_id": self.id,
                "state": state,
                "date": date,
                "reason": reason,
            }
        )
        self.sudo().state = self._state_today()
        if reason:
            self.message_post(body=reason)

    def _status_on(self, date):
        """Return the entry of the history that counts on a date."""
        return self.status_ids.filtered(lambda status: status.date <= date)._latest()

    def _state_today(self):
        state = self.status_ids._latest().state or "draft"
        over = self.valid_to < fields.Date.context_today(self)
        return "expired" if state == "valid" and over else state

    @api.model
    def _ended(self):
        """Certificates whose time is over, not shown as expired yet."""
        return self.search(
            [
                ("state", "=", "valid"),
                ("valid_to", "<", fields.Date.context_today(self)),
            ]
        )

    @api.model
    def _cron_expire(self):
        """Show certificates whose time is over as expired."""
        ended = self._ended()
        commit_progress = self.env["ir.cron"]._commit_progress
        commit_progress(remaining=len(ended))
        for batch in split_every(EXPIRED_AT_ONCE, ended.ids, self.browse):
            batch.state = "expired"
            if not commit_progress(len(batch)):
                break


class FarmCertificateStatus(models.Model):
    """What a certificate's state was from which day on; never edited."""

    _name = "farm.certificate.status"
    _description = "History of a Certificate"
    _order = "id desc"

    certificate_id = fields.Many2one(
        "farm.certificate", required=True, index=True, ondelete="cascade"
    )
    state = fields.Selection(
        [("valid", "Valid"), ("suspended", "Suspended"), ("revoked", "Revoked")],
        string="Status",
        required=True,
        readonly=True,
    )
    date = fields.Date("From", required=True, readonly=True)
    reason = fields.Char(readonly=True)

    def _latest(self):
        # In the order of recording: what stops a certificate that was issued ahead
        # is of an earlier day than its begin.
        return self.sorted("id")[-1:]

    def write(self, vals):
        self._refuse_change()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _refuse_change(self):
        raise UserError(self.env._("The history of a certificate is never edited."))
