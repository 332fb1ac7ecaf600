from odoo import api, fields, models
from odoo.exceptions import UserError


class FarmDeviceEvent(models.Model):
    """The tags that an event speaks of, and what is done where it contradicts them."""

    _inherit = "farm.device.event"

    tag_ids = fields.Many2many("farm.tag", string="Tags", readonly=True)
    hold_id = fields.Many2one(
        "farm.hold", readonly=True, index="btree_not_null", ondelete="set null"
    )
    is_suspicion = fields.Boolean(compute="_compute_is_suspicion")

    @api.depends("state", "tag_ids.state")
    def _compute_is_suspicion(self):
        for event in self:
            suspected = "suspected" in event.tag_ids.mapped("state")
            event.is_suspicion = event.state == "conflict" and suspected

    def action_tag_reused(self):
        """The tags are on other things now: end what they were, and try again."""
        for event in self:
            tags = event._suspected_tags()
            tags._retire(self.env._("Used again: %(event)s", event=event.display_name))
        return self.action_try_again()

    def action_quarantine_clone(self):
        """Hold the lots of suspected tags and what was made of them; it is settled.

        :raises AccessError: for those who may not place holds
        """
        for event in self:
            reason = self.env._(
                "The tag may have been copied. %(why)s", why=event.message
            )
            lots = event._suspected_tags().lot_id
            if lots:
                hold = self.env["farm.hold"]._place(
                    lots, "quality", reason, with_descendants=True
                )
                # An event is the server's own record; the rights are checked above.
                event.sudo().hold_id = hold
            event._put_aside(reason)
        return True

    def _suspected_tags(self):
        self._check_unsettled()
        tags = self.tag_ids.filtered(lambda tag: tag.state == "suspected")
        if not tags:
            raise UserError(self.env._("No tag is suspected by this event."))
        tags._check_may_settle()
        return tags
