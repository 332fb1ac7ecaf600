from odoo import fields, models


class FarmSigningKeyRevocation(models.TransientModel):
    """A signing key is not believed any more, from a day on."""

    _name = "farm.signing.key.revocation"
    _description = "Revocation of a Signing Key"

    key_id = fields.Many2one("farm.signing.key", required=True, ondelete="cascade")
    from_day = fields.Date(
        "From",
        required=True,
        default=fields.Date.context_today,
        help="What was signed on this day or later is not believed.",
    )
    reason = fields.Text(required=True)

    def action_revoke(self):
        self.key_id._revoke(self.reason, self.from_day)
        return True
