from odoo import api, fields, models
from odoo.exceptions import ValidationError


class FarmActivity(models.Model):
    """Something done to a growing crop, with the input's lot where it is known."""

    _name = "farm.activity"
    _description = "Growing Activity"
    _inherit = ["farm.evidence"]
    _order = "date desc, id desc"

    cycle_id = fields.Many2one(
        "farm.cycle", required=True, index=True, ondelete="cascade"
    )
    farmer_id = fields.Many2one(
        "res.partner", related="cycle_id.farmer_id", store=True, index=True
    )
    region_id = fields.Many2one(
        "farm.region", related="cycle_id.region_id", store=True, index=True
    )
    company_id = fields.Many2one(
        "res.company", related="cycle_id.company_id", store=True, index=True
    )
    kind = fields.Selection(
        [
            ("fertilising", "Fertilising"),
            ("spraying", "Spraying"),
            ("bagging", "Bagging"),
            ("pruning", "Pruning"),
            ("irrigation", "Irrigation"),
            ("weeding", "Weeding"),
            ("other", "Other"),
        ],
        required=True,
    )
    date = fields.Date(required=True, default=fields.Date.context_today)
    product_id = fields.Many2one("product.product", "Input", index="btree_not_null")
    input_name = fields.Char(help="For inputs that are not kept as products.")
    lot_id = fields.Many2one(
        "stock.lot",
        "Input Lot",
        index="btree_not_null",
        domain="[('product_id', '=', product_id)]",
        help="An ancestor of everything harvested from this cycle afterwards.",
    )
    is_organic = fields.Boolean("Organic Input")
    dose = fields.Float(digits=(16, 4))
    dose_unit = fields.Char("Unit")
    pre_harvest_days = fields.Integer(
        "Pre-harvest Interval", help="Days that must pass before a harvest."
    )
    note = fields.Char()

    _days_positive = models.Constraint(
        "CHECK (pre_harvest_days >= 0)",
        "A pre-harvest interval cannot be negative.",
    )

    @api.depends("kind", "product_id", "input_name")
    def _compute_display_name(self):
        labels = dict(self._fields["kind"]._description_selection(self.env))
        for line in self:
            what = line.product_id.name or line.input_name
            kind = labels.get(line.kind, "")
            line.display_name = f"{kind} ({what})" if what else kind

    @api.constrains("lot_id", "product_id")
    def _check_lot(self):
        for line in self.filtered("lot_id"):
            if line.lot_id.product_id != line.product_id:
                raise ValidationError(
                    self.env._(
                        "Lot %(lot)s is not a lot of %(product)s.",
                        lot=line.lot_id.name,
                        product=line.product_id.display_name
                        or self.env._("the chosen input"),
                    )
                )
