from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError


class FarmSigningKey(models.Model):
    """How a key ends: another one takes over, or it is believed no more."""

    _inherit = "farm.signing.key"

    def action_rotate(self):
        """Make a key that signs from tomorrow on; this one signs until tonight."""
        self.ensure_one()
        self._check_active()
        today = fields.Date.context_today(self)
        other = self.create(
            {
                "name": self.env._(
                    "%(authority)s, from %(day)s",
                    authority=self.authority_id.name,
                    day=today + timedelta(days=1),
                ),
                "authority_id": self.authority_id.id,
                "company_id": self.company_id.id,
                "valid_from": today + timedelta(days=1),
            }
        )
        other.action_activate()
        # Nobody may enter the last day; whoever keeps the keys may rotate them.
        self.sudo().write({"valid_to": today, "state": "retired"})
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": other.id,
            "view_mode": "form",
        }

    def _revoke(self, reason, from_day):
        """Believe nothing that was signed on a day or later.

        :raises UserError: without a reason, or if it is revoked from that day already
        """
        self.ensure_one()
        self._check_active(("active", "retired", "revoked"))
        if not (reason or "").strip():
            raise UserError(self.env._("Say why: the reason stays on record."))
        if self.revoked_from and from_day >= self.revoked_from:
            raise UserError(
                self.env._("%(key)s is revoked from an earlier day.", key=self.name)
            )
        # Nobody may enter these; the right is checked above.
        self.sudo().write(
            {
                "state": "revoked",
                "revoked_from": from_day,
                "state_reason": reason.strip(),
            }
        )
        self._revoke_cards(reason.strip(), from_day)

    def _revoke_cards(self, reason, from_day):
        """Cards that the key signed since then have to be issued again."""
        orders = self.env["farm.card.order"].sudo()
        orders = orders.search(
            [("key_id", "=", self.id), ("signed_on", ">=", from_day)]
        )
        tags = orders.tag_id.filtered(lambda tag: tag.state != "retired")
        tags._record("revoked", None, reason, is_revoked=True)
        tags._cancel_orders()

    def _check_active(self, states=("active",)):
        self.check_access("write")
        for key in self:
            if key.state not in states:
                raise UserError(
                    self.env._("%(key)s is not active any more.", key=key.name)
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_only_draft(self):
        if any(key.state != "draft" for key in self):
            raise UserError(
                self.env._(
                    "A key that was in use stays on record: cards are verified with it."
                    " Revoke it."
                )
            )
