from odoo import api, models


class FarmScan(models.AbstractModel):
    _inherit = "farm.scan"

    @api.model
    def _scenarios(self):
        return super()._scenarios() | {
            "pick_batch": "farm.scan.pick.batch",
            "check_batch": "farm.scan.check.batch",
        }
