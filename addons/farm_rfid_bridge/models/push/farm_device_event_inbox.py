from odoo import fields, models
from odoo.exceptions import LockError, UserError
from odoo.fields import Domain

UNSETTLED = ("refused", "conflict", "parked")
QUALITY = "farm_traceability.group_quality_manager"


class FarmDeviceEvent(models.Model):
    """What people do with an event that could not be applied."""

    _inherit = "farm.device.event"

    def _as_result(self):
        """What the device is told of an event, as it stands now."""
        return {
            "seq": self.seq,
            "id": bytes.fromhex(self.uuid.replace("-", "")),
            "state": self.state,
            "code": self.reason_code or "",
            "message": self.message or "",
            "refs": self.refs or {},
        }

    def action_try_again(self):
        """Apply once more, as the device's user, after the reason is put right."""
        self._check_unsettled()
        self._check_no_fork()
        self._lock_unsettled()
        # The event is the server's own record; the rights are checked above.
        self.sudo()._apply_in_order()
        return self._tell_result()

    def _accept(self, reason):
        """Apply in spite of a rule, as the quality manager who says why.

        :raises UserError: for others, without a reason, and for what is settled
        """
        self._check_unsettled()
        if not self.env.user.has_group(QUALITY):
            raise UserError(
                self.env._("Only a quality manager can accept what a rule refuses.")
            )
        self._check_no_fork()
        self._lock_unsettled()
        for event in self.sudo():  # as in ``action_try_again``
            event.waiver_reason = self._given(reason)
            result = event._result(self.env.user)
            event.write(event._prepare_result_vals(result))
            arrived = getattr(result, "arrived", ())
            event._apply_waiting(list(arrived))
        return self._tell_result()

    def _put_aside(self, reason):
        """Close an event without applying it.

        :raises UserError: without a reason, and for what is settled
        """
        self._check_unsettled()
        self._lock_unsettled()
        vals = {"state": "settled"} | self._prepare_settled_vals(reason)
        self.sudo().write(vals)  # as in ``action_try_again``
        return True

    def _settle_copies(self):
        """Close what is kept of these events from another history.

        A device that is enrolled anew sends again what was not acknowledged, under the
        same IDs: it is applied, and nobody has to record it by hand.
        """
        events = {event.uuid: event for event in self if not event.is_id_taken}
        copies = self.search(
            Domain("uuid", "in", list(events))
            & Domain("device_id", "in", self.device_id.ids)
            & Domain("is_fork", "=", True)
            & Domain("state", "in", UNSETTLED)
        )
        for copy in copies.filtered(
            lambda one: one.body_raw == events[one.uuid].body_raw
        ):
            number = events[copy.uuid].seq
            reason = self.env._("It came again as event %(seq)s.", seq=number)
            copy.write({"state": "settled"} | copy._prepare_settled_vals(reason))

    def _prepare_settled_vals(self, reason):
        return {
            "settle_reason": self._given(reason),
            "settled_by_id": self.env.uid,
            "settled_at": fields.Datetime.now(),
        }

    def action_accept(self):
        self._check_unsettled()
        return self._ask("accept", self.env._("Accept All the Same"))

    def action_put_aside(self):
        self._check_unsettled()
        return self._ask("aside", self.env._("Put Aside"))

    def _ask(self, remedy, name):
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": "farm.device.event.settlement",
            "view_mode": "form",
            "target": "new",
            "context": {"default_event_ids": self.ids, "default_remedy": remedy},
        }

    def _given(self, reason):
        if not (reason or "").strip():
            raise UserError(self.env._("Say why: the reason stays on record."))
        return reason.strip()

    def _check_unsettled(self):
        self.check_access("write")
        self._check_all_open(self.filtered(lambda event: event.state in UNSETTLED))

    def _check_all_open(self, found):
        """:raises UserError: for the first that is not among those to decide on"""
        for event in self - found:
            raise UserError(
                self.env._("%(event)s is done already.", event=event.display_name)
            )

    def _lock_unsettled(self):
        """Refuse a second click, and one at the moment when the event is applied."""
        try:
            self.lock_for_update(allow_referencing=True)
        except LockError as error:
            raise UserError(
                self.env._("Somebody else works on this event just now: look again.")
            ) from error

    def _check_no_fork(self):
        if any(event.is_fork for event in self):
            raise UserError(
                self.env._(
                    "This is another history than the device sent before: nothing of it"
                    " is applied. Record by hand what is true of it, and put it aside."
                )
            )

    def _tell_result(self):
        """Say what came of it, where one event was looked at."""
        if len(self) != 1 or self.state == "applied":
            return True
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning",
                "message": self.message or self.env._("It waits for its lot."),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }
