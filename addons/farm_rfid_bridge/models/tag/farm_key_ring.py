import farmtag
from farmtag.envelope import Algorithm, Bond, statement
from farmtag.payload import RevokedCode, RevokedKey
from odoo import api, fields, models

LISTED = ("active", "retired", "revoked")
AUTHORITY_KINDS = frozenset({farmtag.Kind.FARMER_CARD, farmtag.Kind.REVOCATIONS})
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
    """All keys that are known here, and what is revoked, as farmtag asks for them."""

    _name = "farm.key.ring"
    _description = "Key Ring"

    @api.model
    def _ring(self):
        """:rtype: farmtag.KeyRing"""
        today = fields.Date.context_today(self)
        keys = [*self._device_keys(), *self._authority_keys()]
        nameless = farmtag.LineageCode(0, 0)
        return farmtag.KeyRing(keys, today, self._revocations(nameless))

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

    # -- keys -----------------------------------------------------------------------

    @api.model
    def _device_keys(self):
        # Public halves are no secret, and a tag of any company is read here.
        keys = self.env["farm.device.key"].sudo()
        keys = keys.search_fetch([], ["number", "public_key", "key_id"])
        return [farmtag.TrustedKey(_verify_key(key), key.number) for key in keys]

    @api.model
    def _authority_keys(self):
        keys = self.env["farm.signing.key"].sudo().search([("state", "in", LISTED)])
        return [
            farmtag.TrustedKey(
                _verify_key(key),
                key.number,
                AUTHORITY_KINDS,
                key.valid_from,
                key.valid_to or None,
            )
            for key in keys
        ]

    # -- revocations ----------------------------------------------------------------

    @api.model
    def _revocations(self, code):
        """What is not believed any more, to be signed and given to devices.

        :param code: ``farmtag.LineageCode`` that names the list
        :rtype: farmtag.Revocations
        """
        return farmtag.Revocations(
            code=code,
            written=fields.Date.context_today(self),
            keys=tuple(self._revoked_keys()),
            codes=tuple(self._revoked_codes()),
        )

    @api.model
    def _signed_revocations(self, authority):
        """The list as COSE_Sign1, signed by an authority's key.

        :rtype: bytes
        """
        key = self.env["farm.signing.key"]._current(authority)
        listed = self._revocations(farmtag.LineageCode(key.number, 0))
        return statement.sign(listed, key._signer(), Bond(), is_bound=False).to_bytes()

    @api.model
    def _revoked_keys(self):
        # As for the keys themselves.
        revoked = [("state", "=", "revoked")]
        for key in self.env["farm.device.key"].sudo().search(revoked):
            fingerprint = _verify_key(key).fingerprint
            yield RevokedKey(fingerprint, key.revoked_from_seq, None)
        for key in self.env["farm.signing.key"].sudo().search(revoked):
            yield RevokedKey(_verify_key(key).fingerprint, None, key.revoked_from)

    @api.model
    def _revoked_codes(self):
        today = fields.Date.context_today(self)
        tags = self.env["farm.tag"].sudo()
        tags = tags.search_fetch([("is_revoked", "=", True)], ["lineage_code"])
        # A card whose time is over is refused by itself.
        for tag in tags:
            end = tag.certificate_id.valid_to if tag.kind == "card" else None
            if tag.lineage_code and not (end and end < today):
                yield RevokedCode(farmtag.lineage.parse(tag.lineage_code))


def _verify_key(key):
    return farmtag.VerifyKey(
        Algorithm.EDDSA, bytes.fromhex(key.public_key), bytes.fromhex(key.key_id)
    )
