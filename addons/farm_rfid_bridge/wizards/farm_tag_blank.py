from odoo import fields, models

from ..models.tag.farm_tag import CHIPS


class FarmTagBlank(models.TransientModel):
    """Blank tags that were delivered: their chips are known before they are used."""

    _name = "farm.tag.blank"
    _description = "Blank Tags"

    chip = fields.Selection(CHIPS, required=True, default="NTAG215")
    uids = fields.Text(
        "UIDs", required=True, help="As the supplier's list has them, one in a line."
    )

    def action_register(self):
        self.ensure_one()
        blanks = self.env["farm.tag"]._register_blanks(self.chip, self.uids)
        return self.env["farm.tag"]._open_of("id", blanks)
