from odoo import fields, models


class FarmCertificateChange(models.TransientModel):
    """Suspend, reinstate or revoke certificates, with a reason that stays."""

    _name = "farm.certificate.change"
    _description = "Change of a Certificate's State"

    certificate_id = fields.Many2one("farm.certificate", required=True, readonly=True)
    farmer_id = fields.Many2one(related="certificate_id.farmer_id")
    action = fields.Selection(
        [
            ("suspend", "Suspend"),
            ("reinstate", "Reinstate"),
            ("revoke", "Revoke"),
        ],
        required=True,
        readonly=True,
    )
    date = fields.Date(
        "From",
        required=True,
        default=fields.Date.context_today,
        help="Harvests from this day on are affected.",
    )
    reason = fields.Text(required=True)

    def action_apply(self):
        self.ensure_one()
        certificate = self.certificate_id
        change = {
            "suspend": certificate.suspend,
            "reinstate": certificate.reinstate,
            "revoke": certificate.revoke,
        }[self.action]
        change(self.reason, self.date)
        return {"type": "ir.actions.act_window_close"}
