from odoo import api, models
from odoo.exceptions import UserError


class StockLot(models.Model):
    _inherit = "stock.lot"

    @api.ondelete(at_uninstall=False)
    def _unlink_unless_read(self):
        """Reads are too many for foreign keys, and point to lots all the same."""
        read = self.env["farm.read"]._first_of("lot_id", self.ids)
        if read:
            raise UserError(
                self.env._(
                    "The tag of lot %(lot)s was read: it stays on record.",
                    lot=self.browse(read).name,
                )
            )

    def action_open_reads(self):
        self.ensure_one()
        return self.env["farm.read"]._open([("lot_id", "=", self.id)])
