from odoo import api, models
from odoo.exceptions import UserError


class MailMessage(models.Model):
    """Changes of a lot stay on record: Odoo lets authors delete what they caused."""

    _inherit = "mail.message"

    def write(self, vals):
        if {"model", "res_id"} & vals.keys():
            self._check_lot_record_stays()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_lot_record(self):
        self._check_lot_record_stays()

    def _check_lot_record_stays(self):
        if self.env.su:
            return
        # Users do not read tracked values by themselves.
        of_lots = self.sudo().filtered(lambda message: message.model == "stock.lot")
        if of_lots.filtered("tracking_value_ids"):
            raise UserError(
                self.env._(
                    "What was changed on a lot stays on record. Write a note beside it."
                )
            )
