from odoo import models


class FarmDevice(models.Model):
    """What a writer of farmers' cards asks."""

    _inherit = "farm.device"

    def _card_orders(self):
        """Cards to write, as the device is told; none for what writes no cards.

        ``self`` has all rights: what is ordered at it is for it to know.
        """
        self.ensure_one()
        orders = self.env["farm.card.order"]
        return orders._for_device(self) if self.may_write_cards else []

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
        if not (order and self.may_write_cards):
            return None
        return order._sign(uid.hex(), chip)._as_told()
