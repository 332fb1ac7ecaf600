from odoo import models
from odoo.fields import Domain


class FarmRfidTransfer(models.AbstractModel):
    """Places that devices name by the code of a read point."""

    _inherit = "farm.rfid.transfer"

    def _place(self, code):
        point = self.env["farm.read.point"].search(
            Domain("code", "=", code) & Domain("company_id", "=", self.env.company.id),
            limit=1,
        )
        return point.location_id or super()._place(code)
