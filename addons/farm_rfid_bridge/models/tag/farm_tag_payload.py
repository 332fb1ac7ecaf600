import farmtag
from farmtag.payload import person_from
from odoo import api, fields, models
from odoo.tools import format_date

from ...protocol import vault
from .farm_tag_state import OFFICERS

CONTAINER_UNIT = (farmtag.Container, farmtag.Unit)


class FarmTag(models.Model):
    """What stands on a tag, as far as it is known here, in words for people."""

    _inherit = "farm.tag"

    verdict = fields.Selection(
        [
            ("genuine", "Genuine"),
            ("revoked", "Genuine, and Revoked"),
            ("not_allowed", "Signed by a Key that May Not"),
            ("forged", "Forged"),
            ("unknown_chip", "Chip Not Known"),
            ("unknown_key", "Unknown Key"),
            ("too_new", "Too New for This Server"),
            ("too_old", "Too Old to Know"),
            ("damaged", "Damaged"),
            ("not_ours", "Not Ours"),
        ],
        compute="_compute_payload_texts",
        help="Of what was written last, by the keys that are known here today.",
    )
    payload_text = fields.Text("What It Says", compute="_compute_payload_texts")

    @api.depends("payload", "uid")
    @api.depends_context("uid")
    def _compute_payload_texts(self):
        written = self.filtered("payload")
        (self - written).verdict = (self - written).payload_text = False
        ring = self.env["farm.key.ring"]
        known = ring._ring() if written else None
        for tag in written:
            message = bytes.fromhex(tag.payload)
            uid = bytes.fromhex(tag.uid) if tag.uid else None
            tag.verdict, found, _why = ring._read_tag(message, uid, known)
            tag.payload_text = tag._describe(found) if found else False

    def _describe(self, reading):
        """Lines for people of what a verified tag says.

        :param reading: ``farmtag.Reading``
        """
        payload = reading.payload
        lines = [
            (self.env._("Code"), payload.code),
            (self.env._("Written"), format_date(self.env, payload.written)),
            (self.env._("Signed by"), self._holder_name(reading.key)),
        ]
        if isinstance(payload, farmtag.FarmerCard):
            lines += self._describe_card(payload) + self._describe_sealed(payload)
        elif isinstance(payload, CONTAINER_UNIT):
            lines += self._describe_goods(payload)
        if reading.split:
            lines += self._describe_split(reading.split)
        return "\n".join(f"{label}: {value}" for label, value in lines if value)

    def _describe_card(self, card):
        return [
            (self.env._("Certificate"), card.certificate),
            (
                self.env._("Valid"),
                f"{format_date(self.env, card.valid_from)} – "
                f"{format_date(self.env, card.valid_until)}",
            ),
            (
                self.env._("Crops"),
                ", ".join(self._crop_name(right.crop) for right in card.crops),
            ),
            (
                self.env._("Bunches at most"),
                ", ".join(self._describe_cap(right) for right in card.plots or ()),
            ),
        ]

    def _describe_sealed(self, card):
        """Who the farmer is, as the writer sealed it for this server; for officers."""
        if not card.sealed or not self.env.user.has_group(OFFICERS):
            return []
        try:
            content = self.env["farm.sealing.key"]._unseal(card.sealed, card.code)
            person = person_from(content)
        except (farmtag.TagError, vault.Locked, vault.NoMaster):
            return [(self.env._("Sealed"), self.env._("It cannot be opened here."))]
        return [
            (self.env._("Sealed name"), person.name),
            (self.env._("Sealed telephone"), person.phone),
            (self.env._("Sealed identity"), person.identity),
        ]

    def _describe_cap(self, right):
        plot = self.env["farm.plot"].search([("id", "=", right.plot)])
        return f"{plot.display_name or right.plot} {right.cap}"

    def _describe_goods(self, goods):
        return [
            (self.env._("Crop"), self._crop_name(goods.crop)),
            (self.env._("Pieces"), getattr(goods, "pieces", None)),
            (self.env._("Weight (g)"), goods.weight),
            (self.env._("Grade"), goods.grade and goods.grade.name),
            (
                self.env._("Harvested"),
                goods.harvested and format_date(self.env, goods.harvested),
            ),
            (
                self.env._("Mixed from"),
                ", ".join(str(code) for code in getattr(goods, "parents", ())),
            ),
        ]

    def _describe_split(self, split):
        ranges = ", ".join(f"{one.first}–{one.last}" for one in split.issued)
        return [
            (self.env._("Parts taken"), ranges),
            (self.env._("Weight of the parts (g)"), split.weight),
        ]

    def _crop_name(self, number):
        crop = self.env["farm.crop"].search([("id", "=", number)])
        return crop.name or str(number)

    def _holder_name(self, key):
        public = key.key.public.hex()
        # Who signed is on the tag for everybody; the records are not opened by it.
        authority = self.env["farm.signing.key"].sudo()
        authority = authority.search([("public_key", "=", public)], limit=1)
        device = self.env["farm.device.key"].sudo()
        device = device.search([("public_key", "=", public)], limit=1)
        return authority.authority_id.name or device.device_id.name or str(key.holder)
