from datetime import timedelta

import farmtag
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...protocol.clock import in_milliseconds
from .farm_tag import CHIPS

#: an order for the next blank card must not meet somebody's card tomorrow
GOOD_FOR = timedelta(hours=1)
WAITING = ("open", "signed")


class FarmCardOrder(models.Model):
    """An order to write one card at one writer, good for a short time.

    1. open: for one chip, or for the next blank card that is put on the writer
    2. signed: for the chip that the writer saw; it is good for no other
    3. written, as the writer's event says; or expired, or cancelled
    """

    _name = "farm.card.order"
    _description = "Order to Write a Card"
    _inherit = ["farm.evidence"]
    _order = "id desc"
    _rec_name = "tag_id"

    tag_id = fields.Many2one(
        "farm.tag", "Card", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="tag_id.company_id", store=True, index=True)
    region_id = fields.Many2one(related="tag_id.region_id", store=True, index=True)
    device_id = fields.Many2one(
        "farm.device", "Writer", required=True, readonly=True, index=True
    )
    state = fields.Selection(
        [
            ("open", "Open"),
            ("signed", "Signed"),
            ("written", "Written"),
            ("expired", "Expired"),
            ("cancelled", "Cancelled"),
        ],
        string="Status",
        required=True,
        default="open",
        readonly=True,
    )
    uid = fields.Char("UID", readonly=True, help="Of the chip; empty: the next one.")
    chip = fields.Selection(CHIPS, required=True, default="NTAG215", readonly=True)
    expires_at = fields.Datetime("Good until", required=True, readonly=True)
    key_id = fields.Many2one(
        "farm.signing.key", "Signed by", readonly=True, index="btree_not_null"
    )
    signed_on = fields.Date("Signed on", readonly=True)
    message = fields.Char(readonly=True, help="What is to be written, in hex.")

    _one_per_card = models.UniqueIndex(
        "(tag_id) WHERE state IN ('open', 'signed')",
        "This card is ordered already.",
    )
    _one_per_chip = models.UniqueIndex(
        "(uid) WHERE state IN ('open', 'signed') AND uid <> ''",
        "Another card is ordered for this chip already.",
    )
    _one_blank_per_writer = models.UniqueIndex(
        "(device_id) WHERE state = 'open' AND uid IS NULL",
        "This writer waits for a blank card already: write that one first, or cancel"
        " its order.",
    )

    # -- at the writer ----------------------------------------------------------------

    @api.model
    def _for_device(self, device):
        """What a writer has to write, as it is told."""
        now = fields.Datetime.now()
        domain = Domain("device_id", "=", device.id) & Domain("state", "in", WAITING)
        orders = self.search(domain & Domain("expires_at", ">", now), order="id")
        return [order._as_told() for order in orders]

    def _as_told(self):
        return {
            "order": self.id,
            "code": self.tag_id.lineage_code,
            "farmer": self.tag_id.partner_id.farm_code or "",
            "certificate": self.tag_id.certificate_id.name,
            "chip": self.chip,
            "uid": bytes.fromhex(self.uid or ""),
            "expires": in_milliseconds(self.expires_at),
            "message": bytes.fromhex(self.message or ""),
        }

    def _sign(self, uid, chip=None):
        """Sign the card for a chip, once; the same chip gets the same again.

        :param str uid: hex
        :raises UserError: if the order is over, or for another chip
        """
        self.ensure_one()
        self._lock_waiting()
        if self.uid and self.uid != uid:
            raise UserError(
                self.env._("This order is for the chip %(uid)s.", uid=self.uid)
            )
        if self.state == "signed":
            return self
        self.tag_id._check_chip_free(uid)
        # Orders are changed by these methods only, for whoever may.
        self.sudo().write(self._prepare_signed_vals(uid, chip or self.chip))
        return self

    def _prepare_signed_vals(self, uid, chip):
        authority = self.tag_id.certificate_id.authority_id
        key = self.env["farm.signing.key"]._current(authority)
        draft, signer = self.tag_id._draft_card(), key._signer()
        try:
            written = farmtag.write(
                draft, farmtag.Chip[chip], signer, bytes.fromhex(uid)
            )
        except farmtag.UseError as error:
            raise UserError(
                self.env._("The card cannot be written: %(why)s", why=error)
            ) from error
        return {
            "state": "signed",
            "uid": uid,
            "chip": chip,
            "key_id": key.id,
            "signed_on": fields.Date.context_today(self),
            "message": written.message.hex(),
        }

    def _lock_waiting(self):
        # Two cards on a writer at once: the second waits, and finds the order signed.
        self.env.cr.execute(
            "SELECT id FROM farm_card_order WHERE id = %s FOR NO KEY UPDATE", [self.id]
        )
        self.invalidate_recordset()
        over = self.expires_at <= fields.Datetime.now()
        if self.state not in WAITING or over:
            raise UserError(
                self.env._(
                    "The order of this card is over: issue the card again at the desk."
                )
            )

    # -- at the desk ------------------------------------------------------------------

    def action_cancel(self):
        self.check_access("write")
        self.filtered(lambda order: order.state in WAITING)._end("cancelled")
        return True

    def _end(self, state):
        """Close orders, and cards that cannot have been written with them."""
        unsigned = self.filtered(lambda order: order.state == "open")
        ended = self if state == "cancelled" else unsigned
        # Orders are changed by these methods only, for whoever may.
        self.sudo().state = state
        self.flush_recordset(["state"])  # their places are free for the next orders
        cards = ended.tag_id.filtered(lambda tag: tag.state == "issued")
        cards._record("retired", None, self.env._("Not written"), state="retired")

    @api.model
    def _expire(self):
        """Close orders whose time is over.

        One that is signed may have been written in time; its event may yet come.
        """
        # The hour that has passed is nobody's.
        orders = self.sudo().search(
            [("state", "in", WAITING), ("expires_at", "<=", fields.Datetime.now())]
        )
        orders._end("expired")
