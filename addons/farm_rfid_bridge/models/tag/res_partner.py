from odoo import fields, models
from odoo.addons.farm_traceability.models.counts import count_by


class ResPartner(models.Model):
    _inherit = "res.partner"

    farm_tag_count = fields.Integer(compute="_compute_farm_tag_count")

    def _compute_farm_tag_count(self):
        counts = count_by(self, "farm.tag", "partner_id")
        for partner in self:
            partner.farm_tag_count = counts.get(partner, 0)

    def action_open_farm_tags(self):
        return self.env["farm.tag"]._open_of("partner_id", self)
