from odoo import models


class StockMove(models.Model):
    """The order says to whom goods go, whatever their delivery says."""

    _inherit = "stock.move"

    def _get_order_address(self):
        # Who moves goods may not open the order.
        return self.sudo().sale_line_id.order_id.partner_shipping_id

    def _get_addresses(self):
        return super()._get_addresses() | self._get_order_address()

    def _changes_confirmed(self):
        return super()._changes_confirmed() | {"sale_line_id"}

    def _get_present(self):
        """The order's address is asked as it is now: who sells may change it."""
        present = super()._get_present()
        for move, values in present.items():
            values["confirmed_partner_id"] = (
                move._get_order_address() or values["confirmed_partner_id"]
            )
        return present
