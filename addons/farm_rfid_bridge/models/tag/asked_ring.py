"""The key ring as farmtag asks it, answered by the database for each tag alone."""

import farmtag
from farmtag.envelope import Algorithm
from farmtag.payload import RevokedCode, RevokedKey
from odoo.fields import Domain

LISTED = ("active", "retired", "revoked")
AUTHORITY_KINDS = frozenset({farmtag.Kind.FARMER_CARD, farmtag.Kind.REVOCATIONS})
NAMELESS = farmtag.LineageCode(0, 0)


class AskedRing:
    """Stands in for ``farmtag.KeyRing`` with all keys that are known here, and what is
    revoked; none of it is loaded before a tag asks for it.

    :param env: of whoever reads; which keys there are, and what is revoked, is no
        secret: every device is told
    """

    def __init__(self, env, as_of):
        self.env = env
        self.as_of = as_of
        self._rings = {}

    def verify(self, signed, external):
        """As ``farmtag.KeyRing.verify``, of the keys with the ID on the tag."""
        return self._ring_of(signed.key_id).verify(signed, external)

    def judge(self, payload, key, today=None):
        """As ``farmtag.KeyRing.judge``, by what is revoked of this key and code."""
        revocations = self._revocations(payload.code, key.key)
        ring = farmtag.KeyRing([key], self.as_of, revocations)
        ring.judge(payload, key, today)

    # -- keys -------------------------------------------------------------------------

    def _ring_of(self, key_id):
        """The keys of an ID of two bytes; several may share it.

        :param key_id: what a tag says, anything
        """
        name = key_id.hex() if isinstance(key_id, bytes) else ""
        if name not in self._rings:
            keys = [*self._device_keys(name), *self._authority_keys(name)]
            self._rings[name] = farmtag.KeyRing(keys, self.as_of)
        return self._rings[name]

    def _device_keys(self, key_id):
        # Public halves are no secret, and a tag of any company is read here.
        keys = self.env["farm.device.key"].sudo()
        for key in keys.search([("key_id", "=", key_id)]):
            yield farmtag.TrustedKey(_verify_key(key), key.number)

    def _authority_keys(self, key_id):
        keys = self.env["farm.signing.key"].sudo()  # as those of devices
        domain = Domain("key_id", "=", key_id) & Domain("state", "in", LISTED)
        for key in keys.search(domain):
            yield farmtag.TrustedKey(
                _verify_key(key),
                key.number,
                AUTHORITY_KINDS,
                key.valid_from,
                key.valid_to or None,
            )

    # -- revocations ------------------------------------------------------------------

    def _revocations(self, code, key):
        """What is not believed any more, of a code with its wholes and a key.

        :rtype: farmtag.Revocations
        """
        return farmtag.Revocations(
            code=NAMELESS,
            written=self.as_of,
            keys=tuple(self._revoked_keys(key)),
            codes=tuple(self._revoked_codes(code)),
        )

    def _revoked_keys(self, key):
        domain = Domain("public_key", "=", key.public.hex())
        domain &= Domain("state", "=", "revoked")
        # As for the keys themselves.
        for one in self.env["farm.device.key"].sudo().search(domain):
            yield RevokedKey(key.fingerprint, one.revoked_from_seq, None)
        for one in self.env["farm.signing.key"].sudo().search(domain):
            yield RevokedKey(key.fingerprint, None, one.revoked_from)

    def _revoked_codes(self, code):
        line = {str(one): one for one in _line(code)}
        domain = Domain("is_revoked", "=", True)
        domain &= Domain("lineage_code", "in", list(line))
        for tag in self.env["farm.tag"].sudo().search_fetch(domain, ["lineage_code"]):
            yield RevokedCode(line[tag.lineage_code])


def _line(code):
    """A code, and those of what it was split from."""
    while code:
        yield code
        code = code.parent


def _verify_key(key):
    return farmtag.VerifyKey(
        Algorithm.EDDSA, bytes.fromhex(key.public_key), bytes.fromhex(key.key_id)
    )
