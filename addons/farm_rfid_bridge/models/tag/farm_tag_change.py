from odoo import api, fields, models
from odoo.exceptions import UserError

STATES = [
    ("blank", "Blank"),
    ("issued", "Issued"),
    ("active", "Active"),
    ("split", "Split"),
    ("retired", "Retired"),
    ("lost", "Lost"),
    ("suspected", "Suspected"),
]
DEEDS = [
    ("registered", "Registered"),
    ("ordered", "Ordered"),
    ("written", "Written"),
    ("split", "Split"),
    ("merged", "Merged"),
    ("linked", "Put on Package"),
    ("moved", "Moved"),
    ("treated", "Treated"),
    ("revoked", "Revoked"),
    ("trusted", "Trusted Again"),
    ("renewed", "Renewed"),
    ("suspected", "Suspected"),
    ("lost", "Lost"),
    ("retired", "Retired"),
]


class FarmTagChange(models.Model):
    """What happened to a tag, and who said so; rows are added and never changed."""

    _name = "farm.tag.change"
    _description = "History of a Tag"
    _order = "id desc"
    _rec_name = "deed"

    tag_id = fields.Many2one(
        "farm.tag", required=True, readonly=True, index=True, ondelete="cascade"
    )
    at = fields.Datetime("When", required=True, readonly=True)
    deed = fields.Selection(DEEDS, "What", required=True, readonly=True)
    from_state = fields.Selection(STATES, "From Status", readonly=True)
    to_state = fields.Selection(STATES, "Status", required=True, readonly=True)
    reason = fields.Text(readonly=True)
    uid = fields.Char("UID", readonly=True)
    user_id = fields.Many2one("res.users", "Who", readonly=True)
    event_id = fields.Many2one(
        "farm.device.event", readonly=True, index="btree_not_null", ondelete="set null"
    )
    device_name = fields.Char("Device", readonly=True)

    def write(self, vals):
        self._refuse_change()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _refuse_change(self):
        raise UserError(self.env._("The history of a tag is never edited."))
