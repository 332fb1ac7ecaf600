import farmtag
from odoo import models
from odoo.exceptions import UserError

LONGEST_CODE = 40


class FarmRfidPurchase(models.AbstractModel):
    """The lineage codes of bunches: roots that the device itself has made."""

    _inherit = "farm.rfid.purchase"

    def _lineage_codes(self, event, bunches):
        """The codes of bunches, in their order, as farmtag writes them.

        :rtype: list[str]
        :raises UserError: if a code is none, or not one of this device
        """
        codes = [self._parsed(bunch.text("code", LONGEST_CODE)) for bunch in bunches]
        self._check_roots(codes)
        if not event.waiver_reason:
            self._check_made_here(codes, event.device_id)
        return [str(code) for code in codes]

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

    def _check_roots(self, codes):
        part = next((code for code in codes if code.depth), None)
        if part:
            raise UserError(
                self.env._(
                    "%(code)s is a part of %(whole)s: only whole bunches are bought.",
                    code=part,
                    whole=part.root,
                )
            )

    def _check_made_here(self, codes, device):
        numbers = set(device.key_ids.mapped("number"))
        strange = [str(code) for code in codes if code.device not in numbers]
        if strange:
            raise UserError(
                self.env._(
                    "%(codes)s was not made by %(device)s: a device gives bunches codes"
                    " of its own number only.",
                    codes=", ".join(strange[:5]),
                    device=device.name,
                )
            )
