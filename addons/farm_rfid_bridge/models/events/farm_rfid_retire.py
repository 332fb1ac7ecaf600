from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Command

from ...protocol.problems import Damaged
from .results import Applied, Parked


class FarmRfidRetire(models.AbstractModel):
    """A tag is taken off, broken or empty: its chip may be written anew.

    Body: ``code`` or ``uid`` (both, if the device knows both), ``reason``.
    """

    _name = "farm.rfid.retire"
    _inherit = ["farm.rfid.tagging"]
    _description = "Retirement of a Tag"

    def _apply(self, event, body):
        if "code" not in body and "uid" not in body:
            raise Damaged("code or uid is missing")
        reason = body.text("reason", longest=500)
        tag = self._tag(body)
        tag._retire(reason, event)
        return Applied(
            refs={"tag": tag.display_name},
            links={
                "tag_ids": [Command.set(tag.ids)],
                "lot_ids": [Command.set(tag.lot_id.ids)],
            },
        )

    def _tag(self, body):
        domain = [("state", "!=", "retired")]
        if "code" in body:
            domain += [("lineage_code", "=", self._code(body))]
        if "uid" in body:
            domain += [("uid", "=", self._uid(body))]
        tag = self.env["farm.tag"].search(domain, limit=1)
        if tag:
            return tag
        code = body.optional("text", "code", longest=40)
        # A lot of another company is nothing to wait for.
        lots = self.env["stock.lot"].sudo()
        if code and not lots.search_count([("lineage_code", "=", code)], limit=1):
            raise Parked(code)
        raise UserError(
            self.env._(
                "There is no tag %(tag)s in use here.", tag=code or self._uid(body)
            )
        )
