from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError


class StockLot(models.Model):
    _inherit = "stock.lot"

    harvest_id = fields.Many2one(
        "farm.harvest",
        index="btree_not_null",
        ondelete="restrict",
        readonly=True,
        copy=False,
        check_company=True,
    )
    harvest_date = fields.Date(copy=False, readonly=True)
    farm_crop_id = fields.Many2one(related="product_id.farm_crop_id", string="Crop")
    farmer_id = fields.Many2one(
        "res.partner",
        related="harvest_id.farmer_id",
        store=True,
        index="btree_not_null",
    )
    plot_id = fields.Many2one(
        "farm.plot", related="harvest_id.plot_id", store=True, index="btree_not_null"
    )
    grade_id = fields.Many2one(
        "farm.grade",
        index="btree_not_null",
        tracking=True,
        domain="[('crop_id', '=', farm_crop_id)]",
    )
    fruit_age = fields.Integer(
        readonly=True, copy=False, help="Estimate at harvest, in days."
    )
    is_organic = fields.Boolean("Organic", readonly=True, copy=False)
    piece_count = fields.Integer(
        "Pieces",
        readonly=True,
        copy=False,
        help="Hands on a bunch, pieces in a batch: the control count when it is split.",
    )
    remaining_count = fields.Integer("Pieces Left", readonly=True, copy=False)
    lineage_code = fields.Char(
        copy=False, readonly=True, help="Code on the tag that points to its parent."
    )
    provenance_farmer = fields.Char("Farmer at Harvest", readonly=True, copy=False)
    provenance_group = fields.Char("Group at Harvest", readonly=True, copy=False)
    provenance_plot = fields.Char("Plot at Harvest", readonly=True, copy=False)
    provenance_region = fields.Char("Region at Harvest", readonly=True, copy=False)
    provenance_certificate = fields.Char(
        "Certificate at Harvest", readonly=True, copy=False
    )
    provenance_guide = fields.Char("Guide at Harvest", readonly=True, copy=False)
    treatment_ids = fields.Many2many("farm.treatment", string="Treatments")
    treatment_count = fields.Integer(compute="_compute_treatment_count")

    _lineage_code_unique = models.UniqueIndex(
        "(lineage_code) WHERE lineage_code IS NOT NULL",
        "Another lot has this lineage code already.",
    )
    _count_positive = models.Constraint(
        "CHECK (piece_count >= 0 AND remaining_count BETWEEN 0 AND piece_count)",
        "The pieces left are between none and all pieces of the lot.",
    )

    @api.depends("treatment_ids")
    def _compute_treatment_count(self):
        for lot in self:
            lot.treatment_count = len(lot.treatment_ids)

    @api.constrains("grade_id", "product_id")
    def _check_grade(self):
        for lot in self.filtered("grade_id"):
            if lot.grade_id.crop_id != lot.product_id.farm_crop_id:
                raise ValidationError(
                    self.env._(
                        "Grade %(grade)s is not a grade of %(product)s.",
                        grade=lot.grade_id.name,
                        product=lot.product_id.display_name,
                    )
                )

    def _provenance_fields(self):
        """Fields that are evidence: set once, never changed."""
        return {name for name in self._fields if name.startswith("provenance_")} | {
            "harvest_id",
            "harvest_date",
            "fruit_age",
            "is_organic",
        }

    def write(self, vals):
        if self._provenance_fields() & set(vals):
            settled = self.filtered("harvest_id")
            if settled:
                raise UserError(
                    self.env._(
                        "The provenance of lot %(lots)s is on record and cannot be"
                        " changed.",
                        lots=", ".join(settled.mapped("name")),
                    )
                )
        return super().write(vals)

    def _set_harvest(self, harvest):
        """Give lots without provenance the one of a posted harvest."""
        for lot in self:
            if lot.product_id.farm_crop_id != harvest.crop_id:
                raise UserError(
                    self.env._(
                        "%(product)s is not a product of %(crop)s: lot %(lot)s cannot"
                        " come from %(harvest)s.",
                        product=lot.product_id.display_name,
                        crop=harvest.crop_id.name,
                        lot=lot.name,
                        harvest=harvest.name,
                    )
                )
        harvest._check_posted()
        for lot in self:
            # Nobody may type provenance in; here it is the harvest's own.
            lot.sudo().write(harvest._prepare_lot_vals(lot.product_id, lot.location_id))
