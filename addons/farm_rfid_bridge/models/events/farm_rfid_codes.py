import farmtag
from odoo import models
from odoo.exceptions import UserError

from ...protocol.problems import Damaged

LONGEST_CODE = 40


class FarmRfidTagging(models.AbstractModel):
    """Lineage codes as devices send them: understood as they are typed, and written
    as they stand on tags, so that a code is one text wherever it is looked for."""

    _inherit = "farm.rfid.tagging"

    def _code(self, body, name="code"):
        """:raises UserError: if it is no lineage code"""
        return str(self._parsed(body.text(name, LONGEST_CODE)))

    def _codes(self, body, name, most):
        """The codes of a list, each once."""
        texts = body.texts(name, LONGEST_CODE, most)
        codes = [str(self._parsed(text)) for text in texts]
        if len(set(codes)) < len(codes):
            raise Damaged(f"{body.where}{name}: one comes twice")
        return codes

    def _parsed(self, text):
        try:
            return farmtag.lineage.parse(text)
        except farmtag.Damaged as error:
            raise UserError(
                self.env._(
                    "“%(code)s” is no lineage code: a letter or digit is wrong.",
                    code=text,
                )
            ) from error

    def _check_made_here(self, event, codes):
        """:raises UserError: if a new code is not one of the device's numbers"""
        if event.waiver_reason:
            return
        numbers = set(event.device_id.key_ids.mapped("number"))
        strange = [code for code in codes if self._parsed(code).device not in numbers]
        if strange:
            raise UserError(
                self.env._(
                    "%(codes)s was not made by %(device)s: a device gives new codes of"
                    " its own number only.",
                    codes=", ".join(strange[:5]),
                    device=event.device_id.name,
                )
            )
