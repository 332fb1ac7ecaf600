from odoo import fields, models

LOTS_PER_STEP = 2000


class StockLot(models.Model):
    """What a lot tells those who decide which one leaves first."""

    _inherit = "stock.lot"

    grade_rank = fields.Integer(
        related="grade_id.sequence", string="Grade Rank", store=True
    )
    remaining_life = fields.Float(
        digits=(6, 2),
        readonly=True,
        copy=False,
        help="Percent of the shelf life that is left. Told by the dates each night, or"
        " by whoever measured it, such as a cold chain.",
    )
    is_life_measured = fields.Boolean(
        "Life Measured",
        readonly=True,
        copy=False,
        help="The remaining life was measured, and does not follow from the dates.",
    )
