import farmtag
from odoo import api, fields, models

from .asked_ring import AskedRing

#: the kind of error that farmtag raises → what people and programs are told
VERDICTS = [
    (farmtag.Revoked, "revoked"),
    (farmtag.NotAllowed, "not_allowed"),
    (farmtag.Forged, "forged"),
    (farmtag.UnknownChip, "unknown_chip"),
    (farmtag.UnknownKey, "unknown_key"),
    (farmtag.TooNew, "too_new"),
    (farmtag.TooOldToKnow, "too_old"),
    (farmtag.Damaged, "damaged"),
    (farmtag.NotOurs, "not_ours"),
]


class FarmKeyRing(models.AbstractModel):
    """Whether what stands on a tag is to be believed, by the keys known here."""

    _name = "farm.key.ring"
    _description = "Key Ring"

    @api.model
    def _ring(self):
        """A ring for the tags that are read now; it asks for no key twice.

        :rtype: farmtag.KeyRing
        """
        return AskedRing(self.env, fields.Date.context_today(self))

    @api.model
    def _read_tag(self, message, uid=None, ring=None):
        """What is on a tag, and whether it is to be believed.

        :param bytes message: the NDEF message
        :param bytes uid: of the chip, as its reader says
        :return: ``(verdict, farmtag.Reading or None, sentence for the log)``
        """
        try:
            return "genuine", farmtag.read(message, ring or self._ring(), uid), ""
        except farmtag.TagError as error:
            kinds = (code for kind, code in VERDICTS if isinstance(error, kind))
            return next(kinds, "damaged"), error.found, str(error)
