import secrets

import farmtag
from farmtag.envelope import Algorithm
from odoo import api, fields, models
from odoo.exceptions import UserError

from ...protocol import vault

SEED_BYTES = 32
#: cards of one key: what the counter of a lineage code can count
MOST_CARDS = 2**22 - 1


class FarmSigningKey(models.Model):
    """A key of an authority, with which farmers' cards and revocations are signed.

    1. an administrator makes a pair here, or enters the public half of another server
    2. it signs from its first day on, until another one takes over
    3. it is revoked from a day on: what it signed before stands

    The private half is made here and never leaves: no field, method or route gives it
    to a client. It is stored locked under a secret of the server's environment, so
    that a copy of the database signs nothing.
    """

    _name = "farm.signing.key"
    _description = "Signing Key of an Authority"
    _inherit = ["farm.evidence", "mail.thread"]
    _order = "valid_from desc, id desc"

    name = fields.Char(required=True, tracking=True)
    authority_id = fields.Many2one(
        "res.partner",
        required=True,
        index=True,
        ondelete="restrict",
        domain=[("farm_role_ids.code", "=", "authority")],
    )
    company_id = fields.Many2one("res.company", index=True)
    number = fields.Integer(
        readonly=True, copy=False, help="What the codes of its cards begin with."
    )
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("active", "Active"),
            ("retired", "Retired"),
            ("revoked", "Revoked"),
        ],
        string="Status",
        required=True,
        default="draft",
        readonly=True,
        copy=False,
        tracking=True,
    )
    foreign_key = fields.Char(
        "Public Half of Another Server",
        copy=False,
        help="64 hex digits. Leave it empty to make a new pair here.",
    )
    public_key = fields.Char(readonly=True, copy=False, help="Ed25519, in hex.")
    key_id = fields.Char("Key ID", readonly=True, copy=False, help="Four hex digits.")
    locked_seed = fields.Char(readonly=True, copy=False, groups=fields.NO_ACCESS)
    signs_here = fields.Boolean(readonly=True, copy=False)
    valid_from = fields.Date(
        "First Day", required=True, default=fields.Date.context_today, tracking=True
    )
    valid_to = fields.Date("Last Day", readonly=True, copy=False, tracking=True)
    revoked_from = fields.Date(
        "Revoked from",
        readonly=True,
        copy=False,
        tracking=True,
        help="What was signed on this day or later is not believed.",
    )
    state_reason = fields.Text("Reason", readonly=True, copy=False, tracking=True)
    card_count = fields.Integer("Cards Numbered", readonly=True, copy=False)

    _public_key_unique = models.UniqueIndex(
        "(public_key) WHERE public_key IS NOT NULL", "This key is known already."
    )
    _number_unique = models.UniqueIndex("(number) WHERE number > 0")

    def write(self, vals):
        if not self.env.su and {"authority_id", "company_id", "valid_from"} & set(vals):
            self._check_draft()
        return super().write(vals)

    def _check_draft(self):
        for key in self:
            if key.state != "draft":
                raise UserError(
                    self.env._("%(key)s is in use already.", key=key.display_name)
                )

    # -- making ---------------------------------------------------------------------

    def action_activate(self):
        """Make the pair, or take the public half that was entered."""
        self.check_access("write")
        self._check_draft()
        for key in self:
            # Nobody may enter these; whoever keeps the keys may make one.
            key.sudo().write(key._prepare_foreign_vals() or key._prepare_pair_vals())
        return True

    def _prepare_pair_vals(self):
        seed = secrets.token_bytes(SEED_BYTES)
        pair = farmtag.SigningKey.from_bytes(seed)
        return self._prepare_public_vals(pair.verify_key.public) | {
            "locked_seed": self._lock_seed(seed),
            "signs_here": True,
            "number": self.env["farm.device"]._next_number(),
        }

    def _prepare_foreign_vals(self):
        text = (self.foreign_key or "").strip()
        if not text:
            return {}
        try:
            return self._prepare_public_vals(bytes.fromhex(text))
        except ValueError as error:
            raise UserError(
                self.env._("This is no public half of a key: enter its 64 hex digits.")
            ) from error

    def _prepare_public_vals(self, public):
        key = farmtag.VerifyKey(Algorithm.EDDSA, public)
        return {
            "state": "active",
            "public_key": public.hex(),
            "key_id": key.key_id.hex(),
        }

    def _lock_seed(self, seed):
        try:
            return vault.lock(seed, self._subject()).hex()
        except vault.NoMaster as error:
            raise UserError(self._say_no_master()) from error

    def _subject(self):
        return f"farm.signing.key {self.id}"

    def _say_no_master(self):
        return self.env._(
            "The server has no secret to lock signing keys with. Ask who runs it to set"
            " %(variable)s.",
            variable=vault.VARIABLE,
        )

    # -- signing --------------------------------------------------------------------

    @api.model
    def _current(self, authority):
        """The key that signs for an authority today.

        :raises UserError: without one
        """
        today = fields.Date.context_today(self)
        # Officers use the key of their authority; they do not keep it.
        key = self.sudo().search(
            [
                ("authority_id", "=", authority.id),
                ("state", "in", ("active", "retired")),
                ("signs_here", "=", True),
                ("valid_from", "<=", today),
                "|",
                ("valid_to", "=", False),
                ("valid_to", ">=", today),
            ],
            limit=1,
        )
        if not key:
            raise UserError(
                self.env._(
                    "%(authority)s has no key that signs today. Ask an administrator to"
                    " make one.",
                    authority=authority.display_name,
                )
            )
        return key

    def _signer(self):
        """What signs, for farmtag; it stays in the memory of this request.

        :raises UserError: if the private half cannot be unlocked
        """
        try:
            seed = vault.unlock(bytes.fromhex(self.locked_seed), self._subject())
        except vault.NoMaster as error:
            raise UserError(self._say_no_master()) from error
        except vault.Locked as error:
            raise UserError(
                self.env._(
                    "%(key)s was locked with another secret than the server has now.",
                    key=self.name,
                )
            ) from error
        return farmtag.SigningKey.from_bytes(seed, bytes.fromhex(self.key_id))

    def _next_card_code(self):
        """A code that no other card has.

        :raises UserError: when all are used
        """
        self.env.cr.execute(
            "UPDATE farm_signing_key SET card_count = coalesce(card_count, 0) + 1"
            " WHERE id = %s RETURNING card_count",
            [self.id],
        )
        [count] = self.env.cr.fetchone()
        self.invalidate_recordset(["card_count"])
        if count > MOST_CARDS:
            raise UserError(
                self.env._(
                    "%(key)s has numbered all its cards: make another key.",
                    key=self.name,
                )
            )
        return farmtag.LineageCode(self.number, count)
