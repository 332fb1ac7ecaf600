from odoo import fields, models


class FarmRecallEvent(models.Model):
    """Something that happened in a recall. Written by its steps, never edited."""

    _name = "farm.recall.event"
    _description = "Event of a Recall"
    _inherit = ["farm.evidence"]
    _order = "date desc, id desc"

    recall_id = fields.Many2one(
        "farm.recall", required=True, index=True, readonly=True, ondelete="cascade"
    )
    date = fields.Datetime(readonly=True, required=True, default=fields.Datetime.now)
    user_id = fields.Many2one(
        "res.users",
        "By",
        readonly=True,
        required=True,
        default=lambda self: self.env.user,
    )
    kind = fields.Selection(
        [
            ("opened", "Opened"),
            ("scoped", "Scope shown"),
            ("frozen", "Scope frozen"),
            ("held", "Stock held"),
            ("amended", "Lots added"),
            ("later", "Found later"),
            ("told", "Notices"),
            ("trouble", "Not reached"),
            ("answered", "Answer"),
            ("returned", "Return"),
            ("disposed", "Disposal"),
            ("replaced", "Replacement"),
            ("packet", "Packet"),
            ("closed", "Closed"),
            ("cancelled", "Cancelled"),
        ],
        string="What",
        readonly=True,
        required=True,
    )
    text = fields.Text("How", readonly=True)
