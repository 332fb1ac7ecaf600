from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    undated_lots = fields.Selection(
        [("last", "After all others"), ("first", "Before all others")],
        "Lots without a Date",
        default="last",
        required=True,
        help="When stock is taken by a date that a lot does not have.",
    )
    full_lot_days = fields.Integer(
        "Days Later at Most",
        default=3,
        help="Full lot first: how many days later than the first a lot may expire to be"
        " taken before it, when it fills the line and the first does not.",
    )

    _full_lot_days_not_negative = models.Constraint(
        "CHECK (full_lot_days >= 0)",
        "The days by which a full lot may expire later are zero or more.",
    )
