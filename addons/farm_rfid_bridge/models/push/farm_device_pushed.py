from odoo import models

PUSHED = "farm_rfid/pushed"
WATCHING = ("stock.group_stock_manager", "farm_traceability.group_manager")


class FarmDevice(models.Model):
    """Whoever looks at a device or at the inbox sees at once what it sent."""

    _inherit = "farm.device"

    def _take(self, push, hashes):
        events = super()._take(push, hashes)
        if events:
            self._tell_pushed()
        return events

    def _take_fork(self, push, hashes, split_at):
        problem = super()._take_fork(push, hashes, split_at)
        self._tell_pushed()
        return problem

    def _tell_pushed(self):
        """Let open screens read anew: the message says whose events, and nothing else,
        so that each sees what he may."""
        message = {"device_id": self.id}
        self.user_id._bus_send(PUSHED, message)
        for group in WATCHING:
            self.env.ref(group)._bus_send(PUSHED, message)
