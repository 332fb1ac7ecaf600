from odoo import fields, models
from odoo.tools import format_date

from ...protocol.problems import Damaged


class FarmRfidPurchase(models.AbstractModel):
    """The certificate as it was seen at the farm gate.

    Offline, a device knows what the server knew at its last synchronisation: what was
    suspended or revoked later does not undo a purchase, and is told.
    """

    _inherit = "farm.rfid.purchase"

    def _seen_by(self, event, body, card):
        """``self`` in an environment that knows what was known at the purchase."""
        number = self._seen_number(body, card)
        if not number:
            return self
        certificates = self.env["farm.certificate"]._as_seen(number, event.at)
        return self.with_env(certificates.env)

    def _seen_number(self, body, card):
        seen = body.optional("text", "certificate", longest=64)
        return seen or (card.payload.certificate if card else "")

    def _flag(self, event, harvest, body, card):
        """What was believed at the farm gate and is not so here: code and sentence."""
        # The collector may not see the certificate any more; its number is no secret.
        certificate = harvest.sudo().certificate_id
        flags = (
            self._flag_other(certificate, self._seen_number(body, card))
            or self._flag_end(certificate, body)
            or self._flag_lapsed(certificate)
            or self._flag_card(event, card)
            or self._flag_cap(harvest)
        )
        return flags or ("", "")

    def _flag_other(self, certificate, seen):
        if not seen or seen == certificate.name:
            return None
        return "certificate-other", self.env._(
            "The device saw certificate %(seen)s; here it is %(known)s.",
            seen=seen,
            known=certificate.name or self.env._("none"),
        )

    def _flag_end(self, certificate, body):
        text = body.optional("text", "valid_to", longest=10)
        if not text:
            return None
        try:
            seen = fields.Date.to_date(text)
        except ValueError:
            raise Damaged("valid_to is no date") from None
        if not certificate or seen == certificate.valid_to:
            return None
        return "certificate-other", self.env._(
            "The device saw certificate %(number)s end on %(seen)s; here it ends on"
            " %(known)s.",
            number=certificate.name,
            seen=format_date(self.env, seen),
            known=format_date(self.env, certificate.valid_to),
        )

    def _flag_cap(self, harvest):
        cycle = harvest.cycle_id
        count = cycle._bunch_count() if cycle.bunch_cap else 0
        if count <= cycle.bunch_cap:
            return None
        return "cap-passed", self.env._(
            "Cycle %(cycle)s gave %(count)s bunches; it can give %(cap)s.",
            cycle=cycle.display_name,
            count=count,
            cap=cycle.bunch_cap,
        )

    def _flag_lapsed(self, certificate):
        if not certificate or certificate._state_today() == "valid":
            return None
        return "certificate-lapsed", self.env._(
            "Certificate %(number)s was valid when the device read it, and is not any"
            " more.",
            number=certificate.name,
        )
