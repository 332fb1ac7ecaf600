from odoo import api, fields, models
from odoo.exceptions import UserError

#: what may be done to a tag that is in use
IN_USE = ("blank", "issued", "active", "split", "suspected")
#: who sees tags, as the access list has it
READERS = (
    "stock.group_stock_user,farm_traceability.group_officer,"
    "farm_traceability.group_manager,base.group_system"
)
GOODS_KEEPERS = "stock.group_stock_user"
OFFICERS = "farm_traceability.group_officer"
SETTLERS = "stock.group_stock_manager,farm_traceability.group_quality_manager"


class FarmTag(models.Model):
    """The life of a tag: every change has its line in the history."""

    _inherit = "farm.tag"

    def _record(self, deed, event=None, reason="", **vals):
        """Change tags, and say in their history what was done.

        The caller has checked that it may be done.

        :param str deed: one of ``DEEDS``
        :param event: ``farm.device.event`` that reported it, if one did
        :param vals: fields that change
        """
        # Nobody may write tags otherwise than by methods; those check.
        tags = self.sudo()
        before = {tag.id: tag.state for tag in tags}
        if vals:
            tags.write(vals)
            # What is freed here may be given to another tag in the next breath.
            tags.flush_recordset()
        shared = self._prepare_change_vals(deed, event, reason)
        self.env["farm.tag.change"].sudo().create(
            [
                shared
                | {
                    "tag_id": tag.id,
                    "from_state": before[tag.id],
                    "to_state": tag.state,
                    "uid": tag.uid,
                }
                for tag in tags
            ]
        )
        return self

    @api.model
    def _prepare_change_vals(self, deed, event, reason):
        return {
            "at": event.at if event else fields.Datetime.now(),
            "deed": deed,
            "reason": reason,
            "user_id": self.env.uid,
            "event_id": event.id if event else False,
            "device_name": event.device_id.name if event else False,
        }

    # -- what people and devices do -----------------------------------------------

    def _retire(self, reason, event=None):
        """Take tags out of use; their chips may be written anew.

        :raises UserError: without a reason, or by those who may not
        """
        reason = self._given(reason)
        self._check_may_keep()
        self._check_state((*IN_USE, "lost"))
        cards = self.filtered(lambda tag: tag.kind == "card")
        cards._record(
            "retired", event, reason, state="retired", is_revoked=True
        )._cancel_orders()
        (self - cards)._record("retired", event, reason, state="retired")
        return True

    def _lose(self, reason, event=None):
        """Believe tags no more that were lost; a card is refused from now on.

        :raises UserError: without a reason, or by those who may not
        """
        reason = self._given(reason)
        self._check_may_keep()
        self._check_state(("issued", "active", "split", "suspected"))
        # The thing itself may get another tag of the same code; a card never does.
        cards = self.filtered(lambda tag: tag.kind == "card")
        cards._record("lost", event, reason, state="lost", is_revoked=True)
        cards._cancel_orders()
        (self - cards)._record("lost", event, reason, state="lost")
        return True

    def _suspect(self, reason, event=None):
        """Note that tags may be copies, or on another thing; called by the server."""
        open_tags = self.filtered(lambda tag: tag.state not in ("suspected", "retired"))
        return open_tags._record("suspected", event, reason, state="suspected")

    def _trust(self, reason):
        """Take a suspicion back: a tag is again what it was before.

        :raises UserError: without a reason, or by those who may not
        """
        reason = self._given(reason)
        self._check_may_settle()
        self._check_state(("suspected",))
        for tag in self:
            tag._record("trusted", None, reason, state=tag._state_before_suspicion())
        return True

    def _state_before_suspicion(self):
        # The history of a card may be hidden from who settles it.
        changes = self.env["farm.tag.change"].sudo()
        last = changes.search(
            [("tag_id", "=", self.id), ("deed", "=", "suspected")], limit=1
        )
        return last.from_state or "active"

    # -- who may -------------------------------------------------------------------

    def _check_may_keep(self):
        """Cards are the officers', all others are those of who keeps the goods."""
        self.check_access("write")
        kinds = set(self.mapped("kind"))
        if "card" in kinds and not self.env.user.has_group(OFFICERS):
            raise UserError(
                self.env._("Only an officer of the authority decides on cards.")
            )
        if kinds - {"card"} and not self.env.user.has_group(GOODS_KEEPERS):
            raise UserError(self.env._("Tags of goods are kept by inventory users."))

    def _check_may_settle(self):
        """As for keeping them; of goods, those who settle what devices contradict."""
        self._check_may_keep()
        goods = self.filtered(lambda tag: tag.kind != "card")
        if goods and not self.env.user.has_groups(SETTLERS):
            raise UserError(
                self.env._(
                    "Ask an inventory manager or a quality manager to settle this."
                )
            )

    def _check_state(self, allowed):
        states = dict(self._fields["state"]._description_selection(self.env))
        for tag in self:
            if tag.state not in allowed:
                raise UserError(
                    self.env._(
                        "%(tag)s is “%(state)s”: this cannot be done now.",
                        tag=tag.display_name,
                        state=states[tag.state],
                    )
                )

    @api.model
    def _given(self, reason):
        if not (reason or "").strip():
            raise UserError(self.env._("Say why: the reason stays on record."))
        return reason.strip()

    @api.ondelete(at_uninstall=False)
    def _unlink_only_blank(self):
        if any(tag.state != "blank" for tag in self):
            raise UserError(
                self.env._("A tag that was used stays on record. Retire it.")
            )
