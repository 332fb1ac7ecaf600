from odoo import models
from odoo.fields import Domain

from ..events.results import Conflict, Parked


class FarmDeviceEvent(models.Model):
    """Events that a device made after its key was revoked: a person decides on each.

    What was applied stays, and is open until somebody says what came of looking at it.
    What waits for a lot is not applied by itself any more.
    """

    _inherit = "farm.device.event"

    _doubted_index = models.Index(
        "(company_id, received_at)"
        " WHERE is_doubted IS TRUE AND state = 'applied' AND settled_at IS NULL"
    )

    def _doubt(self):
        """Believe events no more; ``self`` has all rights."""
        self.write({"is_doubted": True})
        for event in self.filtered(lambda event: event.state == "parked"):
            event.write(event._prepare_result_vals(event._revoked()))

    def _prepare_result_vals(self, result):
        if self.is_doubted and isinstance(result, Parked):
            result = self._revoked()
        return super()._prepare_result_vals(result)

    def _revoked(self):
        return Conflict(
            "revoked",
            self.env._(
                "It waited for its lot when the key of the device was revoked, and is"
                " not applied by itself. Try again when the lot is there and you"
                " believe it, or put it aside."
            ),
        )

    def _get_open_domain(self):
        return super()._get_open_domain() | self._get_doubted_domain()

    def _get_doubted_domain(self):
        """What was applied, is not believed any more, and nobody has looked at."""
        return (
            Domain("is_doubted", "=", True)
            & Domain("state", "=", "applied")
            & Domain("settled_at", "=", False)
        )

    def action_settle(self):
        self._check_doubted()
        return self._ask("settle", self.env._("Settle"))

    def _settle(self, reason):
        """Close what was applied and is doubted; what it did stays.

        :raises UserError: without a reason, and for what nobody has to look at
        """
        self._check_doubted()
        self._lock_unsettled()
        # The event is the server's own record; the rights are checked above.
        self.sudo().write(self._prepare_settled_vals(reason))
        return True

    def _check_doubted(self):
        self.check_access("write")
        self._check_all_open(self.filtered_domain(self._get_doubted_domain()))
