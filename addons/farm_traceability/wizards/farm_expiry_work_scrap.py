from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Command


class FarmExpiryWork(models.TransientModel):
    """Scrap: one scrap order for each row, with the reason."""

    _inherit = "farm.expiry.work"

    reason_tag_ids = fields.Many2many("stock.scrap.reason.tag", string="Reason")

    def action_scrap(self):
        lines = self._begin()
        if not self.reason_tag_ids:
            raise UserError(
                self.env._("Say why: choose a reason, or type a new one and create it.")
            )
        scraps = self.env["stock.scrap"].create(
            [line._prepare_scrap() for line in lines]
        )
        scraps.do_scrap()
        return self._tell_scrapped(scraps)

    def _tell_scrapped(self, scraps):
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._(
                    "Scrap orders done: %(count)s", count=len(scraps)
                ),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }


class FarmExpiryWorkLine(models.TransientModel):
    _inherit = "farm.expiry.work.line"

    def _prepare_scrap(self):
        return {
            "product_id": self.product_id.id,
            "lot_id": self.lot_id.id,
            "package_id": self.quant_id.package_id.id,
            "owner_id": self.quant_id.owner_id.id,
            "location_id": self.location_id.id,
            "scrap_qty": self.quantity,
            "company_id": self.work_id.company_id.id,
            "origin": self.env._("Expiry Board"),
            "scrap_reason_tag_ids": [Command.set(self.work_id.reason_tag_ids.ids)],
        }
