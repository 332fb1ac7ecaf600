import farmtag
from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Command

from .farm_rfid_tagging import LONGEST_MESSAGE
from .results import Applied, Conflict

WRITTEN = ("genuine", "revoked")


class FarmRfidCard(models.AbstractModel):
    """A writer has written a farmer's card that was ordered, and read it back.

    Body: ``uid``, ``payload`` (the message as it was read back). What else it says, as
    ``chip``, ``farmer`` and ``certificate``, is for people.
    """

    _name = "farm.rfid.card"
    _inherit = ["farm.rfid.tagging"]
    _description = "Farmer's Card Written"

    def _apply(self, event, body):
        self._check_device(event.device_id)
        uid = body.binary("uid", longest=10)
        message = body.binary("payload", longest=LONGEST_MESSAGE)
        order = self._find_order(event, self._read_card(uid, message), uid.hex())
        order.tag_id._check_chip_free(uid.hex())
        card = order.tag_id
        card._written(order, uid.hex(), message.hex(), event)
        code, sentence = self._flag(card)
        return Applied(
            code=code,
            message=sentence,
            refs={"card": card.lineage_code},
            links={"tag_ids": [Command.set(card.ids)]},
        )

    def _check_device(self, device):
        if not device.may_write_cards:
            raise UserError(
                self.env._(
                    "%(device)s may not write farmers' cards.", device=device.name
                )
            )

    def _read_card(self, uid, message):
        """What was written, if it was signed here for this chip.

        :rtype: farmtag.FarmerCard
        """
        verdict, found, why = self.env["farm.key.ring"]._read_tag(message, uid)
        if verdict not in WRITTEN or not isinstance(found.payload, farmtag.FarmerCard):
            verdicts = self.env["farm.tag"]._fields["verdict"]
            labels = dict(verdicts._description_selection(self.env))
            raise Conflict(
                f"card-{verdict.replace('_', '-')}",
                self.env._(
                    "What was written is no card that was signed here: %(verdict)s"
                    " (%(why)s).",
                    verdict=labels[verdict],
                    why=why or "-",
                ),
            )
        return found.payload

    def _find_order(self, event, payload, uid):
        order = self.env["farm.card.order"].search(
            [
                ("tag_id.lineage_code", "=", str(payload.code)),
                ("device_id", "=", event.device_id.id),
                ("uid", "=", uid),
            ],
            limit=1,
        )
        if not order or order.state == "written":
            raise Conflict(
                "card-not-ordered",
                self.env._(
                    "Nobody ordered the card %(code)s on this chip at this device.",
                    code=payload.code,
                ),
            )
        if order.tag_id.state != "issued":
            raise UserError(
                self.env._(
                    "The order of the card %(code)s was cancelled. Take the card back,"
                    " and issue it again.",
                    code=payload.code,
                )
            )
        if event.at > order.expires_at:
            raise UserError(
                self.env._(
                    "The card %(code)s was written after its order was over. Take the"
                    " card back, and issue it again.",
                    code=payload.code,
                )
            )
        return order

    def _flag(self, card):
        certificate = card.certificate_id
        if certificate.state == "valid":
            return "", ""
        return "certificate-lapsed", self.env._(
            "Certificate %(number)s is not valid any more: the card is refused by"
            " devices.",
            number=certificate.name,
        )
