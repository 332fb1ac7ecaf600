from datetime import timedelta

from odoo import fields, models
from odoo.addons.farm_rfid_bridge.protocol.problems import Damaged

READ = "farm_rfid/read"
#: what was read longer ago lies before nobody any more
LIVE_FOR = timedelta(seconds=20)
MOST_TEXTS = 50


class FarmDevice(models.Model):
    """What a desk reader reads is handed to the open scan screens of its user."""

    _inherit = "farm.device"

    def _take(self, push, hashes):
        events = super()._take(push, hashes)
        if self.kind == "desk":
            self._hand_to_screens(events.filtered(self._is_live))
        return events

    def _is_live(self, event):
        age = fields.Datetime.now() - event.at
        return event.kind == "read" and not event.is_clock_doubtful and age < LIVE_FOR

    def _hand_to_screens(self, events):
        texts = [text for event in events for text in self._texts_of(event)]
        if texts:
            self.user_id._bus_send(READ, {"texts": texts[:MOST_TEXTS]})

    def _texts_of(self, event):
        """What a scanner would send of the tags that were read."""
        try:
            tags = list(event._read_body().each("tags"))
        except Damaged:
            return []
        return [text for tag in tags if (text := self._text_of(tag))]

    def _text_of(self, tag):
        for name in ("code", "epc"):
            if isinstance(tag.values.get(name), str):
                return tag.values[name]
        uid = tag.values.get("uid")
        return self._code_of_uid(uid) if isinstance(uid, bytes) else ""

    def _code_of_uid(self, uid):
        """The code of a tag that is known; what is not known is shown as its UID."""
        tags = self._as_user()["farm.tag"]
        if not tags.has_access("read"):
            return uid.hex().upper()
        tag = tags.search(
            [("uid", "=", uid.hex()), ("state", "!=", "retired")], limit=1
        )
        return tag.lineage_code or uid.hex().upper()
