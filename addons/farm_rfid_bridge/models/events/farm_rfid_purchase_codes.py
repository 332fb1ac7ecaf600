from odoo import models
from odoo.exceptions import UserError


class FarmRfidPurchase(models.AbstractModel):
    """The lineage codes of bunches: roots that the device itself has made."""

    _inherit = "farm.rfid.purchase"

    def _lineage_codes(self, event, bunches):
        """The codes of bunches, in their order, as farmtag writes them.

        :rtype: list[str]
        :raises UserError: if a code is none, or not one of this device
        """
        codes = [self._code(bunch) for bunch in bunches]
        self._check_roots(codes)
        self._check_made_here(event, codes)
        return codes

    def _check_roots(self, codes):
        for code in map(self._parsed, codes):
            if code.depth:
                raise UserError(
                    self.env._(
                        "%(code)s is a part of %(whole)s: only whole bunches are"
                        " bought.",
                        code=code,
                        whole=code.root,
                    )
                )
