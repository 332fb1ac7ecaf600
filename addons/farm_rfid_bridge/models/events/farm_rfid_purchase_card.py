import farmtag
from odoo import fields, models
from odoo.exceptions import UserError

from .results import Conflict

LONGEST_CARD = 1_000
LONGEST_UID = 10
ENDED = ("revoked", "renewed", "lost", "retired")


class FarmRfidPurchase(models.AbstractModel):
    """The farmer's card that was read: it must be one of an authority known here.

    ``card`` is the message on the card (NDEF, with its link and the signed COSE_Sign1),
    ``card_uid`` the UID of its chip: the signature holds for both.
    """

    _inherit = "farm.rfid.purchase"

    def _card(self, event, body):
        """What the card says that the device read, or None.

        :rtype: farmtag.Reading
        :raises Conflict: if it is forged, or was revoked before it was read
        :raises UserError: if it cannot be verified here
        """
        message = body.optional("binary", "card", longest=LONGEST_CARD)
        if not message:
            return None
        uid = body.optional("binary", "card_uid", longest=LONGEST_UID)
        verdict, found, why = self._read_card(message, uid)
        if found and not isinstance(found.payload, farmtag.FarmerCard):
            raise UserError(self.env._("What was read is no farmer's card."))
        if verdict == "genuine" or (event.waiver_reason and found):
            return found
        if verdict == "revoked" and self._is_revoked_since(found, event.at):
            return found
        if verdict in ("forged", "revoked", "not_allowed"):
            raise Conflict(f"card-{verdict.replace('_', '-')}", self._say(verdict))
        raise UserError(self._say(verdict, why))

    def _read_card(self, message, uid):
        """Verdict, ``farmtag.Reading`` or None, and why, of all keys known here."""
        return self.env["farm.key.ring"]._read_tag(message, uid)

    def _say(self, verdict, why=""):
        sentences = {
            "forged": self.env._(
                "The farmer's card is forged, or copied to another chip: look at it."
            ),
            "revoked": self.env._(
                "The farmer's card was revoked before it was read: take it away."
            ),
            "not_allowed": self.env._(
                "The farmer's card is signed by a key that may not sign cards, or not"
                " on that day."
            ),
            "unknown_key": self.env._(
                "The farmer's card is signed by an authority whose key is not known"
                " here. Enter its public half, and try again."
            ),
        }
        return sentences.get(verdict) or self.env._(
            "The farmer's card cannot be read: %(why)s", why=why
        )

    def _farmer_of(self, card, body):
        """The farmer whom the card or else the device names.

        :raises Conflict: if the two are not the same
        """
        if not card:
            return self._farmer(body.text("farmer", longest=64))
        # A card names its farmer by record and certificate; both must be so here.
        certificate = (
            self.env["farm.certificate"]
            .sudo()
            .search([("name", "=", card.payload.certificate)])
        )
        farmer = certificate.farmer_id.filtered(
            lambda one: one.id == card.payload.farmer
        )
        code = body.optional("text", "farmer", longest=64)
        if not farmer or (code and code != farmer.farm_code):
            raise Conflict(
                "card-other",
                self.env._(
                    "The card is that of certificate %(number)s, and not the farmer's"
                    " whom the device names.",
                    number=card.payload.certificate,
                ),
            )
        return farmer.with_env(self.env)

    # -- revoked meanwhile ------------------------------------------------------------

    def _is_revoked_since(self, card, at):
        """Whether a card counted still at a moment; one of a revoked key never did."""
        revoked_at = None if self._is_key_revoked(card) else self._revoked_at(card)
        return bool(revoked_at) and revoked_at > at

    def _is_key_revoked(self, card):
        """Whether the card was signed when its key did not count any more."""
        # Keys are the administrators'; which are revoked is told to every device.
        keys = self.env["farm.signing.key"].sudo()
        return bool(
            keys.search_count(
                [
                    ("public_key", "=", card.key.key.public.hex()),
                    ("state", "=", "revoked"),
                    ("revoked_from", "<=", card.payload.written),
                ],
                limit=1,
            )
        )

    def _revoked_at(self, card):
        """When the card ceased to count, or None."""
        tag = self.env["farm.tag"].sudo()  # it may be of another region's officer
        tag = tag.search([("lineage_code", "=", str(card.payload.code))], limit=1)
        since = None
        for change in tag.change_ids.sorted("id"):
            if change.deed == "trusted":
                since = None
            elif change.deed in ENDED:
                since = since or change.create_date
        return since if tag.is_revoked else None

    def _flag_card(self, event, card):
        if not card or not self._is_revoked_since(card, event.at):
            return None
        return "card-revoked", self.env._(
            "The farmer's card counted when it was read, and was revoked on %(when)s.",
            when=fields.Datetime.context_timestamp(self, self._revoked_at(card)).date(),
        )
