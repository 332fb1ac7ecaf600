from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError


class StockLot(models.Model):
    """Provenance is never typed in: it is what the lot's posted harvest says."""

    _inherit = "stock.lot"

    is_made = fields.Boolean("Made from Other Lots", compute="_compute_is_made")

    def _compute_is_made(self):
        made = self._made_from_lots()
        for lot in self:
            lot.is_made = lot._origin in made

    def _made_from_lots(self):
        # Whether a lot has parents does not depend on what the user may open.
        groups = (
            self.env["stock.move.line"]
            .sudo()
            ._read_group(
                [
                    ("lot_id", "in", self.ids),
                    ("state", "=", "done"),
                    ("consume_line_ids", "!=", False),
                ],
                ["lot_id"],
            )
        )
        return self.browse(lot.id for (lot,) in groups)

    def _provenance_fields(self):
        """Fields that are evidence: set once, never changed."""
        return {name for name in self._fields if name.startswith("provenance_")} | {
            "harvest_id",
            "farmer_id",
            "plot_id",
            "harvest_date",
            "fruit_age",
            "is_organic",
        }

    def _tag_fields(self):
        """Evidence that also a lot of a harvest gets by methods only."""
        return {"lineage_code", "treatment_ids", "is_packed"}

    def _set_harvest(self, harvest):
        """Give lots without provenance the one of a posted harvest."""
        harvest._check_posted()
        self._check_not_made()
        self._check_came_in_at(harvest.company_id)
        groups = self.grouped(
            lambda lot: (lot.product_id, lot.location_id, bool(lot.grade_id))
        )
        for (product, location, graded), lots in groups.items():
            vals = harvest._prepare_lot_vals(product, location)
            if graded:
                vals.pop("grade_id", None)
            # Nobody may type provenance in; here it is the harvest's own.
            lots.sudo().write(vals)

    @api.constrains("harvest_id", "product_id")
    def _check_harvest_crop(self):
        # The harvest may be one that the user cannot open.
        for lot in self.sudo().filtered("harvest_id"):
            if lot.product_id.farm_crop_id != lot.harvest_id.crop_id:
                raise ValidationError(
                    self.env._(
                        "%(product)s is not a product of %(crop)s: lot %(lot)s cannot"
                        " come from %(harvest)s.",
                        product=lot.product_id.display_name,
                        crop=lot.harvest_id.crop_id.name,
                        lot=lot.name,
                        harvest=lot.harvest_id.name,
                    )
                )

    def _check_not_made(self):
        made = self._made_from_lots()
        if made:
            raise UserError(
                self.env._(
                    "%(lots)s was made from other lots and has their provenance: see"
                    " its origins. Set the harvest of those lots.",
                    lots=", ".join(made.mapped("name")),
                )
            )

    def _check_came_in_at(self, company):
        """Refuse a harvest of one company for lots that came in at another."""
        for lot, companies in self._companies_of_arrival().items():
            if companies and company not in companies:
                raise UserError(
                    self.env._(
                        "Lot %(lot)s belongs to %(owner)s. Choose a harvest of"
                        " %(owner)s.",
                        lot=lot.name,
                        owner=companies[0].name,
                    )
                )

    def _companies_of_arrival(self):
        """Companies of lots; of their arrivals where a lot itself has none."""
        # The arrival may be one that the user cannot open.
        lots = self.sudo()
        groups = (
            self.env["stock.move.line"]
            .sudo()
            ._read_group(
                [
                    ("lot_id", "in", lots.filtered(lambda lot: not lot.company_id).ids),
                    ("state", "=", "done"),
                    ("location_id.usage", "not in", ("internal", "transit")),
                ],
                ["lot_id"],
                ["company_id:recordset"],
            )
        )
        return {lot: lot.company_id for lot in lots if lot.company_id} | dict(groups)

    @api.model_create_multi
    def create(self, vals_list):
        if self.env.su:
            return super().create(vals_list)
        evidence = self._provenance_fields() | self._tag_fields()
        context = {
            key: value
            for key, value in self.env.context.items()
            if key.removeprefix("default_") not in evidence
        }
        plain = self.with_env(self.env(context=context))
        lots = super(StockLot, plain).create(
            self._with_true_provenance(vals_list, evidence)
        )
        return lots.with_env(self.env)

    def _with_true_provenance(self, vals_list, evidence):
        harvests = self.env["farm.harvest"].browse(
            {vals["harvest_id"] for vals in vals_list if vals.get("harvest_id")}
        )
        harvests._check_posted()
        truth = {harvest.id: harvest._prepare_provenance_vals() for harvest in harvests}
        for vals in vals_list:
            typed = evidence if not vals.get("harvest_id") else self._tag_fields()
            if typed & set(vals):
                self._refuse_provenance()
        return [vals | truth.get(vals.get("harvest_id"), {}) for vals in vals_list]

    def write(self, vals):
        evidence = self._provenance_fields() | self._tag_fields()
        if not self.env.su and evidence & set(vals):
            self._refuse_provenance()
        if self._provenance_fields() & set(vals):
            self._check_provenance_open()
        return super().write(vals)

    def _check_provenance_open(self):
        settled = self.filtered("harvest_id")
        if settled:
            raise UserError(
                self.env._(
                    "The provenance of lot %(lots)s is on record and cannot be"
                    " changed.",
                    lots=", ".join(settled.mapped("name")),
                )
            )

    def _refuse_provenance(self):
        raise UserError(
            self.env._(
                "The provenance of a lot is never typed in. Give its receipt a posted"
                " harvest, or post a treatment with the lot. Its lineage code is given"
                " at the farm gate."
            )
        )
