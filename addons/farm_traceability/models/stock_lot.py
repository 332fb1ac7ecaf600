from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..trace import UP, trace
from .company_check import one_of_each_kind

ORIGINS_NAMED = 3


class StockLot(models.Model):
    _inherit = "stock.lot"

    harvest_id = fields.Many2one(
        "farm.harvest",
        index="btree_not_null",
        ondelete="restrict",
        readonly=True,
        copy=False,
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
    treatment_ids = fields.Many2many("farm.treatment", string="Treatments", copy=False)
    treatment_count = fields.Integer(compute="_compute_treatment_count")

    _lineage_code_unique = models.UniqueIndex(
        "(lineage_code) WHERE lineage_code IS NOT NULL",
        "Another lot has this lineage code already.",
    )
    # Core asks for names of a product's lots when lots are made. Its own trigram index
    # reads nearly all lots for each name, because names of one crop are so alike.
    _product_name_index = models.Index("(product_id, name)")
    _count_positive = models.Constraint(
        "CHECK (piece_count >= 0 AND remaining_count BETWEEN 0 AND piece_count)",
        "The pieces left are between none and all pieces of the lot.",
    )

    @api.depends("treatment_ids.state")
    def _compute_treatment_count(self):
        for lot in self:
            valid = lot.treatment_ids.filtered(lambda one: one.state != "reversed")
            lot.treatment_count = len(valid)

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

    def write(self, vals):
        if {"piece_count", "remaining_count"} & set(vals) and not self.env.su:
            self._check_count_open(vals)
            vals = vals | {"remaining_count": vals["piece_count"]}
        return super().write(vals)

    def _check_count_open(self, vals):
        """A control count is given once; afterwards lot operations take from it."""
        counted = self.filtered("piece_count")
        if counted or "piece_count" not in vals:
            raise UserError(
                self.env._(
                    "The pieces of lot %(lots)s are its control count. They change by"
                    " lot operations only.",
                    lots=", ".join((counted or self).mapped("name")),
                )
            )

    def _check_company(self, fnames=None):
        return super(StockLot, one_of_each_kind(self))._check_company(fnames)

    # -- origins ----------------------------------------------------------------

    def _get_origin_texts(self):
        """Name the groups and villages that lots come from, the largest share first.

        :rtype: dict[stock.lot, str]
        """
        answer = trace(self.env, self.ids, UP)
        # The origin may be a lot of another company; its place is no secret of theirs.
        lots = self.sudo().browse(answer.up_ids)
        places = {lot.id: lot._get_origin_place() for lot in lots}
        return {
            lot: self._join_places(
                places[origin.lot_id] for origin in answer.origins(lot.id)
            )
            for lot in self
        }

    def _get_origin_place(self):
        parts = self.provenance_group, self.provenance_region
        return ", ".join(part for part in parts if part)

    def _join_places(self, places):
        named = [place for place in dict.fromkeys(places) if place]
        shown = "; ".join(named[:ORIGINS_NAMED])
        if len(named) <= ORIGINS_NAMED:
            return shown
        return self.env._(
            "%(places)s and %(count)s more",
            places=shown,
            count=len(named) - ORIGINS_NAMED,
        )

    def action_open_harvest(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "farm.harvest",
            "res_id": self.harvest_id.id,
            "view_mode": "form",
        }
