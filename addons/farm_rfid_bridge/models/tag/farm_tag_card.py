from urllib.parse import urlsplit

import farmtag
from farmtag.payload import CropRight
from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from .farm_card_order import GOOD_FOR


class FarmTag(models.Model):
    """A farmer's card: what it says, and how it takes the place of another one."""

    _inherit = "farm.tag"

    order_ids = fields.One2many(
        "farm.card.order",
        "tag_id",
        "Cards to Write",
        groups="farm_traceability.group_officer,farm_traceability.group_manager",
    )

    # -- what it says -----------------------------------------------------------------

    def _draft_card(self):
        """The card as it is to be signed; codes only, no name.

        :rtype: farmtag.Draft
        :raises UserError: if the certificate does not fit on a card
        """
        certificate = self.certificate_id
        host = f"https://{urlsplit(self.get_base_url()).netloc}/"
        words = self.env._(
            "Farmer's card %(number)s, until %(end)s",
            number=certificate.name,
            end=format_date(self.env, certificate.valid_to),
        )
        try:
            return farmtag.Draft(
                payload=farmtag.FarmerCard(**self._prepare_card_vals(certificate)),
                link=host,
                short_link=host,
                text=farmtag.Text(words, (self.env.lang or "en")[:2]),
            )
        except farmtag.WrongValue as error:
            raise UserError(
                self.env._(
                    "Certificate %(number)s does not fit on a card: %(why)s",
                    number=certificate.name,
                    why=error,
                )
            ) from error

    def _prepare_card_vals(self, certificate):
        return {
            "code": farmtag.lineage.parse(self.lineage_code),
            "written": fields.Date.context_today(self),
            "farmer": self.partner_id.id,
            "region": _digits(certificate.region_id.code),
            "certificate": certificate.name,
            "valid_from": certificate.valid_from,
            "valid_until": certificate.valid_to,
            "crops": tuple(
                CropRight(line.crop_id.id, line.guide_id.id or 0, line.guide_id.version)
                for line in certificate.line_ids
            ),
            "group": self.partner_id.farm_group_id.id or None,
            # Cycles are the region's collectors'; what they may give is on the card.
            "plots": self.env["farm.cycle"]
            .sudo()
            ._capped_of(certificate)
            ._plot_rights(),
        }

    def _order_writing(self, device, chip, uid):
        # Officers order by this method only; it follows from the certificate.
        orders = self.env["farm.card.order"].sudo()
        order = orders.create(
            {
                "tag_id": self.id,
                "device_id": device.id,
                "chip": chip,
                "uid": uid or False,
                "expires_at": fields.Datetime.now() + GOOD_FOR,
            }
        )
        return order.sudo(False)

    # -- the chip -------------------------------------------------------------------

    def _check_chip_free(self, uid):
        """Refuse a chip that is something else than a blank or this farmer's card."""
        # A chip may be a tag of another company.
        others = self.sudo().search([("uid", "=", uid), ("state", "!=", "retired")])
        for other in others - self:
            if not other._gives_place_to(self):
                raise UserError(
                    self.env._(
                        "This chip is the tag %(tag)s. Take a blank card, or retire"
                        " that tag first.",
                        tag=other.display_name,
                    )
                )

    def _gives_place_to(self, card):
        return self.state == "blank" or (
            self.kind == "card" and self.partner_id == card.partner_id
        )

    # -- written --------------------------------------------------------------------

    def _written(self, order, uid, payload, event):
        """The card was written: it counts, and those before it do not any more."""
        self._predecessors(uid)._record(
            "renewed",
            event,
            self.env._("%(card)s took its place.", card=self.lineage_code),
            state="retired",
            is_revoked=True,
        )
        self._record(
            "written",
            event,
            state="active",
            uid=uid,
            chip=order.chip,
            payload=payload,
            written_at=event.at,
            last_seen=event.at,
            last_device_id=event.device_id.id,
            is_revoked=self.sudo().certificate_id.state != "valid",
        )
        order._end("written")

    def _predecessors(self, uid):
        """What was on the chip, and the farmer's cards of the same scheme."""
        # A card of another region's officer gives place as well.
        tags = self.sudo().search(
            [
                ("id", "!=", self.id),
                ("state", "!=", "retired"),
                "|",
                ("uid", "=", uid),
                "&",
                "&",
                ("kind", "=", "card"),
                ("partner_id", "=", self.partner_id.id),
                ("certificate_id.scheme_id", "=", self.certificate_id.scheme_id.id),
            ]
        )
        return tags.filtered(lambda tag: tag.uid == uid or tag.state != "issued")

    def _cancel_orders(self):
        # Who may end a card ends its order with it.
        orders = self.sudo().order_ids
        orders.filtered(lambda one: one.state in ("open", "signed")).state = "cancelled"


def _digits(code):
    """The number of a region, of the digits of its official code."""
    return int("".join(sign for sign in code or "" if sign.isdigit()) or 0)
