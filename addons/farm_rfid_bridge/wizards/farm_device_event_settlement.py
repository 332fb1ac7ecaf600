from odoo import fields, models


class FarmDeviceEventSettlement(models.TransientModel):
    """A person decides on events, and says why."""

    _name = "farm.device.event.settlement"
    _description = "Settlement of Events"

    event_ids = fields.Many2many("farm.device.event", required=True)
    remedy = fields.Selection(
        [
            ("accept", "Accept All the Same"),
            ("aside", "Put Aside"),
            ("settle", "Settle"),
        ],
        required=True,
    )
    reason = fields.Text(required=True)

    def action_settle(self):
        if self.remedy == "accept":
            return self.event_ids._accept(self.reason)
        if self.remedy == "settle":
            return self.event_ids._settle(self.reason)
        return self.event_ids._put_aside(self.reason)
