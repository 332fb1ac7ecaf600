from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Command, Domain

from ...protocol.problems import Damaged
from .results import Applied, Parked


class FarmRfidRetire(models.AbstractModel):
    """A tag is taken off, broken or empty: its chip may be written anew.

    Body: ``code`` or ``uid`` (both, if the device knows both), ``reason``.

    1. a tag in use is retired; one that is retired already is so before
    2. a tag of a bunch that is not here yet is waited for
    3. a chip, or a card, that nobody knows is refused
    """

    _name = "farm.rfid.retire"
    _inherit = ["farm.rfid.tagging"]
    _description = "Retirement of a Tag"

    def _apply(self, event, body):
        if "code" not in body and "uid" not in body:
            raise Damaged("code or uid is missing")
        reason = body.text("reason", longest=500)
        code = self._code(body) if "code" in body else ""
        tag = self._find(code, self._uid(body))
        if not tag:
            self._park_if_awaited(code)
            raise self._not_here(code or self._uid(body))
        if tag.state == "retired":
            return self._applied(tag, *self._say_over(tag))
        self._check_lies_here(event, tag.lot_id)
        tag._retire(reason, event)
        return self._applied(tag)

    def _find(self, code, uid):
        """The tag in use, else the last that was."""
        domain = Domain.TRUE
        if code:
            domain &= Domain("lineage_code", "=", code)
        if uid:
            domain &= Domain("uid", "=", uid)
        tags = self.env["farm.tag"].search(domain, order="id desc")
        return (tags.filtered(lambda tag: tag.state != "retired") or tags)[:1]

    def _applied(self, tag, code="", message=""):
        return Applied(
            code=code,
            message=message,
            refs={"tag": tag.display_name},
            links={
                "tag_ids": [Command.set(tag.ids)],
                "lot_ids": [Command.set(tag.lot_id.ids)],
            },
        )

    def _say_over(self, tag):
        return "already-over", self.env._(
            "%(tag)s was retired before.", tag=tag.display_name
        )

    def _park_if_awaited(self, code):
        """:raises Parked: if a bunch of this code may yet come"""
        if not code or self._is_card(code):
            return
        # A lot of another company is nothing to wait for.
        lots = self.env["stock.lot"].sudo()
        if not lots.search_count([("lineage_code", "=", code)], limit=1):
            raise Parked(code)

    def _is_card(self, code):
        # What the codes of cards begin with is no secret; no lot ever comes for one.
        keys = self.env["farm.signing.key"].sudo()
        number = self._parsed(code).device
        return bool(keys.search_count([("number", "=", number)], limit=1))

    def _not_here(self, name):
        return UserError(self.env._("There is no tag %(tag)s in use here.", tag=name))
