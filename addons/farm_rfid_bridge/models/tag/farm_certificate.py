from odoo import fields, models
from odoo.addons.farm_traceability.models.counts import count_by
from odoo.exceptions import UserError

from .farm_tag_state import OFFICERS, READERS

#: what a change of the certificate does to its cards
CHANGES = {
    "suspended": "_suspend_cards",
    "revoked": "_revoke_cards",
    "valid": "_trust_cards",
}


class FarmCertificate(models.Model):
    """The card is the certificate in the farmer's pocket: it goes with it."""

    _inherit = "farm.certificate"

    tag_ids = fields.One2many(
        "farm.tag", "certificate_id", "Cards and Tags", groups=READERS
    )
    tag_count = fields.Integer(compute="_compute_tag_count")

    def _compute_tag_count(self):
        counts = count_by(self, "farm.tag", "certificate_id")
        for certificate in self:
            certificate.tag_count = counts.get(certificate, 0)

    def action_open_tags(self):
        return self.env["farm.tag"]._open_of("certificate_id", self)

    # -- issuing --------------------------------------------------------------------

    def _issue_card(self, device, chip="NTAG215", uid=""):
        """Order a card: for one chip, or for the next blank one at the writer.

        :param device: ``farm.device`` that writes it
        :param str uid: of the chip, in hex
        :return: the card, ``farm.tag``, with its order
        :raises UserError: unless the certificate is valid and the device may
        """
        self.ensure_one()
        self._check_may_issue(device)
        self.env["farm.card.order"]._expire()
        key = self.env["farm.signing.key"]._current(self.authority_id)
        # A card follows from its certificate, which the officer may write.
        card = self.env["farm.tag"].sudo()
        card = card.create(self._prepare_card_vals(key)).sudo(False)
        card._record("ordered")
        order = card._order_writing(device, chip, uid)
        if uid:
            order._sign(uid)
        else:
            card._draft_card()  # what cannot be written is refused at the desk
        return card

    def _prepare_card_vals(self, key):
        return {
            "kind": "card",
            "state": "issued",
            "lineage_code": str(key._next_card_code()),
            "company_id": self.company_id.id,
            "partner_id": self.farmer_id.id,
            "certificate_id": self.id,
        }

    def _check_may_issue(self, device):
        self.check_access("write")
        device.check_access("read")
        if not self.env.user.has_group(OFFICERS):
            raise UserError(
                self.env._("Only an officer of the authority decides on cards.")
            )
        if self._state_today() != "valid":
            raise UserError(
                self.env._(
                    "Certificate %(number)s is not valid: there is no card for it.",
                    number=self.name,
                )
            )
        if device.state != "enrolled" or not device.may_write_cards:
            raise UserError(
                self.env._(
                    "%(device)s does not write farmers' cards: choose an enrolled"
                    " device that does.",
                    device=device.name,
                )
            )

    # -- what changes with the certificate ------------------------------------------

    def _record_status(self, state, date, reason):
        status = super()._record_status(state, date, reason)
        # Who may change a certificate changes its cards with it.
        cards = self.sudo().tag_ids.filtered(
            lambda tag: tag.kind == "card" and tag.state not in ("retired", "lost")
        )
        getattr(self, CHANGES[state])(cards, reason)
        return status

    def _suspend_cards(self, cards, reason):
        cards._record("revoked", None, reason, is_revoked=True)
        cards.order_ids.action_cancel()

    def _revoke_cards(self, cards, reason):
        cards._record("revoked", None, reason, is_revoked=True, state="retired")
        cards._cancel_orders()

    def _trust_cards(self, cards, reason):
        revoked = cards.filtered("is_revoked")
        revoked._record("trusted", None, reason, is_revoked=False)
