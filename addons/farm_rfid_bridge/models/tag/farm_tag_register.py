from typing import NamedTuple

from odoo import api, models
from odoo.fields import Command, Domain

from ...protocol.problems import Damaged
from ..events.results import Conflict


class Mark(NamedTuple):
    """A tag as an event speaks of it: UID in hex or "", lineage code, other values."""

    uid: str
    code: str
    vals: dict


class FarmTag(models.Model):
    """Which chip has which code: one for one, and what to do when it is not so."""

    _inherit = "farm.tag"

    @api.model
    def _register_marks(self, marks, event, deed="registered"):
        """Tags of marks, in their order: new ones, blanks, or those that had no UID.

        :param marks: list of ``Mark``
        :raises Damaged: if a UID or a code comes twice
        :raises Conflict: if a chip has another code, or a code another chip
        """
        check_once(mark.uid for mark in marks)
        check_once(mark.code for mark in marks)
        # Chips and codes are unique in all companies.
        tags = self.sudo()
        by_uid, by_code = tags._known([mark[:2] for mark in marks])
        new = []
        for mark in marks:
            known = by_code.get(mark.code) or by_uid.get(mark.uid)
            if known:
                self._check_agrees(mark, by_uid.get(mark.uid), by_code.get(mark.code))
                known._record(deed, event, **self._prepare_mark_vals(mark, event))
            else:
                new.append(mark)
        made = tags.create([self._prepare_mark_vals(mark, event) for mark in new])
        made._record(deed, event)
        found = by_code | dict(zip((mark.code for mark in new), made, strict=True))
        return self.browse(
            (found.get(mark.code) or by_uid[mark.uid]).id for mark in marks
        )

    @api.model
    def _prepare_mark_vals(self, mark, event):
        vals = {
            "lineage_code": mark.code,
            "state": "active",
            "last_seen": event.at,
            "last_device_id": event.device_id.id,
        }
        if mark.uid:
            vals["uid"] = mark.uid
        return vals | mark.vals

    @api.model
    def _known(self, pairs):
        """Tags in use by UID and by code, of pairs of both."""
        uids = [uid for uid, _code in pairs if uid]
        codes = [code for _uid, code in pairs if code]
        tags = self.search(
            (Domain("uid", "in", uids) | Domain("lineage_code", "in", codes))
            & Domain("state", "!=", "retired")
        )
        by_uid = {tag.uid: tag for tag in tags if tag.uid}
        return by_uid, {tag.lineage_code: tag for tag in tags if tag.lineage_code}

    @api.model
    def _check_agrees(self, mark, of_uid, of_code):
        if of_uid and of_uid != of_code and (of_uid.lineage_code or of_code):
            raise Conflict(
                "tag-reused",
                self.env._(
                    "The chip %(uid)s is the tag %(known)s; the device says %(code)s."
                    " The tag was used again, or somebody copied it.",
                    uid=mark.uid,
                    known=of_uid.lineage_code or of_uid.display_name,
                    code=mark.code,
                ),
            )
        if of_code and of_code.uid and mark.uid and of_code.uid != mark.uid:
            raise Conflict(
                "tag-copied",
                self.env._(
                    "The code %(code)s is on the chip %(known)s; the device says"
                    " %(uid)s. One of both is a copy.",
                    code=mark.code,
                    known=of_code.uid,
                    uid=mark.uid,
                ),
            )

    # -- suspicion -----------------------------------------------------------------

    @api.model
    def _contradicted(self, pairs):
        """Tags in use that have one of a pair of UID and code, and not the other."""
        by_uid, by_code = self._known(pairs)
        found = self.browse()
        for uid, code in pairs:
            of_uid, of_code = by_uid.get(uid, self.browse()), by_code.get(code)
            if of_uid.lineage_code and of_uid.lineage_code != code:
                found |= of_uid
            if of_code and of_code.uid and uid and of_code.uid != uid:
                found |= of_code
        return found

    @api.model
    def _note_contradiction(self, pairs, event, conflict):
        """Suspect the tags that an event contradicts, and link them to it.

        A device says nothing about tags of companies that are not its own.
        """
        companies = (False, event.company_id.id)
        tags = self.sudo()._contradicted(pairs)
        mine = tags.filtered(lambda tag: tag.company_id.id in companies)
        mine._suspect(conflict.message, event)
        conflict.links.setdefault("tag_ids", [Command.set(mine.ids)])
        conflict.links.setdefault("lot_ids", [Command.set(mine.lot_id.ids)])


def check_once(values):
    """:raises Damaged: if a value, other than none, comes twice"""
    values = [value for value in values if value]
    if len(set(values)) < len(values):
        raise Damaged("A UID or a code comes twice")
