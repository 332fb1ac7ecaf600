import logging

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from farmtag.envelope import unseal
from odoo import api, fields, models
from odoo.exceptions import UserError
from psycopg2.errors import UniqueViolation

from ...protocol import chain, problems, vault

_logger = logging.getLogger(__name__)


class FarmSealingKey(models.Model):
    """A key of the server, for which devices seal what only the server may read.

    The private half is made here and never leaves: no field, method or route gives it
    to a client, not to an administrator's either. It is stored locked under a secret of
    the server's environment, so that a copy of the database opens nothing. Older keys
    are kept, because what was sealed for them lies on tags for years.
    """

    _name = "farm.sealing.key"
    _description = "Sealing Key of the Server"
    _inherit = ["farm.evidence"]
    _order = "id desc"
    _rec_name = "key_id"

    key_id = fields.Char(
        "Key ID", required=True, readonly=True, help="Four hex digits."
    )
    public_key = fields.Char(required=True, readonly=True, help="X25519, in hex.")
    state = fields.Selection(
        [("active", "Active"), ("retired", "Retired")],
        string="Status",
        required=True,
        readonly=True,
        default="active",
    )
    valid_from = fields.Datetime("Valid from", required=True, readonly=True)
    retired_at = fields.Datetime("Retired on", readonly=True)
    locked_private = fields.Char(readonly=True, groups=fields.NO_ACCESS)

    _key_id_unique = models.UniqueIndex("(key_id)", "Another key has this ID.")
    _one_active = models.UniqueIndex("(state) WHERE state = 'active'")

    @api.model
    def _current(self):
        """The key that devices seal for now, made at need.

        :return: empty where the server has no secret to lock a private half with
        :raises Problem: ``Busy``, if another request makes the first key just now
        """
        # Devices are told the public half, whoever they act for.
        key = self.sudo().search([("state", "=", "active")], limit=1)
        if key:
            return key
        try:
            with self.env.cr.savepoint():
                return self.sudo()._make()
        except vault.NoMaster as error:
            _logger.info("Devices are given no key to seal for: %s", error)
            return key
        except UniqueViolation:
            raise problems.Busy() from None

    @api.model
    def _make(self):
        """:raises NoMaster: without a secret of the server"""
        pair = X25519PrivateKey.generate()
        public = pair.public_key().public_bytes_raw()
        locked = vault.lock(pair.private_bytes_raw(), _subject(public.hex()))
        return self.create(
            {
                "key_id": chain.key_id_of(public).hex(),
                "public_key": public.hex(),
                "valid_from": fields.Datetime.now(),
                "locked_private": locked.hex(),
            }
        )

    def action_rotate(self):
        """Make another key; what was sealed for this one is opened still."""
        self.check_access("write")
        # Nobody may enter these; whoever keeps the server may rotate its key.
        keys = self.sudo().search([("state", "=", "active")])
        keys.write({"state": "retired", "retired_at": fields.Datetime.now()})
        keys.flush_recordset()
        try:
            return self.sudo()._make() and True
        except vault.NoMaster as error:
            raise UserError(
                self.env._(
                    "The server has no secret to lock its key with. Ask who runs it to"
                    " set %(variable)s.",
                    variable=vault.VARIABLE,
                )
            ) from error

    @api.model
    def _unseal(self, sealed, subject):
        """What a device has sealed.

        :param bytes sealed: as farmtag's ``seal`` writes it
        :param subject: ``farmtag.LineageCode`` of the card or container
        :raises farmtag.TagError: if it was not sealed for a key of this server
        :raises Locked: if the secret of the server is another one now
        """
        # Whoever calls this decides who may read it: it is no public method.
        keys = self.sudo().search([("key_id", "=", sealed[:2].hex())])
        private = {bytes.fromhex(key.key_id): key._private() for key in keys}
        return unseal(sealed, subject, private)

    def _private(self):
        locked = bytes.fromhex(self.locked_private)
        content = vault.unlock(locked, _subject(self.public_key))
        return X25519PrivateKey.from_private_bytes(content)

    def _describe(self):
        """What devices are told, or None."""
        if not self:
            return None
        return {"key_id": self.key_id, "public_key": bytes.fromhex(self.public_key)}


def _subject(public_key):
    return f"farm.sealing.key {public_key}"
