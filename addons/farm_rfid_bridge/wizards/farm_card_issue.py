from odoo import api, fields, models

from ..models.tag.farm_tag import CHIPS


class FarmCardIssue(models.TransientModel):
    """Issue or renew the card of a certificate.

    1. the certificate, and the writer that stands on the desk
    2. the chip's UID if it is to be one card alone; else the next blank one
    3. the card is ordered; the writer says when it is written
    """

    _name = "farm.card.issue"
    _description = "Issue a Farmer's Card"

    certificate_id = fields.Many2one("farm.certificate", required=True)
    farmer_id = fields.Many2one(related="certificate_id.farmer_id")
    device_id = fields.Many2one(
        "farm.device",
        "Writer",
        required=True,
        compute="_compute_device_id",
        store=True,
        readonly=False,
        precompute=True,
        domain=[("may_write_cards", "=", True), ("state", "=", "enrolled")],
    )
    chip = fields.Selection(CHIPS, required=True, default="NTAG215")
    uid = fields.Char(
        "UID", help="Leave it empty for the next blank card that is put on the writer."
    )
    card_ids = fields.Many2many(
        "farm.tag", string="Cards until Now", compute="_compute_card_ids"
    )

    @api.depends("certificate_id")
    def _compute_device_id(self):
        writers = self.env["farm.device"].search(
            [("may_write_cards", "=", True), ("state", "=", "enrolled")], limit=2
        )
        for issue in self:
            issue.device_id = writers if len(writers) == 1 else False

    @api.depends("certificate_id")
    def _compute_card_ids(self):
        for issue in self:
            issue.card_ids = self.env["farm.tag"].search(
                [
                    ("kind", "=", "card"),
                    ("partner_id", "=", issue.farmer_id.id),
                    ("state", "!=", "retired"),
                ]
            )

    def action_issue(self):
        self.ensure_one()
        card = self.certificate_id._issue_card(
            self.device_id, self.chip, self.env["farm.tag"]._plain_uid(self.uid)
        )
        return card._get_records_action()
