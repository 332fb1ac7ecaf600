from odoo import models
from odoo.exceptions import UserError


class FarmDevice(models.Model):
    """What people do with a device that is lost, broken or not believed."""

    _inherit = "farm.device"

    def action_suspend(self):
        self._change_state({"enrolled"}, "suspended")
        return True

    def action_resume(self):
        self._change_state({"suspended"}, "enrolled")
        return True

    def _revoke(self, reason, from_seq=0):
        """Believe a device no more, from an event on; earlier ones stand.

        :param str reason: stays on record
        :param int from_seq: the first event that is not believed; the first that was
            not received yet when 0
        :raises UserError: without a reason, or if the device is not in use
        """
        self.ensure_one()
        if not (reason or "").strip():
            raise UserError(self.env._("Say why: the reason stays on record."))
        self._change_state(
            {"enrolled", "suspended", "quarantined"}, "revoked", reason.strip()
        )
        # Nobody may write keys otherwise than here; the right is checked above.
        key = self.key_id.sudo()
        first = from_seq or key.ack_seq + 1
        key.write({"state": "revoked", "revoked_from_seq": first})
        self._doubt_events(key, first)

    def _doubt_events(self, key, from_seq):
        events = self.env["farm.device.event"].sudo()
        events.search([("key_id", "=", key.id), ("seq", ">=", from_seq)])._doubt()

    def action_replace(self):
        """Put another device in the place of this one: the same work, a new key."""
        self.ensure_one()
        self.check_access("write")
        other = self.copy({"name": self.env._("%(device)s (new)", device=self.name)})
        self._change_state({"enrolled", "suspended", "quarantined"}, "replaced")
        # Nobody may write these otherwise than here; the right is checked above.
        self.sudo().replaced_by_id = other
        self.sudo()._retire_key()
        return {
            "type": "ir.actions.act_window",
            "res_model": "farm.device",
            "res_id": other.id,
            "view_mode": "form",
        }

    def _quarantine(self, reason):
        """Take nothing more from a device; called by the server itself.

        What a person revoked stays revoked.
        """
        # The device's user may not write devices.
        doubted = self.sudo().filtered(lambda device: device.state != "revoked")
        doubted.write({"state": "quarantined", "state_reason": reason})

    def _change_state(self, from_states, to_state, reason=False):
        self.check_access("write")
        for device in self:
            if device.state not in from_states:
                states = dict(self._fields["state"]._description_selection(self.env))
                raise UserError(
                    self.env._(
                        "%(device)s is “%(state)s”: this cannot be done now.",
                        device=device.name,
                        state=states[device.state],
                    )
                )
        # Nobody may write the state otherwise than here; the right is checked above.
        self.sudo().write(
            {
                "state": to_state,
                "state_reason": reason,
                "enrol_code_hash": False,
                "enrol_until": False,
            }
        )
