from odoo import fields, models


class FarmCertificate(models.Model):
    """A certificate as a device saw it, which was not told yet what came later."""

    _inherit = "farm.certificate"

    def _status_on(self, date):
        number, at = self.env.context.get("farm_certificate_seen") or ("", None)
        if number != self.name:
            return super()._status_on(date)
        known = self.status_ids.filtered(
            lambda status: status.create_date <= at and status.date <= date
        )
        return known._latest() or super()._status_on(date)

    def _as_seen(self, number, at):
        """In an environment in which a certificate is as it was known at a moment."""
        at = fields.Datetime.to_datetime(at)
        return self.with_context(farm_certificate_seen=(number, at))
