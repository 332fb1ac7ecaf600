from odoo import api, fields, models


class FarmCycle(models.Model):
    """The plan that a harvest is held against."""

    _inherit = "farm.cycle"

    planned_date = fields.Date(
        "Harvest Planned on",
        tracking=True,
        index="btree_not_null",
        help="The day around which the harvest is expected.",
    )
    planned_quantity = fields.Float(
        "Planned Harvest",
        digits="Product Unit",
        tracking=True,
        help="What the whole cycle is to give.",
    )
    planned_uom_id = fields.Many2one(
        "uom.uom",
        "Unit of the Plan",
        compute="_compute_planned_uom_id",
        store=True,
        readonly=False,
        precompute=True,
    )

    _planned_quantity_positive = models.Constraint(
        "CHECK (planned_quantity >= 0)",
        "The planned harvest of a cycle cannot be negative.",
    )

    @api.depends("crop_id")
    def _compute_planned_uom_id(self):
        """The unit of the crop's first product, until another one is chosen."""
        kilogram = self.env.ref("uom.product_uom_kgm", raise_if_not_found=False)
        for cycle in self:
            product = cycle.crop_id.product_tmpl_ids[:1]
            cycle.planned_uom_id = product.uom_id or kilogram
