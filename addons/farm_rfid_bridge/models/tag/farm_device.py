from odoo import models
from odoo.exceptions import UserError

from ...protocol import chain, problems
from .farm_tag import CHIPS
from .farm_tag_state import OFFICERS


class FarmDevice(models.Model):
    """What a writer of farmers' cards asks."""

    _inherit = "farm.device"

    def _answer_card_asked(self, asked):
        """Sign an order for a chip if that is asked, and tell what is to be written.

        :param asked: ``protocol.envelope.CardAsked``
        :raises Problem: ``Forbidden``, ``BadSignature``, ``NotThere``, ``CardRefused``
        """
        self.ensure_one()
        if not self.may_write_cards:
            raise problems.Forbidden("This device writes no farmers' cards")
        if not self.user_id.has_group(OFFICERS):
            raise problems.Forbidden("The device's user is no officer any more")
        if not asked.order:
            return {"orders": self._card_orders()}
        self._check_may_sign(asked)
        try:
            told = self._take_card_order(asked.order, asked.uid, asked.chip)
        except UserError as error:
            raise problems.CardRefused(str(error)) from error
        if told is None:
            raise problems.NotThere(f"There is no order {asked.order} for this device")
        return {"orders": [told]}

    def _check_may_sign(self, asked):
        """Whoever has only the token of a writer gets no card signed."""
        if asked.chip not in dict(CHIPS):
            raise problems.Damaged("chip is none that is known")
        public_key = bytes.fromhex(self.key_id.public_key)
        signed = chain.card_part(self.number, asked.order, asked.uid)
        chain.check_signature(public_key, asked.signature, signed)

    def _card_orders(self):
        """Cards to write, as the device is told.

        ``self`` has all rights: what is ordered at it is for it to know.
        """
        self.ensure_one()
        return self.env["farm.card.order"]._for_device(self)

    def _take_card_order(self, number, uid, chip=None):
        """Have an order signed for the chip that lies on the writer.

        :param int number: of the order
        :param bytes uid: of the chip
        :return: the order as it is told, with its message; None if it is not there
        :raises UserError: if it is over, or the chip is not free
        """
        self.ensure_one()
        order = self.env["farm.card.order"].search(
            [("id", "=", number), ("device_id", "=", self.id)]
        )
        return order._sign(uid.hex(), chip)._as_told() if order else None
