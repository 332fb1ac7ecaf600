from odoo import api, fields, models


class FarmHarvestWaiver(models.TransientModel):
    """Post a harvest in spite of objections, with a reason that stays."""

    _name = "farm.harvest.waiver"
    _description = "Waiver of a Harvest"

    harvest_id = fields.Many2one("farm.harvest", required=True, readonly=True)
    objections = fields.Text(compute="_compute_objections")
    reason = fields.Text(required=True)

    @api.depends("harvest_id")
    def _compute_objections(self):
        for waiver in self:
            harvest = waiver.harvest_id
            waiver.objections = harvest and "\n".join(harvest._ask_rules()[2])

    def action_post(self):
        self.ensure_one()
        self.harvest_id.action_post(self.reason)
        return {"type": "ir.actions.act_window_close"}
