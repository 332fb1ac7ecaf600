from odoo import fields, models
from odoo.fields import Command


class FarmRecallComplaint(models.TransientModel):
    """A customer complains of a lot: from there to the scope in one step."""

    _name = "farm.recall.complaint"
    _description = "Customer's Complaint"
    _check_company_auto = True

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    partner_id = fields.Many2one("res.partner", "Who Complains", required=True)
    lot_id = fields.Many2one(
        "stock.lot", "Which Lot", required=True, check_company=True
    )
    date = fields.Datetime("When", required=True, default=fields.Datetime.now)
    text = fields.Text("What They Say", required=True)
    document = fields.Binary("Photo or Letter")
    document_name = fields.Char()
    reach = fields.Selection(
        lambda self: (
            self.env["farm.recall"]._fields["reach"]._description_selection(self.env)
        ),
        default="harvests",
        required=True,
    )
    is_mock = fields.Boolean("Only a Drill")

    def action_show_scope(self):
        """Open the recall with its scope; nothing is held yet."""
        self.ensure_one()
        recall = self.env["farm.recall"].create(self._prepare_recall())
        recall.action_scope()
        return recall._open_form()

    def _prepare_recall(self):
        return {
            "trigger": "complaint",
            "is_mock": self.is_mock,
            "reason": self.text,
            "reach": self.reach,
            "company_id": self.company_id.id,
            "complaint_partner_id": self.partner_id.id,
            "complaint_lot_id": self.lot_id.id,
            "complaint_text": self.text,
            "complaint_date": self.date,
            "document": self.document,
            "document_name": self.document_name,
            "start_ids": [Command.create({"record": f"stock.lot,{self.lot_id.id}"})],
        }
