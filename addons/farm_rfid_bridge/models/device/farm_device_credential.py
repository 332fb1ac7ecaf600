import hashlib
import secrets

from odoo import api, fields, models

from ...protocol import problems

STATES = {
    "suspended": problems.DeviceSuspended,
    "quarantined": problems.DeviceQuarantined,
    "replaced": problems.DeviceReplaced,
}


def hashed(secret):
    """What is stored of a secret that has 50 random bits or more."""
    return hashlib.sha256(secret.encode()).hexdigest()


class FarmDevice(models.Model):
    """The token of a device: it opens the routes of devices and nothing else."""

    _inherit = "farm.device"

    token_hash = fields.Char(readonly=True, copy=False, groups=fields.NO_ACCESS)

    _token_unique = models.UniqueIndex("(token_hash) WHERE token_hash IS NOT NULL")

    @api.model
    def _new_token(self):
        """A token of 256 random bits, and what is stored of it."""
        token = secrets.token_urlsafe(32)
        return token, hashed(token)

    @api.model
    def _of_token(self, token):
        """The device that shows this token.

        :raises Problem: ``Unauthenticated``, or why the device may do nothing
        """
        # Nobody is logged in: the token says who it is.
        device = self.sudo().search([("token_hash", "=", hashed(token))], limit=1)
        if not device:
            raise problems.Unauthenticated()
        device._check_may_talk()
        return device

    def _check_may_talk(self):
        """:raises Problem: why this device may do nothing"""
        if self.state in STATES:
            raise STATES[self.state](self.state_reason or "")
        if self.state == "revoked" and not self._has_events_before_revocation():
            raise problems.DeviceRevoked(self.state_reason or "")
        if not self.user_id.active:
            raise problems.UserInactive()

    def _has_events_before_revocation(self):
        """Whether a device that was found again may still send what stands.

        It may not if there are two histories: nobody knows which one stands.
        """
        key = self.key_id
        if key.ack_seq + 1 >= key.revoked_from_seq:
            return False
        events = self.env["farm.device.event"]
        return not events.search_count(
            [("key_id", "=", key.id), ("is_fork", "=", True)], limit=1
        )
