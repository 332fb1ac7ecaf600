from odoo import api, fields, models
from odoo.exceptions import UserError

# Written where an earlier lot was reserved, so that a later one was given.
GIVEN_BACK = "farm_traceability.deviation_reason_given_back"


class FarmDeviationReason(models.Model):
    """Why somebody may take another lot; the list is kept by the manager."""

    _name = "farm.deviation.reason"
    _description = "Reason for a Deviation"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    needs_note = fields.Boolean(
        "Needs a Note", help="Who chooses this reason has to write what happened."
    )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_given_back(self):
        if self.env.ref(GIVEN_BACK, raise_if_not_found=False) in self:
            raise UserError(
                self.env._(
                    "This reason is written by the system. Leave it archived: nobody"
                    " chooses it then."
                )
            )
