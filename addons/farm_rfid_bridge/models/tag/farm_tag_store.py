import re

import farmtag
from odoo import api, models
from odoo.exceptions import UserError

from ...protocol.envelope import UID_LENGTHS
from .farm_tag_state import GOODS_KEEPERS

BETWEEN = re.compile(r"[\n,;]+")
MOST_BLANKS = 1_000
ON_PACKAGES = ("crate", "pallet")


class FarmTag(models.Model):
    """Tags in the store that say nothing yet, and tags that people put on packages."""

    _inherit = "farm.tag"

    @api.model
    def _register_blanks(self, chip, text):
        """Blank tags of chips, by who keeps the goods.

        :param str chip: one of ``CHIPS``
        :param str text: UIDs as they are pasted, one in a line
        :raises UserError: on what is no UID, and on chips that are tags already
        """
        uids = [self._plain_uid(one) for one in BETWEEN.split(text) if one.strip()]
        uids = list(dict.fromkeys(uids))
        self._check_may_register(uids)
        # Tags are made by methods only; who may is checked above.
        blanks = self.sudo().create(
            [
                {"uid": uid, "chip": chip, "company_id": self.env.company.id}
                for uid in uids
            ]
        )
        return blanks.sudo(False)._record("registered")

    def _check_may_register(self, uids):
        if not self.env.user.has_group(GOODS_KEEPERS):
            raise UserError(self.env._("Tags of goods are kept by inventory users."))
        if not 0 < len(uids) <= MOST_BLANKS:
            raise UserError(
                self.env._("Enter 1 to %(most)s UIDs, one in a line.", most=MOST_BLANKS)
            )
        # Chips are unique in all companies; whose tag it is, is not told.
        taken = self.sudo().search([("uid", "in", uids), ("state", "!=", "retired")])
        if taken:
            raise UserError(
                self.env._(
                    "These chips are tags already: %(uids)s. Leave them out, or retire"
                    " those tags first.",
                    uids=", ".join(taken[:5].mapped("uid")),
                )
            )

    @api.model
    def _plain_uid(self, text):
        """A UID in hex as it is stored, however it was typed."""
        try:
            uid = bytes.fromhex((text or "").replace(":", " "))
        except ValueError as error:
            raise UserError(self._say_wrong_uid()) from error
        if uid and len(uid) not in UID_LENGTHS:
            raise UserError(self._say_wrong_uid())
        return uid.hex()

    def _say_wrong_uid(self):
        return self.env._("A UID has 8, 14 or 20 hex digits, such as 04A1B2C3D4E5F6.")

    # -- packages ---------------------------------------------------------------------

    def _put_on(self, package, kind, epc=""):
        """Note that a blank tag, or one of a package, is on a package from now on.

        :param str kind: ``crate`` or ``pallet``
        :param str epc: URN that its chip says, if it does
        :raises UserError: by those who may not, or if it is the tag of another thing
        """
        self.ensure_one()
        self._check_may_keep()
        self._check_state(("blank", "active"))
        package.check_access("read")
        if self.kind == "card" or self.lot_id or kind not in ON_PACKAGES:
            raise UserError(
                self.env._(
                    "%(tag)s is on another thing. Retire it, or take a blank tag.",
                    tag=self.display_name,
                )
            )
        self._record(
            "linked",
            None,
            package.name,
            state="active",
            kind=kind,
            package_id=package.id,
            epc=self._plain_epc(epc) or self.epc,
            company_id=package.company_id.id or self.company_id.id,
        )
        return True

    def _plain_epc(self, text):
        if not (text or "").strip():
            return False
        try:
            return farmtag.epc.from_urn(text.strip()).urn
        except farmtag.FarmtagError as error:
            raise UserError(
                self.env._(
                    "“%(text)s” is no EPC: enter it as"
                    " urn:epc:id:sscc:0614141.1234567890.",
                    text=text,
                )
            ) from error
