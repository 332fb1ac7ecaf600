from odoo import fields, models


class FarmTagEnding(models.TransientModel):
    """Retire tags, note them as lost, or take a suspicion back, and say why."""

    _name = "farm.tag.ending"
    _description = "End of Tags"

    tag_ids = fields.Many2many("farm.tag", required=True)
    remedy = fields.Selection(
        [("retire", "Retire"), ("lose", "Lost"), ("trust", "Trust Again")],
        required=True,
        default="retire",
    )
    reason = fields.Text(required=True)

    def action_end(self):
        if self.remedy == "trust":
            return self.tag_ids._trust(self.reason)
        if self.remedy == "lose":
            return self.tag_ids._lose(self.reason)
        return self.tag_ids._retire(self.reason)
